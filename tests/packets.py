"""Ecosystems cut into packets: a base without some sources, and a packet for each of these."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import yaml

from simpul.graph_builder import Ecosystem, Loaded, load_records, withdraw

KNOWN_BY = {
    "name_forms": ("form", "note"),
    "former_names": ("id", "name"),
    "location_history": ("id", "place", "from"),
    "posts": ("id", "post", "institution", "title"),
}
Data = str | int | float | None | list["Data"] | dict[str, "Data"]
Written = dict[str, dict[str, dict[str, Data]]]
"""Records as they would be written, by file and key."""


def cut(ecosystem: Ecosystem, sources: Collection[str], to: Path) -> dict[str, Path]:
    """Write an ecosystem without some sources to `to/base`, and each of these to `to/packets`.

    What rests on one of them alone is only in its packet; what several support is in each.
    Returns: {source: the folder of its packet}.
    """
    whole = load_records(ecosystem)
    rest = written(withdraw(whole, sources))
    write(to / "base", rest)
    settings = (ecosystem.folder / "ecosystem.toml").read_bytes()
    (to / "base" / "ecosystem.toml").write_bytes(settings)
    packets: dict[str, Path] = {}
    for source in sources:
        others = set(sources) - {source}
        packets[source] = to / "packets" / source
        write(packets[source], beyond(written(withdraw(whole, others)), rest, source))
    return packets


def written(loaded: Loaded) -> Written:
    """Records as texts, lists and mappings, without what is empty."""
    found: Written = {}
    for records in loaded.records.values():
        for key, record in records.items():
            data = record.model_dump(mode="json", by_alias=True, exclude_defaults=True)
            found.setdefault(record.file_name, {})[key] = fields_as_text(data)
    return found


def fields_as_text(fields: Mapping[str, Data]) -> dict[str, Data]:
    """Fields with every scalar as the text that a file would hold, without those left empty."""
    return {
        name: as_text(value)
        for name, value in fields.items()
        if value not in (None, [])
    }


def as_text(value: Data) -> Data:
    if isinstance(value, dict):
        return fields_as_text(value)
    if isinstance(value, list):
        return [as_text(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def write(folder: Path, records: Written) -> None:
    """Write records into files of their kinds."""
    folder.mkdir(parents=True, exist_ok=True)
    for file, by_key in records.items():
        text = yaml.safe_dump(
            list(by_key.values()), allow_unicode=True, sort_keys=False
        )
        (folder / file).write_text(text, encoding="utf-8", newline="\n")


def beyond(more: Written, less: Written, source: str) -> Written:
    """What some records say beyond others, as far as one source says it."""
    found: Written = {}
    for file, records in more.items():
        for key, record in records.items():
            known = less.get(file, {}).get(key)
            said = added(record, known or {}, source)
            if known is None or said:
                found.setdefault(file, {})[key] = {"id": record["id"], **said}
    return found


def added(
    record: Mapping[str, Data], known: Mapping[str, Data], source: str
) -> dict[str, Data]:
    """The fields of a record that another form of it lacks, and the items of its lists."""
    found: dict[str, Data] = {}
    for name, value in record.items():
        old = known.get(name)
        if isinstance(value, list):
            before = old if isinstance(old, list) else []
            items = list(added_items(name, value, before, source))
            if items:
                found[name] = items
        elif old is None:
            found[name] = value
    return found


def added_items(
    name: str, items: list[Data], known: list[Data], source: str
) -> Iterator[Data]:
    marks = KNOWN_BY.get(name, ())
    for item in items:
        if item in known:
            continue
        if not isinstance(item, dict):
            yield item
            continue
        if "stance" in item and item["source"] != source:
            continue
        same = [
            k
            for k in known
            if isinstance(k, dict) and marks and is_same(item, k, marks)
        ]
        more = added(item, same[0] if same else {}, source)
        if more:
            yield {mark: item[mark] for mark in marks if mark in item} | more


def is_same(
    item: Mapping[str, Data], known: Mapping[str, Data], marks: Collection[str]
) -> bool:
    return all(item.get(mark) == known.get(mark) for mark in marks)
