"""Invented networks of any size: seeded, with communities, hubs, parallel ties and evidence."""

from bisect import bisect
from random import Random

from networks import body, code, evidence, network, tie
from simpul.analysis import Body, Network, Stance, Tie

SECTORS = ("government", "business", "academia", "community", "media")
STANDINGS = ("corroborated", "single-origin", "single-origin", "planned", "contested")


def large_network(bodies: int, ties: int, *, seed: int) -> Network:
    """A network of so many bodies and ties; bodies come in communities of some 60, five ties in six stay inside.

    Ties run from 2015 to 2026, some have two sources, and one source backs some twenty ties.
    """
    chance = Random(seed)
    made: list[Body] = []
    for number in range(bodies):
        sector = code("sector", SECTORS[number % 7 % len(SECTORS)])
        name = f"{number:06}"
        made.append(body(name, sector=sector, strand=sector))
    groups: list[range] = []
    start = 0
    while start < bodies:
        end = min(bodies, start + chance.randint(25, 95))
        groups.append(range(start, end))
        start = end
    starts = [group.start for group in groups]
    records: list[Tie] = []
    for number in range(ties):
        one = int(bodies * chance.random() ** 1.3)
        group = groups[bisect(starts, one) - 1]
        pool = group if chance.random() < 5 / 6 else range(bodies)
        # Squaring favours the first of a group: its hubs.
        other = pool.start + int(len(pool) * chance.random() ** 2)
        if other == one:
            other = (one + 1) % bodies
        standing = code("standing", chance.choice(STANDINGS))
        year = chance.randint(2015, 2026)
        sources = [
            evidence(
                f"berita-{chance.randrange(max(1, ties // 20)):06}", Stance.SUPPORTS
            )
            for _ in range(1 + (chance.random() < 0.3))
        ]
        records.append(
            tie(
                f"t{number:06}",
                [made[one], made[other]],
                standing=standing,
                start=str(year),
                evidence=tuple(sources),
            )
        )
    return network(made, records)
