from graph_builder.extraction.deciding import *
