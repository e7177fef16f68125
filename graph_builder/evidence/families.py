"""Families: documents that are copies of one release or statement, and so count as one origin.

The records say so (`release`, `derived_from`), or a person decided it (`regroup`); what texts say
is only proposed. Ten outlets that print one release are ten articles and one origin.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from ..decisions import LOG
from ..edtf import parse as parse_edtf
from ..problems import Problem, nearest
from ..reading import Loaded
from ..records import Source
from .groups import Groups
from .reuse import Likeness, Span, Verdict, compare_texts


@dataclass(frozen=True, slots=True)
class Family:
    """Documents of one origin; sorted by key, each family's documents in no other.

    `members` are those the records put here, `proposed` those whose texts do; both may hold the
    origin itself. `origins` are the releases, and the documents that come from no other. There is
    more than one where a document comes from two. `reasons` tell of every two documents of the
    family how alike their texts are, where a text was compared.
    """

    key: str
    members: tuple[str, ...]
    proposed: tuple[str, ...]
    origins: tuple[str, ...]
    reasons: tuple[Likeness, ...] = ()

    @property
    def documents(self) -> tuple[str, ...]:
        """All documents, recorded and proposed."""
        return tuple(sorted({*self.members, *self.proposed}))

    @property
    def articles(self) -> tuple[str, ...]:
        """The documents that are not the origin themselves."""
        return tuple(key for key in self.documents if key not in self.origins)


def find_families(
    loaded: Loaded,
    texts: Mapping[str, str],
    decided: Mapping[str, str | None] | None = None,
) -> tuple[Family, ...]:
    """The families of an ecosystem, largest first: those of the records, and what texts add.

    `texts` are normalised articles by key of their source; without any, the records speak alone.
    `decided` are the standing decisions on families: what a person split off is not proposed.
    """
    return group_families(loaded, likenesses(loaded, texts), decided or {})


def likenesses(loaded: Loaded, texts: Mapping[str, str]) -> tuple[Likeness, ...]:
    """Every two sources whose texts have something to say of their origin."""
    sources = _sources(loaded)
    known = {key: text for key, text in texts.items() if key in sources}
    return compare_texts(known, {key: published(sources[key]) for key in known})


def group_families(
    loaded: Loaded, found: Iterable[Likeness], decided: Mapping[str, str | None]
) -> tuple[Family, ...]:
    """Group sources by what the records say, then by what their texts say.

    Two documents that are alike enough to join bring their groups together, the most alike first;
    but never two groups that records already know as different, nor one that a person split off.
    """
    found = tuple(found)
    sources = _sources(loaded)
    groups = Groups(sources)
    for source in sources.values():
        if source.release:
            groups.join(source.id, f"/{source.release}")
        if source.derived_from in sources:
            groups.join(source.id, source.derived_from)
    home = groups.seal()
    for pair in sorted(
        found, key=lambda pair: (-pair.containment, pair.one, pair.other)
    ):
        split = any(decided.get(key, "") is None for key in (pair.one, pair.other))
        if pair.verdict is Verdict.JOIN and not split:
            groups.join_unless_sealed(pair.one, pair.other)
    made = [
        _family(keys, home, sources, found)
        for keys in groups.by_root().values()
        if len(keys) > 1
    ]
    return tuple(sorted(made, key=lambda family: (-len(family.documents), family.key)))


def open_questions(
    families: Iterable[Family],
    found: Iterable[Likeness],
    decided: Mapping[str, str | None],
) -> tuple[Likeness, ...]:
    """The likenesses that a person should look at: not within a family, and not decided on."""
    home = {key: family.key for family in families for key in family.documents}
    return tuple(
        pair
        for pair in found
        if home.get(pair.one, pair.one) != home.get(pair.other, pair.other)
        and not any(decided.get(key, "") is None for key in (pair.one, pair.other))
    )


def regroup(loaded: Loaded, families: Mapping[str, str | None]) -> Loaded:
    """Apply decisions on families: a source joins one, or stands alone (None).

    A family is a release by its key, which may be new, or a source by its key. What was decided
    takes the place of what the record says. A decision on a source that does not exist, or one
    that would have a source come from itself, changes nothing and is a warning; so is a family
    that in the end has one member, since its key may be mistyped.
    """
    sources = dict(_sources(loaded))
    problems: list[Problem] = []
    releases = {source.release for source in sources.values() if source.release}
    for key, family in sorted(families.items()):
        if key not in sources:
            near = nearest(key, sources)
            problems.append(
                _warning("unknown-source-decided", key, source=key, nearest=near)
            )
            continue
        origin = family if family in sources and family not in releases else None
        if origin and key in _upstream(origin, sources):
            problems.append(
                _warning("family-in-circle", key, source=key, family=origin)
            )
            continue
        changed = {"release": None if origin else family, "derived_from": origin}
        sources[key] = sources[key].model_copy(update=changed)
    sizes = Counter(source.release for source in sources.values())
    for key, family in sorted(families.items()):
        joined = family and key in sources and sources[key].release == family
        if family and joined and sizes[family] == 1:
            near = nearest(family, releases | set(sources) - {key})
            problems.append(_warning("family-of-one", key, family=family, nearest=near))
    records = {**loaded.records, "source": sources}
    return replace(loaded, records=records, problems=[*loaded.problems, *problems])


def published(source: Source) -> Span:
    """The first and the last day that a source can have been published on."""
    if source.published is None:
        return None, None
    when = parse_edtf(source.published)
    return when.earliest, when.latest


def outlet(loaded: Loaded, key: str) -> str:
    """The publisher of a source, as printed; the key where there is no such source."""
    source = _sources(loaded).get(key)
    return source.publisher if source else key


def _sources(loaded: Loaded) -> dict[str, Source]:
    return {
        key: record
        for key, record in loaded.records.get("source", {}).items()
        if isinstance(record, Source)
    }


def _upstream(key: str, sources: Mapping[str, Source]) -> set[str]:
    """A source and all it comes from; ends in a circle too."""
    met: set[str] = set()
    here: str | None = key
    while here is not None and here in sources and here not in met:
        met.add(here)
        here = sources[here].derived_from
    return met


def _family(
    keys: set[str],
    home: Collection[str],
    sources: Mapping[str, Source],
    found: Iterable[Likeness],
) -> Family:
    documents = sorted(key for key in keys if not key.startswith("/"))
    members = tuple(key for key in documents if key in home)
    releases = sorted(key.removeprefix("/") for key in keys if key.startswith("/"))
    roots = [
        key
        for key in members
        if not sources[key].release and sources[key].derived_from not in sources
    ]
    origins = (*releases, *roots) or (_new_key(documents, sources),)
    return Family(
        key=origins[0],
        members=members,
        proposed=tuple(key for key in documents if key not in home),
        origins=origins,
        reasons=tuple(
            pair for pair in found if pair.one in keys and pair.other in keys
        ),
    )


def _new_key(documents: Iterable[str], sources: Mapping[str, Source]) -> str:
    """A key for a release that no record knows: after the earliest of its copies."""
    first = min(
        documents, key=lambda key: (str(published(sources[key])[0] or "9"), key)
    )
    return f"rel-{first}"


def _warning(code: str, key: str, **facts: str | tuple[str, ...]) -> Problem:
    return Problem(code, LOG, key=key, facts=facts, severity="warning")
