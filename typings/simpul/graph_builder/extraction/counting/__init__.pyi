from graph_builder.extraction.counting import *
