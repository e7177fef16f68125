from analysis.measures import *
