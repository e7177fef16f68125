"""What a model of names sees of a word: its form, its ends, and the words beside it."""

from collections.abc import Iterator, Sequence

_BESIDE = (-2, -1, 1, 2)


def features_of(words: Sequence[str]) -> list[list[str]]:
    """For each word of a sentence the features it has, as `name=value`."""
    shapes = [shape(word) for word in words]
    folded = [word.casefold() for word in words]
    return [
        list(_features(words, shapes, folded, place)) for place in range(len(words))
    ]


def _features(
    words: Sequence[str], shapes: Sequence[str], folded: Sequence[str], place: int
) -> Iterator[str]:
    word = folded[place]
    yield f"word={word}"
    yield f"shape={shapes[place]}"
    for size in (2, 3):
        yield f"begins={word[:size]}"
        yield f"ends={word[-size:]}"
    for step in _BESIDE:
        other = place + step
        if 0 <= other < len(words):
            yield f"{step}word={folded[other]}"
            yield f"{step}shape={shapes[other]}"
        else:
            yield f"{step}=none"


def shape(word: str) -> str:
    """The form of a word, runs of one kind of character told once.

    >>> shape("Kemenperin"), shape("PT"), shape("S.T."), shape("13.000")
    ('Aa', 'A', 'A.A.', '0.0')
    """
    form = ""
    for letter in word[:40]:
        sign = (
            "0"
            if letter.isdigit()
            else "A"
            if letter.isupper()
            else "a"
            if letter.isalpha()
            else letter
        )
        if form[-1:] != sign:
            form += sign
    return form
