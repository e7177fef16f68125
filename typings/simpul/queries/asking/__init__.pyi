from queries.asking import *
