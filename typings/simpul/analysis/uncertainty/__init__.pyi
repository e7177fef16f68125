from analysis.uncertainty import *
