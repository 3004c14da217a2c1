"""The scales and schemes that ship as data: likelihood, confidence, ratings, standards, schemes."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from evidencemap.model.entities import Step
from evidencemap.model.words import Grade
from evidencemap.resources import resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term of a scale: what is written in a case, what it means, and its range where it has one."""

    term: str
    meaning: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A scale. `use` says for what: likelihood, confidence, reliability, credibility ...

    `authority` is who published it; empty for the program's own, such as what a venue or a stake asks for.
    """

    name: str
    title: str
    use: str
    authority: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A critical question of a scheme; `severity` is that of the finding while it is open.

    `slot` names the field of a step in which a number answers it, where there is one.
    """

    id: str
    text: str
    severity: str = "note"
    slot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A form of reasoning: whether it needs a warrant, its ceiling, its role and its questions."""

    name: str
    title: str
    family: str
    authority: str
    needs_warrant: bool = True
    ceiling: Grade = Grade.ESTABLISHED
    role: str = ""
    premises: int = 1
    backing: str = ""
    questions: tuple[Question, ...] = ()


@cache
def scales() -> Mapping[str, Scale]:
    """Return every scale that ships, by name."""
    found = {}
    for path in sorted(resource("scales").glob("*.toml")):
        data = _read(path.name, "scales")
        terms = tuple(Term(**each) for each in data.pop("terms"))
        found[path.stem] = Scale(name=path.stem, terms=terms, **data)
    return found


@cache
def schemes() -> Mapping[str, Scheme]:
    """Return every scheme that ships, by the name that steps hold."""
    found: dict[str, Scheme] = {}
    for path in sorted(resource("schemes").glob("*.toml")):
        data = _read(path.name, "schemes")
        for each in data["schemes"]:
            questions = tuple(Question(**question) for question in each.pop("questions", ()))
            ceiling = Grade.from_word(each.pop("ceiling", "established"))
            scheme = Scheme(
                family=data["family"],
                authority=each.pop("authority", data["authority"]),
                ceiling=ceiling,
                questions=questions,
                **each,
            )
            found[scheme.name] = scheme
    return found


def answered(step: Step) -> set[str]:
    """Return the critical questions of a step that are answered, in words or by the number in their slot."""
    found = {question for question, answer in step.answers if answer.strip()}
    scheme = schemes().get(step.scheme)
    asked = scheme.questions if scheme is not None else ()
    return found | {each.id for each in asked if each.slot and getattr(step, each.slot) is not None}


def _read(name: str, folder: str) -> dict[str, Any]:
    with resource(folder, name).open("rb") as file:
        return tomllib.load(file)
