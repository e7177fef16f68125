"""What reading articles costs: articles a second, the start, memory by number of articles, hostile text.

    python benchmarks/extraction.py [--most N]

Articles of 3,000 characters (600 for memory) are made of the paragraphs of `tests/data/articles/development`, in an
order, with figures and with names of firms that differ from article to article, so that no cache has
seen them before. Each measurement of the command line is a process of its own. `--most` bounds the
number of articles that memory is measured with (default 10,000). Prints the tables of `extraction.md`.
"""

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from simpul.graph_builder.extraction import (
    Lexicon,
    national_lexicon,
    prepare,
    read_many,
    understand,
)

ARTICLES = Path(__file__).parents[1] / "tests" / "data" / "articles" / "development"
RUN = "from simpul.cli import main; main()"
LENGTH = 3_000
SHORT = 600
SIZES = (1_000, 10_000, 100_000)
SYLLABLES = [
    "ba",
    "ci",
    "da",
    "fu",
    "ga",
    "ju",
    "ka",
    "lo",
    "ma",
    "nu",
    "pe",
    "ra",
    "si",
    "ta",
    "wi",
    "yo",
    "san",
    "der",
    "mul",
    "tar",
]
BAIT = (
    "(", "A.", '"', "Kementerian ", "dan ", ", Industri", "a", "1.", "Rp", "1 juta ", "dua puluh ",
    "lebih dari ", "hingga ", "Januari-", "sejak 2", "PT. ", "Dinas (", "- ", "Bupati ", "masing-masing ",
)  # fmt: skip


def paragraphs() -> list[str]:
    """The paragraphs of the development articles."""
    return [
        each
        for path in sorted(ARTICLES.glob("*.txt"))
        for each in path.read_text(encoding="utf-8").split("\n\n")
    ]


def article(number: int, given: list[str], length: int = LENGTH) -> str:
    """An article of so many characters that is like no other."""
    chance = random.Random(number)
    text = ""
    while len(text) < length:
        text += chance.choice(given).strip() + "\n\n"

    def firm(match: re.Match[str]) -> str:
        name = "".join(chance.choices(SYLLABLES, k=3)).capitalize()
        return f"{match[1]} {name}"

    text = re.sub(r"\b(PT|CV|Koperasi|Yayasan) \w+", firm, text)
    text = re.sub(
        r"(?<![\d/.,])[1-9]\d?(?= )", lambda _: str(chance.randint(2, 28)), text
    )
    return text[:length]


def command(*arguments: str) -> tuple[float, float, float]:
    """Run `simpul extract`; return its seconds, its processor seconds and its highest memory in MB."""
    began = time.perf_counter()
    line = [sys.executable, "-c", RUN, "extract", *arguments]
    process = subprocess.Popen(
        line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, _, used = os.wait4(process.pid, 0)
    return (
        time.perf_counter() - began,
        used.ru_utime + used.ru_stime,
        used.ru_maxrss / 1024,
    )


def rates(given: list[str]) -> None:
    """Articles a second, with one process and with two."""
    articles = [(str(n), article(n, given).encode()) for n in range(600)]
    lexicon = national_lexicon()
    print(
        "| processes | articles a second | CPU ms an article |\n| ---: | ---: | ---: |"
    )
    for processes in (1, 2):
        before, began = os.times(), time.perf_counter()
        for _ in read_many(articles, lexicon, processes=processes):
            pass
        taken, after = time.perf_counter() - began, os.times()
        used = sum(after[:4]) - sum(before[:4])
        print(
            f"| {processes} | {len(articles) / taken:.0f} | {1000 * used / len(articles):.1f} |"
        )


def written(folder: Path, count: int, given: list[str]) -> Iterator[Path]:
    """Write articles into a folder."""
    for number in range(count):
        path = folder / f"{number:06}.txt"
        path.write_text(article(number, given, SHORT), encoding="utf-8")
        yield path


def memory(given: list[str], most: int) -> None:
    """The highest memory of one process by the number of articles."""
    print("\n| articles | s | CPU s | highest MB |\n| ---: | ---: | ---: | ---: |")
    for count in (1, *SIZES):
        if count > most:
            break
        with tempfile.TemporaryDirectory() as folder:
            for _ in written(Path(folder), count, given):
                pass
            taken, used, peak = command(folder, "--format", "json", "--out", os.devnull)
        print(f"| {count:,} | {taken:.1f} | {used:.1f} | {peak:.0f} |", flush=True)


def hostile(given: list[str]) -> None:
    """One line of ten megabytes, and how the time of bait grows when it is four times as long."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "line.txt"
        line = " ".join(article(n, given).replace("\n", " ") for n in range(3_400))
        path.write_text(line[:10_000_000], encoding="utf-8")
        taken, used, peak = command(str(path), "--out", os.devnull)
    print(f"\nOne line of 10 MB: {taken:.0f} s, {used:.0f} CPU s, {peak:.0f} MB.")
    print(
        "\n| bait | CPU s at 40 kB | at 160 kB | ratio |\n| --- | ---: | ---: | ---: |"
    )
    lexicon = national_lexicon()
    for bait in BAIT:
        short, long = (
            spent(bait * (n // len(bait)), lexicon) for n in (40_000, 160_000)
        )
        print(f"| `{bait}` | {short:.2f} | {long:.2f} | {long / short:.1f} |")


def spent(text: str, lexicon: Lexicon) -> float:
    """Processor seconds that understanding a text takes."""
    began = time.process_time()
    understand(prepare(text), lexicon)
    return time.process_time() - began


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=10_000)
    most: int = parser.parse_args().most
    given = paragraphs()
    rates(given)
    memory(given, most)
    hostile(given)


if __name__ == "__main__":
    main()
