from ontology import *
