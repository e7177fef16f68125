"""An article in; suggestions of institutions, people, places, dates, numbers and ties, each with its passage, out."""

from .cleaning import prepare
from .coreference import Reference, find_references
from .correcting import (
    Correctable,
    UnfitDecision,
    correctable,
    corrected,
    written_day,
)
from .dates import WrittenDate, find_dates
from .deciding import (
    About,
    Made,
    Unmade,
    judged,
    locator,
    records_of,
    source_key,
)
from .desk import (
    Added,
    Desk,
    Family,
    ReviewedElsewhere,
    Signature,
    VerdictWord,
    alone_at_the_desk,
    desk_of,
    families_to_review,
    restoring,
)
from .document import Document, Noise, Piece, Sentence, Token, lemma
from .frames import TRIGGER_FORMS, Frame, trigger_lexicon
from .labelled_words import UnfitLabels, read_labelled
from .lexicon import (
    KnownBody,
    KnownPerson,
    Lexicon,
    ecosystem_lexicon,
    lexicon_of,
    national_lexicon,
)
from .mentions import Entity, Mention
from .modality import ModalityCode
from .name_model import (
    MissingNameLibrary,
    NameModel,
    NothingToLearn,
    Trained,
    UnfitModel,
    train_names,
)
from .numbers import Number, find_numbers
from .observations import Observation, find_observations
from .opening import Opened, UnreadableArticle, open_article
from .originals import composed, document_of, way_to_file, web_places
from .output import FamilyTexts, article_record, families_of, names_apart
from .parallel import ArticleRead, read_many, read_one
from .participants import WORTH_ACCEPTING, Participant, Tie
from .pipeline import Understanding, understand
from .quotes import Quote, find_quotes, speaker_at
from .review_words import (
    code_word,
    kind_word,
    prospect_words,
    said_of,
    score_word,
    unfit_words,
    unmade_words,
)
from .scoring import (
    CATEGORIES,
    Counts,
    Fault,
    Score,
    faults_of,
    score_article,
    score_articles,
    wilson,
)
from .sign import SignCode
from .suggestions import Suggestion, Suggestions, suggestions_of
from .ties import find_ties
from .tokens import tokenize

__all__ = [
    "CATEGORIES",
    "TRIGGER_FORMS",
    "WORTH_ACCEPTING",
    "About",
    "Added",
    "ArticleRead",
    "Correctable",
    "Counts",
    "Desk",
    "Document",
    "Entity",
    "Family",
    "FamilyTexts",
    "Fault",
    "Frame",
    "KnownBody",
    "KnownPerson",
    "Lexicon",
    "Made",
    "Mention",
    "MissingNameLibrary",
    "ModalityCode",
    "NameModel",
    "Noise",
    "NothingToLearn",
    "Number",
    "Observation",
    "Opened",
    "Participant",
    "Piece",
    "Quote",
    "Reference",
    "ReviewedElsewhere",
    "Score",
    "Sentence",
    "SignCode",
    "Signature",
    "Suggestion",
    "Suggestions",
    "Tie",
    "Token",
    "Trained",
    "Understanding",
    "UnfitDecision",
    "UnfitLabels",
    "UnfitModel",
    "Unmade",
    "UnreadableArticle",
    "VerdictWord",
    "WrittenDate",
    "alone_at_the_desk",
    "article_record",
    "code_word",
    "composed",
    "correctable",
    "corrected",
    "desk_of",
    "document_of",
    "ecosystem_lexicon",
    "families_of",
    "families_to_review",
    "faults_of",
    "find_dates",
    "find_numbers",
    "find_observations",
    "find_quotes",
    "find_references",
    "find_ties",
    "judged",
    "kind_word",
    "lemma",
    "lexicon_of",
    "locator",
    "names_apart",
    "national_lexicon",
    "open_article",
    "prepare",
    "prospect_words",
    "read_labelled",
    "read_many",
    "read_one",
    "records_of",
    "restoring",
    "said_of",
    "score_article",
    "score_articles",
    "score_word",
    "source_key",
    "speaker_at",
    "suggestions_of",
    "tokenize",
    "train_names",
    "trigger_lexicon",
    "understand",
    "unfit_words",
    "unmade_words",
    "way_to_file",
    "web_places",
    "wilson",
    "written_day",
]
