from queries.lookup import *
