"""An explanation as data: IRIs and codes for programs, with the sentences for people beside them."""

from dataclasses import asdict

import pyoxigraph as ox

from .explained import Explainer
from .explanation import Explanation
from .tables import shown


def explanation_data(
    explanation: Explanation, explainer: Explainer
) -> dict[str, object]:
    """What JSON can hold of an explanation; `sections` are in the language of the explainer."""
    rules = {"confidence": explanation.confidence, "standing": explanation.standing}
    judged = {rule: judgement for rule, judgement in rules.items() if judgement}
    return {
        "claim": explanation.claim,
        "key": shown(ox.NamedNode(explanation.claim)),
        "title": explainer.title(explanation),
        "language": explainer.language,
        **{rule: judgement.result for rule, judgement in judged.items()},
        "states": {
            name: [shown(value) for value in values]
            for name, values in explanation.states.items()
        },
        "parties": [asdict(party) for party in explanation.parties],
        "evidence": [
            {**asdict(passage), "says": [text.value for text in passage.says]}
            for passage in explanation.passages
        ],
        "origins": explanation.origins,
        "discrepancies": [
            {**asdict(one), "says": [text.value for text in one.says]}
            for one in explanation.disagreements
        ],
        "grounds": {
            **asdict(explanation.grounds),
            "origins": explanation.grounds.origins,
        },
        "rules": {
            rule: [clause._asdict() for clause in judgement.clauses]
            for rule, judgement in judged.items()
        },
        "prospects": [prospect._asdict() for prospect in explanation.prospects],
        "sections": {
            section.code: [section.heading, *section.sentences]
            for section in explainer.sections(explanation)
        },
    }
