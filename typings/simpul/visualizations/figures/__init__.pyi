from visualizations.figures import *
