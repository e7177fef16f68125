from graph_builder.evidence import *
