"""A tour through the page: a file of steps in, each checked against the network, the states they show out.

Each step has a title and a text, and says what the page shows meanwhile: `focus` a body whose surroundings
alone are shown, `reach` how many steps around it, `select` a body or `tie` a tie in the panel, `path` two
bodies and the way between them, `as_of` a day, `window` how many years before it count too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Any, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from simpul.analysis import Names, Network, UnknownBody
from simpul.ontology import LANGUAGES, SourceError, Wording, near_miss

from .page_data import local_id, pair

_SHIPPED = files("simpul.visualizations").joinpath("stories")
_MOST_BYTES = 1_000_000
State = dict[str, Any]  # what the page's model takes back, as JSON can hold it


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a tour; `state` is what the page's model restores for it."""

    title: Names
    text: Names
    state: State


@dataclass(frozen=True, slots=True)
class Story:
    """A tour with its title; it has one step at least."""

    title: Names
    steps: tuple[Step, ...]


def shipped_stories() -> tuple[str, ...]:
    """The names of the stories that come with Simpul."""
    return tuple(
        sorted(
            each.name.removesuffix(".yaml")
            for each in _SHIPPED.iterdir()
            if each.name.endswith(".yaml")
        )
    )


def read_story(source: Path | str, network: Network) -> Story:
    """Read a story from a file, or a shipped one by its name, and find its bodies and ties in a network.

    Raises: SourceError with the step and the field, if a field is unknown, missing or of the wrong kind, or
    names no body or tie of the network; if the file is no story at all.
    """
    place = _place(source)
    name = place.name
    try:
        content = place.read_bytes()
    except OSError as problem:
        known = ", ".join(shipped_stories())
        raise SourceError(
            name,
            None,
            f"cannot be read: {problem.strerror}",
            remedy=f"give a YAML file, or a shipped story: {known}",
        ) from problem
    if len(content) > _MOST_BYTES:
        raise SourceError(name, None, f"is larger than {_MOST_BYTES:,} bytes")
    try:
        text = content.decode("utf-8-sig")
        # A few lines of aliases can stand for gigabytes, and no story needs one.
        _refuse_aliases(yaml.parse(text, Loader=yaml.SafeLoader))
        held = yaml.safe_load(text)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as problem:
        raise SourceError(
            name, None, "is no YAML in UTF-8: " + str(problem).partition("\n")[0]
        ) from problem
    try:
        fields = _StoryFields.model_validate(held)
    except ValidationError as refused:
        raise _first_problem(name, refused) from refused
    finder = _Finder(name, network, frozenset(tie.key for tie in network.ties))
    steps = (finder.step(step, n) for n, step in enumerate(fields.steps, start=1))
    return Story(fields.title.names(), tuple(steps))


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Texts(_Model):
    id: str = ""
    en: str = ""

    @model_validator(mode="before")
    @classmethod
    def both_alike(cls, held: Any) -> Any:
        """One text stands for both languages."""
        return {"id": held, "en": held} if isinstance(held, str) else held

    @model_validator(mode="after")
    def not_empty(self) -> Self:
        """A text without words says nothing to anybody."""
        if not (self.id.strip() or self.en.strip()):
            raise ValueError("must be a text, or texts under id and en")
        return self

    def names(self) -> Names:
        return Names(self.id, self.en)


class _StepFields(_Model):
    title: _Texts
    text: _Texts
    focus: str | None = None
    reach: Annotated[int, Field(ge=1, le=2)] | None = None
    select: str | None = None
    tie: str | None = None
    path: Annotated[list[str], Field(min_length=2, max_length=2)] | None = None
    # A day stands in YAML as a date or, in quotes, as a text.
    as_of: Annotated[date, Field(strict=False)] | None = None
    window: Annotated[int, Field(ge=0, le=100)] | None = None


class _StoryFields(_Model):
    title: _Texts
    steps: Annotated[list[_StepFields], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class _Finder:
    """Finds what the steps name in a network."""

    file: str
    network: Network
    ties: frozenset[str]

    def step(self, fields: _StepFields, number: int) -> Step:
        state: State = {}
        if fields.focus is not None:
            state["focus"] = self._body(fields.focus, "focus", number)
        if fields.reach is not None:
            state["steps"] = fields.reach
        if fields.select is not None:
            state["body"] = self._body(fields.select, "select", number)
        if fields.tie is not None:
            state["tie"] = self._tie(fields.tie, number)
        if fields.path is not None:
            state["path"] = [self._body(end, "path", number) for end in fields.path]
        if fields.as_of is not None:
            state["asOf"] = fields.as_of.isoformat()
        if fields.window is not None:
            state["window"] = fields.window
        return Step(fields.title.names(), fields.text.names(), state)

    def _body(self, asked: str, field: str, number: int) -> str:
        try:
            return local_id(self.network.find_body(asked).iri)
        except UnknownBody as unknown:
            raise _problem(self.file, number, field, str(unknown)) from unknown

    def _tie(self, asked: str, number: int) -> str:
        if asked not in self.ties:
            near = near_miss(asked, self.ties)
            remedy = f"did you mean {near!r}?" if near else None
            said = f"no tie {asked!r} in the network"
            raise _problem(self.file, number, "tie", said, remedy)
        return asked


def _first_problem(file: str, refused: ValidationError) -> SourceError:
    first = refused.errors()[0]
    where = [part for part in first["loc"] if part != "function-after"]
    number = where[1] + 1 if len(where) > 1 and isinstance(where[1], int) else None
    names = [str(part) for part in where if isinstance(part, str)]
    field = ".".join(names[1:] if number else names) or None
    known = _StepFields.model_fields if number else _StoryFields.model_fields
    if first["type"] == "extra_forbidden":
        near = near_miss(names[-1], known)
        remedy = f"did you mean {near!r}?" if near else f"there are {', '.join(known)}"
        return _problem(file, number, field, "no such field", remedy)
    return _problem(file, number, field, first["msg"])


def _problem(
    file: str,
    number: int | None,
    field: str | None,
    problem: str,
    remedy: str | None = None,
) -> SourceError:
    key = None if number is None else f"step {number}"
    return SourceError(file, None, problem, key=key, field=field, remedy=remedy)


def _refuse_aliases(events: Iterable[yaml.Event]) -> None:
    if any(isinstance(event, yaml.AliasEvent) for event in events):
        raise yaml.YAMLError("aliases have no place in a story")


def _place(source: Path | str) -> Traversable:
    if isinstance(source, str) and source in shipped_stories():
        return _SHIPPED.joinpath(f"{source}.yaml")
    return Path(source)


def story_data(story: Story) -> State:
    """What the page takes of a story: words, title and steps, each text in both languages."""
    said = Wording.load("simpul.visualizations", "story.toml").sentences
    return {
        "words": {
            code: [text[way] for way in LANGUAGES] for code, text in said.items()
        },
        "title": pair(story.title),
        "steps": [
            {"title": pair(step.title), "text": pair(step.text), "state": step.state}
            for step in story.steps
        ],
    }
