from analysis.nulls import *
