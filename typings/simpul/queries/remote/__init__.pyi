from queries.remote import *
