"""From a file to sentences: main text, noise, sentences and tokens, with the way back to the original."""

from .clauses import clauses
from .cleaning import prepare
from .document import Document, Noise, Piece, Sentence, Token, lemma
from .opening import Opened, UnreadableArticle, names_of_page, open_article
from .originals import composed, document_of, way_to_file, web_places
from .splitting import openers
from .tokens import tokenize
from .vocabulary import Head, Words, is_common, table_of, vocabulary

__all__ = [
    "Document",
    "Head",
    "Noise",
    "Opened",
    "Piece",
    "Sentence",
    "Token",
    "UnreadableArticle",
    "Words",
    "clauses",
    "composed",
    "document_of",
    "is_common",
    "lemma",
    "names_of_page",
    "open_article",
    "openers",
    "prepare",
    "table_of",
    "tokenize",
    "vocabulary",
    "way_to_file",
    "web_places",
]
