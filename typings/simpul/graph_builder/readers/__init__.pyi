from graph_builder.readers import *
