"""Reads the argument graphs of Carneades 4 as small maps, with the labels that their authors expect.

An assumption is an established item, an argument a step without a warrant, a position of an issue a claim
that has to win by preponderance against what is for the other positions. Weights become ceilings: only
their order within an issue counts, and three different ones fit between probable and established.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from evidencemap.model.words import Grade, Standard

_BUILT_IN = ("linked", "convergent", "cumulative", "factorized")
_RANKS = (Grade.PROBABLE, Grade.STRONG, Grade.ESTABLISHED)


class NotUsableError(Exception):
    """The graph cannot be read as a map, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way for an argument to apply: the premises that have to be in, and what it then weighs."""

    argument: str
    conclusion: str
    premises: tuple[str, ...]
    weight: float
    undercutter: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """A graph as a small map, as `draw` takes it, and the label that is expected of each statement."""

    name: str
    leaves: dict[str, Grade]
    claims: dict[str, dict[str, Standard]]
    steps: dict[str, dict[str, Any]]
    expected: dict[str, str] = field(default_factory=dict)


def read(path: Path) -> Graph:
    """Return the graph of a file. Raises NotUsableError."""
    held = yaml.safe_load(path.read_text(encoding="utf-8"))
    labels = held.get("tests") or {}
    expected = {str(each): label for label, stated in labels.items() for each in stated or ()}
    if not expected:
        raise NotUsableError("it expects no label")
    if held.get("argument_schemes") and not held.get("arguments"):
        raise NotUsableError("its arguments have to be derived from schemes first")
    ways = [
        way for name, each in (held.get("arguments") or {}).items() for way in _ways(str(name), each, held)
    ]
    stated: dict[str, Any] = held.get("statements") or {}
    assumed = {str(each) for each in held.get("assumptions") or ()}
    assumed |= {name for name, each in stated.items() if isinstance(each, dict) and each.get("assumed")}
    issues = [[str(one) for one in each["positions"]] for each in (held.get("issues") or {}).values()]
    for each in (held.get("issues") or {}).values():
        if each.get("standard", "PE") != "PE":
            raise NotUsableError("an issue has another standard than the preponderance of evidence")
    names = {*stated, *expected, *(way.conclusion for way in ways), *(one for each in issues for one in each)}
    names |= {one for way in ways for one in (*way.premises, way.undercutter or way.conclusion)}
    contested = {one for positions in issues for one in positions}
    standards = {each: Standard.PREPONDERANCE if each in contested else Standard.SCINTILLA for each in names}
    return Graph(
        name=path.stem,
        leaves={"given": Grade.ESTABLISHED, **dict.fromkeys(sorted(assumed), Grade.ESTABLISHED)},
        claims={each: {"standard": standards[each]} for each in sorted(names - assumed)},
        steps=dict(_steps(ways, issues, assumed)),
        expected=expected,
    )


def _ways(name: str, argument: dict[str, Any], held: dict[str, Any]) -> Iterator[Way]:
    premises = argument.get("premises") or []
    needed = [str(each) for each in (premises.values() if isinstance(premises, dict) else premises)]
    scheme = argument.get("scheme") or "linked"
    sets, weights = [tuple(needed)], [1.0]
    if scheme == "convergent":
        sets = [(each,) for each in needed]
        weights = [1.0] * len(sets)
    elif scheme == "cumulative":
        sizes = range(1, len(needed) + 1)
        sets = [each for size in sizes for each in combinations(needed, size)]
        weights = [len(each) / len(needed) for each in sets]
    elif scheme == "factorized":
        weights = [float(len(needed))]
    elif scheme not in _BUILT_IN:
        weights = [_weight(scheme, held)]
    for each, weight in zip(sets, weights, strict=True):
        conclusion, undercutter = str(argument["conclusion"]), argument.get("undercutter")
        yield Way(
            argument=name,
            conclusion=conclusion,
            premises=each,
            weight=weight,
            undercutter=None if undercutter is None else str(undercutter),
        )


def _weight(scheme: str, held: dict[str, Any]) -> float:
    """Return what arguments of a scheme weigh: a constant, or the place among those that are preferred."""
    schemes = {each["id"]: each for each in held.get("argument_schemes") or ()}
    if scheme not in schemes:
        raise NotUsableError(f"the scheme {scheme} is not in the file")
    weight = schemes[scheme].get("weight", {"constant": 1.0})
    if isinstance(weight, dict) and "constant" in weight:
        return float(weight["constant"])
    rule = (held.get("weighing_functions") or {}).get(weight) if isinstance(weight, str) else None
    if rule is None or "preference" not in rule:
        raise NotUsableError("an argument is weighed by criteria")

    def key(each: dict[str, Any]) -> list[str | int]:
        return [_place(each["meta"][one["property"]], one["order"]) for one in rule["preference"]]

    ordered = sorted((each for each in schemes.values() if each.get("weight") == weight), key=key)
    return float(1 + [each["id"] for each in ordered].index(scheme))


def _place(value: Any, order: Any) -> str | int:
    return order.index(value) if isinstance(order, list) else str(value)


def _steps(
    ways: list[Way], issues: list[list[str]], assumed: set[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    ranks: dict[int, Grade] = {}
    for positions in issues:
        ranks.update(_ranked([way for way in ways if way.conclusion in positions]))
    rivals = {
        one: [other for other in positions if other != one] for positions in issues for one in positions
    }
    for at, way in enumerate(ways):
        step = {
            "from": way.premises or ("given",),
            "undercut_by": (way.undercutter,) if way.undercutter else (),
            "ceiling": ranks.get(id(way)),
        }
        for target in (way.conclusion, *rivals.get(way.conclusion, ())):
            if target not in assumed:
                yield (
                    f"{way.argument} {at} to {target}",
                    {**step, "to": target, "con": target != way.conclusion},
                )


def _ranked(ways: list[Way]) -> dict[int, Grade]:
    """Return a ceiling for each way to a position of one issue, in the order of their weights."""
    sides = {way.conclusion for way in ways}
    weights = sorted({way.weight for way in ways}) if len(sides) > 1 else [1.0]
    if len(weights) > len(_RANKS):
        raise NotUsableError("an issue has more different weights than there are grades")
    places = {weight: _RANKS[at] for at, weight in enumerate(weights)}
    return {id(way): places[way.weight] if len(sides) > 1 else _RANKS[0] for way in ways}
