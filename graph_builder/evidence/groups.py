"""Groups: keys that belong together, joined pair by pair."""

from collections import defaultdict
from collections.abc import Iterable


class Groups:
    """Disjoint groups of keys, joined one by one."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._above = {key: key for key in keys}
        self._sealed: set[str] = set()

    def join(self, one: str, other: str) -> None:
        """Make the groups of two keys one; the lesser key stands for it."""
        a, b = sorted((self._root(one), self._root(other)))
        self._above[b] = a
        if b in self._sealed:
            self._sealed.add(a)

    def seal(self) -> frozenset[str]:
        """Take every group of two or more as known for good; returns the keys in them."""
        known = {root: keys for root, keys in self.by_root().items() if len(keys) > 1}
        self._sealed.update(known)
        return frozenset(key for keys in known.values() for key in keys)

    def join_unless_sealed(self, one: str, other: str) -> None:
        """Make the groups of two keys one, unless both are sealed."""
        if not {self._root(one), self._root(other)} <= self._sealed:
            self.join(one, other)

    def by_root(self) -> dict[str, set[str]]:
        """All groups by the key that stands for each."""
        groups: defaultdict[str, set[str]] = defaultdict(set)
        for key in self._above:
            groups[self._root(key)].add(key)
        return groups

    def _root(self, key: str) -> str:
        above = self._above
        above.setdefault(key, key)
        while above[key] != key:
            above[key] = above[above[key]]
            key = above[key]
        return key
