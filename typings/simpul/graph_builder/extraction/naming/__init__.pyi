from graph_builder.extraction.naming import *
