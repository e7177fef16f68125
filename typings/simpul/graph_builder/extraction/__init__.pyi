from graph_builder.extraction import *
