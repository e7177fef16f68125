"""Small named networks for the rooms of analysis and visualizations, made without a graph.

`network_of` makes one from pairs of keys; a tie of more than two keys is a clique of equals.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from simpul.analysis import (
    Body,
    BodyClass,
    EvidenceItem,
    Link,
    NamedCode,
    Names,
    Network,
    Participant,
    Stance,
    Tie,
)
from simpul.ontology import BASE

SCRIPT = "</script><script>document.title='ran'</script>"
IMAGE = "<img src=x onerror=\"document.title='ran'\">"


def code(scheme: str, value: str) -> NamedCode:
    """A concept whose names are its code with a mark of the language."""
    return NamedCode(
        f"{BASE}concept/{scheme}/{value}",
        value,
        Names(f"{value} (id)", f"{value} (en)"),
    )


def body(key: str, **changes: object) -> Body:
    """A company of the industry with this key, or with what is changed."""
    made = Body(
        iri=f"{BASE}id/org/{key}",
        key=key,
        body_class=BodyClass.ORGANIZATION,
        name=Names(f"Lembaga {key}", f"Body {key}"),
        sector=code("sector", "industry"),
        strand=code("sector", "business"),
        kind=code("institution-kind", "company"),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # fields differ in type


def evidence(document: str, stance: Stance, **changes: object) -> EvidenceItem:
    """A passage of one document of its own origin."""
    made = EvidenceItem(
        iri=f"{BASE}id/evidence/{document}/e1",
        stance=stance,
        document=f"{BASE}id/doc/{document}",
        title=Names(f"Judul {document}", f"Title {document}"),
        publisher=Names(f"Penerbit {document}", f"Penerbit {document}"),
        issued="2024-09-11",
        url=f"https://example.org/{document}",
        root=f"{BASE}id/doc/{document}",
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # fields differ in type


def tie(key: str, members: Sequence[Body], **changes: object) -> Tie:
    """An accepted, realised cooperation of these bodies, backed by one document."""
    made = Tie(
        iri=f"{BASE}id/tie/{key}",
        key=key,
        type=code("tie-type", "cooperation"),
        layer=code("tie-type", "collaboration"),
        status=code("claim-status", "accepted"),
        confidence=code("confidence", "medium"),
        standing=code("standing", "single-origin"),
        modality=code("modality", "realised"),
        sign=code("sign", "positive"),
        participants=tuple(
            Participant(
                each.iri, each.name, each.iri, code("participant-role", "partner")
            )
            for each in members
        ),
        evidence=(evidence(key, Stance.SUPPORTS),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # fields differ in type


def links(made: Tie) -> Iterable[Link]:
    """The links of a tie of equals."""
    members = sorted({participant.body for participant in made.participants})
    edge = NamedCode(
        f"{BASE}ontology#cooperatesWith",
        "cooperatesWith",
        Names("bekerja sama dengan", "cooperates with"),
    )
    for low, high in combinations(members, 2):
        yield Link(made.iri, edge, low, high, False, 1 / (len(members) - 1))


def network(bodies: Iterable[Body], ties: Iterable[Tie]) -> Network:
    """Bodies and ties of equals, sorted as a network is."""
    known, made = list(bodies), list(ties)
    return Network(
        bodies=tuple(sorted(known, key=lambda each: each.iri)),
        ties=tuple(sorted(made, key=lambda each: each.iri)),
        links=tuple(
            sorted(
                (link for each in made for link in links(each)),
                key=lambda link: (link.tie, link.source, link.target),
            )
        ),
    )


def network_of(
    cliques: Iterable[Sequence[str]], isolates: Iterable[str] = ()
) -> Network:
    """A network with one tie for each clique of keys, and bodies without a tie."""
    groups = [tuple(clique) for clique in cliques]
    bodies = {
        key: body(key) for key in [*isolates, *(k for clique in groups for k in clique)]
    }
    ties = [
        tie(f"tie-{number:03}", [bodies[key] for key in clique])
        for number, clique in enumerate(groups)
    ]
    return network(bodies.values(), ties)


def hostile_world() -> Network:
    """Two bodies with three parallel ties, whose names, notes and addresses try to run script."""
    dinas = body(
        "dinas", name=Names(f"Dinas {SCRIPT}", f"Office {IMAGE}"), acronym="DINAS"
    )
    pabrik = body(
        "pabrik", name=Names("Pabrik", "Factory"), other_names=("Nama Lama é",)
    )
    alone = body("sendiri", name=Names("Lembaga tanpa ikatan", "Body without a tie"))
    return network(
        [dinas, pabrik, alone],
        [
            tie(
                "kerja-sama-1",
                [dinas, pabrik],
                claim=Names(f"Klaim {IMAGE}", "The claim in English"),
                note=Names(SCRIPT, SCRIPT),
                evidence=(
                    evidence("berita-1", Stance.SUPPORTS, note=Names(IMAGE, IMAGE)),
                    evidence(
                        "berita-2",
                        Stance.SUPPORTS,
                        root=f"{BASE}id/doc/berita-1",
                        root_name=Names("Siaran pers", "Press release"),
                    ),
                    evidence(
                        "berita-3",
                        Stance.DISPUTES,
                        title=Names("Bantahan", "A denial"),
                        url="javascript:document.title='ran'",
                    ),
                ),
            ),
            tie(
                "kerja-sama-2",
                [dinas, pabrik],
                standing=code("standing", "planned"),
                modality=code("modality", "planned"),
            ),
            tie(
                "konflik-1",
                [dinas, pabrik],
                type=code("tie-type", "conflict"),
                layer=code("tie-type", "conflict"),
                standing=code("standing", "contested"),
                status=code("claim-status", "disputed"),
                sign=code("sign", "negative"),
            ),
        ],
    )
