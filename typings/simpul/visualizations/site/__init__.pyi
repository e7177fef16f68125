from visualizations.site import *
