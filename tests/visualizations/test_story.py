"""A tour is read from a file, held against the network, and says what is wrong with it."""

from pathlib import Path

import pytest

from networks import network_of
from simpul.ontology import SourceError
from simpul.visualizations import read_story, shipped_stories

WORLD = network_of([("dinas", "pabrik"), ("pabrik", "kampus")])


def write(folder: Path, *steps: str) -> Path:
    """A story of steps in YAML, each in flow style."""
    path = folder / "story.yaml"
    lines = [
        "title: {id: Cerita, en: Story}",
        "steps:",
        *(f"- {step}" for step in steps),
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_step_becomes_the_state_that_the_page_restores(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "{title: Satu, text: Dua, focus: dinas, reach: 2, select: Lembaga kampus,"
        " tie: tie-001, path: [dinas, kampus], as_of: 2021-12-31, window: 3}",
    )
    (step,) = read_story(path, WORLD).steps
    assert step.title.en == step.title.id == "Satu"
    assert step.state == {
        "focus": "org/dinas",
        "steps": 2,
        "body": "org/kampus",
        "tie": "tie-001",
        "path": ["org/dinas", "org/kampus"],
        "asOf": "2021-12-31",
        "window": 3,
    }


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("{title: a, text: b, fokus: dinas}", "step 1, fokus: no such field; did you mean 'focus'"),
        ("{title: a, text: b, focus: dinass}", "step 1, focus: no body 'dinass'"),
        ("{title: a, text: b, tie: tie-01}", "did you mean 'tie-001'"),
        ("{title: a, text: b, as_of: sometime}", "step 1, as_of"),
        ("{title: a, text: b, reach: 7}", "step 1, reach"),
        ("{title: a, text: b, path: [dinas]}", "step 1, path"),
        ("{title: a}", "step 1, text"),
        ("{title: {fr: a}, text: b}", "step 1, title.fr: no such field"),
        ("{title: '', text: b}", "step 1, title"),
        ("[1, 2]", "step 1"),
        ("&x {title: *x, text: b}", "aliases"),
        ("{title: [", "YAML"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_step_and_field(
    tmp_path: Path, step: str, said: str
) -> None:
    with pytest.raises(SourceError) as refused:
        read_story(write(tmp_path, step), WORLD)
    assert said in str(refused.value)
    assert str(refused.value).startswith("story.yaml")


def test_a_story_that_is_not_there_names_the_shipped_ones(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="a shipped story: seed"):
        read_story(tmp_path / "none.yaml", WORLD)


def test_the_names_of_shipped_stories_are_known() -> None:
    assert shipped_stories() == ("seed",)
