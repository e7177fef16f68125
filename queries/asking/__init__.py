"""A question in everyday words in; an entry of the catalogue with its slots filled, and its answer, out.

`reading` finds the cues, things and moments in a sentence, `choosing` scores every entry by them,
`asker` asks the best one and says the answer. Words are in `languages/`, what entries need in
`frames.toml`. Nothing here guesses: an entry that is not sure is offered and not answered.
"""

from .asker import Asker, Slicer, ask
from .choosing import Candidate, Choice, Reason
from .features import Features
from .filling import Filled, Narrowing
from .frames import Frame, Relation, frames, relations
from .lexicon import Cue, Lexicon, language_of, lexicon
from .linking import Names
from .moments import Moment, Unclear, moments_of
from .narrowing import narrowed
from .reading import Reading
from .reply import Alternative, Reply, ReplyKind, Source
from .reply_data import reply_data, why_in_words
from .sentences import COUNTED
from .times import once_in_words, span_in_words
from .wording import fill_template, listed, reply_words
from .words import Word, words_of

__all__ = [
    "COUNTED",
    "Alternative",
    "Asker",
    "Candidate",
    "Choice",
    "Cue",
    "Features",
    "Filled",
    "Frame",
    "Lexicon",
    "Moment",
    "Names",
    "Narrowing",
    "Reading",
    "Reason",
    "Relation",
    "Reply",
    "ReplyKind",
    "Slicer",
    "Source",
    "Unclear",
    "Word",
    "ask",
    "fill_template",
    "frames",
    "language_of",
    "lexicon",
    "listed",
    "moments_of",
    "narrowed",
    "once_in_words",
    "relations",
    "reply_data",
    "reply_words",
    "span_in_words",
    "why_in_words",
    "words_of",
]
