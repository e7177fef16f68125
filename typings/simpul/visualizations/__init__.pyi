from visualizations import *
