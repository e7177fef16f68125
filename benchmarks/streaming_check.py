"""Check a million ties in one pass, as CSV and as Parquet; measure processor time and memory.

    python benchmarks/streaming_check.py [ROWS]

Every form is made in a temporary folder with the same records, 5,000 institutions and 1,000
sources, and with three faults planted in every 10,000 rows. Each check is a process of its own,
so that its time and its highest memory are its own. The figures are in `streaming.md`.
"""

import csv
import importlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from simpul.graph_builder import check_stream, find_ecosystem

SETTINGS = """\
key = "benchmark"
licence = "https://creativecommons.org/licenses/by/4.0/"
[title]
id = "Uji"
en = "Benchmark"
[description]
id = "Simpul buatan"
en = "Made-up ties"
[inclusion]
id = "Semua"
en = "All"
"""
BODIES, SOURCES, EVERY = 5_000, 1_000, 10_000
HEADINGS = (
    "id",
    "type",
    "participants.1.party",
    "participants.1.role",
    "participants.2.party",
    "participants.2.role",
    "start",
    "programme",
    "evidence.1.source",
    "evidence.1.locator",
    "evidence.1.stance",
    "basis",
    "modality",
    "sign",
)


def ties(rows: int) -> Iterator[list[str]]:
    """Rows of ties; of every 10,000 one has an unknown role, one an unknown party, one a bad date."""
    for n in range(rows):
        fault = n % EVERY if n >= EVERY // 2 else 0
        first = f"body-{n % BODIES}" if fault != 7 else f"nobody-{n}"
        second = f"body-{(n * 7 + 1) % BODIES}"
        role = "partner" if fault != 5 else "parner"
        year = 2000 + n % 25
        date = f"{year}-{n % 12 + 1:02d}" if fault != 9 else "31/02/2024"
        source, place = f"source-{n % SOURCES}", f"paragraph {n % 40 + 1}"
        yield [
            *(f"tie-{n}", "cooperation", first, role, second, "partner", date),
            *(f"Programme {n % 300}", source, place, "supports"),
            *("third-party", "realised", "positive"),
        ]


def make(folder: Path, form: str, rows: int) -> None:
    """Write an ecosystem with its ties in one form."""
    folder.mkdir()
    (folder / "ecosystem.toml").write_text(SETTINGS, "utf-8")
    with (folder / "institutions.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["id", "name.id", "name.en", "sector", "kind"])
        for n in range(BODIES):
            out.writerow(
                [f"body-{n}", f"Badan {n}", f"Body {n}", "industry", "company"]
            )
    with (folder / "sources.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["id", "title", "publisher", "kind"])
        for n in range(SOURCES):
            out.writerow([f"source-{n}", f"Judul {n}", "Koran", "news-report"])
    if form == "csv":
        with (folder / "ties.csv").open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(HEADINGS)
            out.writerows(ties(rows))
        return
    arrow: Any = importlib.import_module("pyarrow")
    parquet: Any = importlib.import_module("pyarrow.parquet")
    schema = arrow.schema([(heading, arrow.string()) for heading in HEADINGS])
    with parquet.ParquetWriter(folder / "ties.parquet", schema) as writer:
        batch: list[list[str]] = []
        for row in ties(rows):
            batch.append(row)
            if len(batch) == 50_000:
                writer.write_table(_table(arrow, batch, schema))
                batch = []
        if batch:
            writer.write_table(_table(arrow, batch, schema))


def _table(arrow: Any, rows: list[list[str]], schema: Any) -> Any:
    return arrow.table(list(map(list, zip(*rows, strict=True))), schema=schema)


def check(folder: Path) -> dict[str, object]:
    """Check a folder in this process and tell what it took."""
    began = time.perf_counter()
    report = check_stream(find_ecosystem(folder))
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "rows": report.read["tie"],
        "sound": report.sound["tie"],
        "told": len(report.problems),
        "untold": sum(report.untold.values()),
        "cpu_s": round(used.ru_utime + used.ru_stime, 1),
        "wall_s": round(time.perf_counter() - began, 1),
        "peak_mb": round(used.ru_maxrss / 1024),
    }


def main(rows: int) -> None:
    """Make and check each form, and print a line of figures for it."""
    with tempfile.TemporaryDirectory() as home:
        for form in ("csv", "parquet"):
            folder = Path(home) / form
            make(folder, form, rows)
            size = (folder / f"ties.{form}").stat().st_size / 1e6
            line = [sys.executable, __file__, "--check", str(folder)]
            found = subprocess.run(line, capture_output=True, check=True, text=True)
            print(form, f"{size:.0f} MB", found.stdout.strip(), flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--check"]:
        print(json.dumps(check(Path(sys.argv[2]))))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
