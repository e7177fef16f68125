from graph_builder.extraction.tying import *
