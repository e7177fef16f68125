"""Who and where: institutions, people in their posts, and places that a text names."""

from .governments import government_aliases
from .institutions import find_institutions
from .joining import Body, Place
from .labelled_words import UnfitLabels, read_labelled
from .learned_mentions import with_learned
from .lexicon import (
    KnownBody,
    KnownPerson,
    Lexicon,
    ecosystem_lexicon,
    lexicon_of,
    national_lexicon,
)
from .mentions import Entity, Mention
from .name_model import (
    MissingNameLibrary,
    NameModel,
    NothingToLearn,
    Trained,
    UnfitModel,
    train_names,
)
from .people import find_people
from .places import Spot, find_places, full_name, parent_name
from .post_bodies import kind_governed
from .reading import Reading
from .somebody import Seen, Somebody

__all__ = [
    "Body",
    "Entity",
    "KnownBody",
    "KnownPerson",
    "Lexicon",
    "Mention",
    "MissingNameLibrary",
    "NameModel",
    "NothingToLearn",
    "Place",
    "Reading",
    "Seen",
    "Somebody",
    "Spot",
    "Trained",
    "UnfitLabels",
    "UnfitModel",
    "ecosystem_lexicon",
    "find_institutions",
    "find_people",
    "find_places",
    "full_name",
    "government_aliases",
    "kind_governed",
    "lexicon_of",
    "national_lexicon",
    "parent_name",
    "read_labelled",
    "train_names",
    "with_learned",
]
