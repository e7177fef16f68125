from graph_builder import *
