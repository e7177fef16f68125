"""How likely ties are, and the error rates of sources."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks import body, code, evidence, network, tie
from simpul.analysis import Joining, Rules, Stance, Tie, select
from simpul.analysis.uncertainty import (
    BadPrior,
    Model,
    NothingToEstimate,
    Prior,
    believed,
    estimate_rates,
    estimated_probabilities,
    probabilities,
    tie_probability,
)
from simpul.ontology import LANGUAGES, Language

A, B, C = body("a"), body("b"), body("c")


def backed(supports: int, disputes: int = 0, modality: str = "realised") -> Tie:
    """A tie with so many origins on either side."""
    items = [evidence(f"for-{n}", Stance.SUPPORTS) for n in range(supports)]
    items += [evidence(f"against-{n}", Stance.DISPUTES) for n in range(disputes)]
    return tie("t", [A, B], evidence=tuple(items), modality=code("modality", modality))


def test_the_probability_is_that_of_bayes_rule_by_hand() -> None:
    """By hand with prior 1:1, rates 0.8 and 0.1: odds of one origin 8, of two 64, of one each way 8 x 2/9."""
    assert tie_probability(backed(0)) == pytest.approx(1 / 2)
    assert tie_probability(backed(1)) == pytest.approx(8 / 9)
    assert tie_probability(backed(2)) == pytest.approx(64 / 65)
    assert tie_probability(backed(1, 1)) == pytest.approx(16 / 25)


@given(st.integers(0, 40), st.integers(0, 40))
def test_an_origin_more_never_makes_a_tie_less_likely_nor_a_denial_more(
    supports: int, disputes: int
) -> None:
    prior = Prior()
    here = prior.after(supports, disputes)
    assert 0 <= here <= 1
    assert prior.after(supports + 1, disputes) >= here
    assert prior.after(supports, disputes + 1) <= here


def test_copies_of_one_release_are_one_origin() -> None:
    copies = tuple(
        evidence(f"copy-{n}", Stance.SUPPORTS, root="release") for n in range(7)
    )
    copied = tie("t", [A, B], evidence=copies)
    assert tie_probability(copied) == tie_probability(backed(1))


def test_what_was_only_planned_is_less_likely_than_what_came_about() -> None:
    shares = [
        tie_probability(backed(1, modality=each))
        for each in ("denied", "hoped", "planned", "reported", "realised")
    ]
    assert shares == sorted(set(shares))


def test_the_standing_of_a_tie_counts_only_through_its_origins() -> None:
    one = tie("t", [A, B], standing=code("standing", "corroborated"))
    assert tie_probability(one) == tie_probability(backed(1))


@pytest.mark.parametrize(
    "wrong",
    [
        {"real": 0.0},
        {"not_real": float("inf")},
        {"true_rate": 1.0},
        {"true_rate": 0.1, "false_rate": 0.2},
        {"came_about": {"planned": 1.5}},
        {"real": float("nan")},
    ],
)
def test_a_prior_that_no_evidence_could_bear_on_is_refused(
    wrong: dict[str, float],
) -> None:
    with pytest.raises(BadPrior):
        Prior(**wrong)  # type: ignore[arg-type]  # fields differ in type


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paragraph_on_methods_states_the_assumptions(language: Language) -> None:
    told = Prior(true_rate=0.7, false_rate=0.05).describe(language)
    assert "0.7" in told
    assert "0.05" in told


def test_known_error_rates_are_found_again() -> None:
    """20,000 pairs, a tenth of them tied, each looked at 6 times: alpha 0.7, beta 0.02."""
    random = np.random.Generator(np.random.PCG64(3))
    tied = random.random(20_000) < 0.1
    seen = random.binomial(6, np.where(tied, 0.7, 0.02))
    found = estimate_rates(seen, np.full(20_000, 6))
    assert found.settled
    assert found.true_rate == pytest.approx(0.7, abs=0.01)
    assert found.false_rate == pytest.approx(0.02, abs=0.002)
    assert found.density == pytest.approx(0.1, abs=0.005)
    # Calibrated: of the pairs it calls likely, as many are tied as it says.
    likely = found.probability > 0.5
    assert tied[likely].mean() == pytest.approx(
        found.probability[likely].mean(), abs=0.01
    )


@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(2, 5)), min_size=2, max_size=30)
)
def test_the_likelihood_never_falls(pairs: list[tuple[int, int]]) -> None:
    seen = [min(pair) for pair in pairs]
    found = estimate_rates(seen, [pair[1] for pair in pairs], rounds=60)
    steps = np.diff(found.log_likelihood)
    assert (steps >= -1e-7).all()
    assert ((found.probability >= 0) & (found.probability <= 1)).all()
    assert found.true_rate >= found.false_rate


def test_without_a_second_look_there_is_no_estimate() -> None:
    with pytest.raises(NothingToEstimate):
        estimate_rates([1, 1, 0], [1, 1, 1])
    with pytest.raises(NothingToEstimate):
        estimate_rates([], [])
    with pytest.raises(NothingToEstimate):
        estimate_rates([3], [2])


def test_records_with_more_origins_are_likelier_by_their_own_rates_too() -> None:
    many = tuple(evidence(f"d{n}", Stance.SUPPORTS) for n in range(4))
    ties = [
        tie("often", [A, B], evidence=many),
        tie("once", [B, C], evidence=many[:1]),
        tie("aside", [A, C], evidence=(many[1],)),
    ]
    dyads = select(network([A, B, C], ties))
    found, rates = estimated_probabilities(dyads)
    at = {each.key: found[number] for number, each in enumerate(dyads.ties)}
    assert rates.true_rate > rates.false_rate
    assert at["often"] >= at["once"]
    assert len(found) == len(probabilities(dyads)) == 3


def test_by_estimated_rates_a_tie_seen_in_every_look_is_likelier_than_one_seen_once() -> (
    None
):
    """Three origins name all three bodies; all see a-b, one sees a-c. A plan counts half."""
    both = tuple(evidence(f"d{n}", Stance.SUPPORTS) for n in range(3))
    plan = code("modality", "planned")
    ties = [
        tie("ab", [A, B], evidence=both),
        tie("bc", [B, C], evidence=both, modality=plan),
        tie("ac", [A, C], evidence=both[:1]),
    ]
    dyads = select(network([A, B, C], ties), Rules(modalities=None))
    found = believed(dyads, "newman")
    by_key = dict(
        zip([each.key for each in dyads.ties], found.probability, strict=True)
    )
    assert by_key["ac"] < by_key["ab"]
    assert by_key["bc"] == pytest.approx(by_key["ab"] / 2)
    two_mode = select(
        network([A, B, C], ties), Rules(modalities=None, dyads=Joining.TWO_MODE)
    )
    assert believed(two_mode, "newman").probability == pytest.approx(found.probability)
    for language in LANGUAGES:
        assert "Newman 2018" in found.describe(language)
        assert "Newman" not in believed(dyads, Model.ORIGINS).describe(language)
