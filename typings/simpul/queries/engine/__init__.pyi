from queries.engine import *
