from graph_builder.extraction.reading import *
