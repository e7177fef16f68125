from graph_builder.identity import *
