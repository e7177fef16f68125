from analysis.exports import *
