"""What is measured while serving, and the page on which Prometheus reads it."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from .site import Site

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

BOUNDS: Final = (
    0.001,
    0.0025,
    0.005,
    0.01,
    0.025,
    0.05,
    0.1,
    0.25,
    0.5,
    1,
    2.5,
    5,
    10,
    30,
)
"""Upper bounds of the durations that are counted apart, in seconds."""


class Measures:
    """Counts of requests by part and status, and how long they took."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, int]] = Counter()
        self.buckets: dict[str, list[int]] = {}
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def note(self, part: str, status: int, seconds: float) -> None:
        """Count one request."""
        self.requests[part, status] += 1
        buckets = self.buckets.get(part)
        if buckets is None:
            buckets = self.buckets[part] = [0] * (len(BOUNDS) + 1)
        buckets[bisect_left(BOUNDS, seconds)] += 1
        self.seconds[part] += seconds


class _Collected(Collector):
    """Turns what was counted into metrics when Prometheus asks, so that counting stays cheap."""

    def __init__(self, site: "Site", measures: Measures) -> None:
        self._site = site
        self._measures = measures

    def collect(self) -> Iterator[Metric]:
        """All metrics, in the order in which they are written."""
        yield self._requests()
        yield self._durations()
        pool = self._site.pool
        for name, about, value in (
            (
                "simpul_queries_running",
                "Queries that are being answered.",
                pool.running,
            ),
            ("simpul_queries_waiting", "Queries that wait for a worker.", pool.waiting),
            ("simpul_workers", "Processes on the current graph.", len(pool.workers)),
            (
                "simpul_cache_bytes",
                "Bytes of answers that are kept.",
                self._site.cache.held,
            ),
        ):
            yield GaugeMetricFamily(name, about, value=value)
        counts = pool.counts
        for name, about, value in (
            ("simpul_queries", "Queries that were asked of the workers.", counts.asked),
            (
                "simpul_queries_timed_out",
                "Queries stopped for their time.",
                counts.timed_out,
            ),
            (
                "simpul_queries_refused",
                "Queries for which there was no room.",
                counts.refused,
            ),
            ("simpul_workers_killed", "Workers that we ended.", counts.killed),
            ("simpul_workers_lost", "Workers that ended by themselves.", counts.lost),
            ("simpul_workers_started", "Workers that were started.", counts.started),
            ("simpul_cache_hits", "Answers given from memory.", self._site.cache.hits),
            ("simpul_cache_misses", "Answers not in memory.", self._site.cache.misses),
        ):
            yield CounterMetricFamily(name, about, value=value)
        generation = self._site.generation
        yield InfoMetricFamily(
            "simpul_graph",
            "The graph that is served.",
            value={"digest": generation.digest, "key": generation.label.key},
        )

    def _requests(self) -> Metric:
        family = CounterMetricFamily(
            "simpul_requests", "Requests served.", labels=("part", "status")
        )
        for (part, status), count in sorted(self._measures.requests.items()):
            family.add_metric((part, str(status)), count)
        return family

    def _durations(self) -> Metric:
        family = HistogramMetricFamily(
            "simpul_request_seconds", "How long requests took.", labels=("part",)
        )
        for part, buckets in sorted(self._measures.buckets.items()):
            total, running = self._measures.seconds[part], 0
            cumulative: list[tuple[str, float]] = []
            for bound, count in zip((*map(str, BOUNDS), "+Inf"), buckets, strict=True):
                running += count
                cumulative.append((bound, running))
            family.add_metric((part,), cumulative, total)
        return family


def metrics_page(site: "Site", measures: Measures) -> bytes:
    """The metrics in the text format of Prometheus."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collected(site, measures))
    return generate_latest(registry)
