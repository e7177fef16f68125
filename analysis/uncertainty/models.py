"""The models by which a tie has a probability, told apart by name and in words."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from simpul.ontology import Language, Modality, Wording

from ..dyads import Dyads, Weights
from .belief import Prior, probabilities
from .noisy import Estimate, estimated_probabilities


class Model(StrEnum):
    """ORIGINS: Bayes' rule with stated rates of error. NEWMAN: rates estimated from the records (Newman 2018)."""

    ORIGINS = "origins"
    NEWMAN = "newman"


@dataclass(frozen=True)
class Believed:
    """How likely each tie of a network is, by which model, and the rates behind it."""

    model: Model
    prior: Prior
    probability: Weights
    estimate: Estimate | None = None

    def describe(self, language: Language) -> str:
        """The model in sentences for a paragraph on methods, with the rates and what it does not say."""
        if self.estimate is None:
            return self.prior.describe(language)
        words = Wording.load("simpul.analysis.uncertainty", "words.toml")
        found = self.estimate
        return words.say(
            "model-newman" if found.settled else "model-newman-unsettled",
            language,
            true_rate=f"{found.true_rate:.2f}",
            false_rate=f"{found.false_rate:.4f}",
            density=f"{found.density:.2f}",
            rounds=found.rounds,
            least=f"{self.probability.min(initial=1):.2f}",
            most=f"{self.probability.max(initial=0):.2f}",
        )


def believed(
    dyads: Dyads, model: Model | str = Model.ORIGINS, prior: Prior | None = None
) -> Believed:
    """The probability of each tie by a model.

    Both multiply by the share that came about for its modality, `came_about` of the prior; the estimate of NEWMAN
    takes nothing else from the prior, and does not look at origins that dispute a tie.

    Raises: NothingToEstimate for NEWMAN where no pair was looked at more than once.
    """
    assumed = prior or Prior()
    if Model(model) is Model.ORIGINS:
        return Believed(Model.ORIGINS, assumed, probabilities(dyads, assumed))
    found, estimate = estimated_probabilities(dyads)
    modalities = [
        tie.modality.code if tie.modality else str(Modality.REALISED)
        for tie in dyads.ties
    ]
    shares = [assumed.came_about.get(modality, 1.0) for modality in modalities]
    return Believed(Model.NEWMAN, assumed, found * np.array(shares), estimate)
