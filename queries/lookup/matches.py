"""What a look-up gives: things that a text names, with how and how well."""

from dataclasses import dataclass

from simpul.ontology import Language

from .things import Thing, rank
from .variants import Form


@dataclass(frozen=True, slots=True)
class Match:
    """A thing that a text names: what it is called, and `matched`, the one of its names that fits.

    `how` is exact, alias, acronym, former, prefix, typo or part; `score` goes from 0 to 100. `sort` is the code
    of the finer kind (regency, ministry), `within` the IRI of what a post or a place belongs to. A name that
    was borne for a time tells since when and until when, as recorded.
    """

    iri: str
    name: str
    matched: str
    kind: str
    how: str
    score: float
    sort: str = ""
    within: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a sentence, from `start` to `end`, that names a thing, or one of several.

    `match` is the likeliest, `others` are the other things that the same words name as well.
    """

    start: int
    end: int
    match: Match
    others: tuple[Match, ...] = ()

    @property
    def candidates(self) -> tuple[Match, ...]:
        """All things that the words name."""
        return (self.match, *self.others)


def match_of(
    thing: Thing, form: Form, how: str, score: float, language: Language
) -> Match:
    """A match as it is given out."""
    return Match(
        iri=thing.iri,
        name=thing.name(language),
        matched=form.name.text,
        kind=thing.kind,
        how=how,
        score=round(score, 1),
        sort=thing.sort,
        within=thing.within,
        since=form.name.since if how == "former" else "",
        until=form.name.until if how == "former" else "",
    )


def order(match: Match) -> tuple[float, int, str, str]:
    """Matches are sorted by this: the best first, then by kind, name and IRI."""
    return (-match.score, rank(match.kind), match.name.casefold(), match.iri)
