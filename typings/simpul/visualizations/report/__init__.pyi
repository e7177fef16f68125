from visualizations.report import *
