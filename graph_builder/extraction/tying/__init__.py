"""How they are tied: who does what to whom, as a fact, a plan, a hope or a denial; and who says so."""

from .coreference import Reference, find_references
from .frames import TRIGGER_FORMS, Frame, trigger_lexicon
from .modality import ModalityCode
from .participants import WORTH_ACCEPTING, Participant, Tie
from .quotes import Quote, find_quotes, speaker_at
from .sign import SignCode
from .ties import find_ties

__all__ = [
    "TRIGGER_FORMS",
    "WORTH_ACCEPTING",
    "Frame",
    "ModalityCode",
    "Participant",
    "Quote",
    "Reference",
    "SignCode",
    "Tie",
    "find_quotes",
    "find_references",
    "find_ties",
    "speaker_at",
    "trigger_lexicon",
]
