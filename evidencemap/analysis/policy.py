"""The policy of a verdict: bases, caps, ceilings and standards, as one value with a name."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

from evidencemap.errors import EvidenceMapError
from evidencemap.model.scales import scales
from evidencemap.model.words import ClaimKind, Grade, Reliability, Standard
from evidencemap.resources import resource
from evidencemap.tongue import _

Pair = tuple[int, int]
"""For at least the first grade and against less than the second; 5 is more than any grade."""

STANDARD_PAIRS: Mapping[Standard, tuple[Pair, ...]] = {
    Standard.SCINTILLA: ((1, 5),),
    Standard.PREPONDERANCE: ((2, 2), (3, 3), (4, 4)),
    Standard.CLEAR_AND_CONVINCING: ((3, 2), (4, 3)),
    Standard.BEYOND_REASONABLE_DOUBT: ((4, 2),),
    Standard.DIALECTICAL_VALIDITY: ((1, 1),),
}
"""The five standards of Gordon, Prakken and Walton (2007), read on four grades."""

OPEN_PAIRS: tuple[Pair, ...] = ((1, 1), (2, 2), (3, 3), (4, 4))
"""What every node that is no claim has to meet: more for it than against it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Every number that a verdict depends on and that is no part of the case.

    `reliability` is the base of a source by its letter, `credibility` the cap of a provenance step
    by the digit of the item. `ceilings` overrides the ceiling that a scheme brings; `standards` the
    standard of the case for claims of a kind; `stakes` says what an ask of a stake requires: the
    grades of resources/scales/stakes.toml, where a profile says nothing else.
    """

    name: str
    title: str = ""
    about: str = ""
    reliability: Mapping[Reliability, Grade] = field(
        default_factory=lambda: {
            Reliability.A: Grade.ESTABLISHED,
            Reliability.B: Grade.STRONG,
            Reliability.C: Grade.PROBABLE,
            Reliability.D: Grade.SUGGESTIVE,
            Reliability.E: Grade.NOTHING,
            Reliability.F: Grade.SUGGESTIVE,
        }
    )
    credibility: Mapping[int, Grade] = field(
        default_factory=lambda: {
            1: Grade.ESTABLISHED,
            2: Grade.STRONG,
            3: Grade.PROBABLE,
            4: Grade.SUGGESTIVE,
            5: Grade.NOTHING,
            6: Grade.SUGGESTIVE,
        }
    )
    unsourced: Grade = Grade.SUGGESTIVE
    assumption: Grade = Grade.PROBABLE
    reported: Grade = Grade.PROBABLE
    interest: Grade = Grade.PROBABLE
    vantage: Grade = Grade.SUGGESTIVE
    vantage_kinds: tuple[ClaimKind, ...] = (
        ClaimKind.VOLUME,
        ClaimKind.ATTRIBUTION,
        ClaimKind.PURPOSE,
        ClaimKind.INTENT,
        ClaimKind.EFFECT,
    )
    ceilings: Mapping[str, Grade] = field(default_factory=dict)
    standards: Mapping[ClaimKind, Standard] = field(default_factory=dict)
    stakes: Mapping[int, Grade] = field(
        default_factory=lambda: {
            int(each.term): Grade.from_word(each.meaning) for each in scales()["stakes"].terms
        }
    )

    def standard_of(self, kind: ClaimKind, own: Standard | None, of_case: Standard) -> Standard:
        """Return the standard of a claim: its own, else that of its kind here, else that of the case."""
        return own or self.standards.get(kind) or of_case

    def required(self, stake: int) -> Grade:
        """Return the grade that an ask of this stake (1-5) requires."""
        return self.stakes[stake]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One number on which two policies differ, as words; `key` says which entry of a table, or is empty."""

    field: str
    key: str
    one: str
    other: str


def policy(name: str = "standard") -> Policy:
    """Return the profile of that name. Raises EvidenceMapError for a name that no profile has."""
    found = policies().get(name)
    if found is None:
        offered = ", ".join(policies())
        raise EvidenceMapError(
            _("There is no profile named {name}. The profiles are: {offered}.").format(
                name=repr(name), offered=offered
            )
        )
    return found


@cache
def policies() -> Mapping[str, Policy]:
    """Return every profile that ships, by name; `standard` first."""
    found = [_read(path.stem) for path in sorted(resource("profiles").glob("*.toml"))]
    found.sort(key=lambda each: (each.name != "standard", each.name))
    return {each.name: each for each in found}


def differences(one: Policy, other: Policy) -> list[Difference]:
    """Return where two policies differ, field by field; names, titles and descriptions apart."""
    found = []
    for each in fields(Policy):
        first, second = getattr(one, each.name), getattr(other, each.name)
        if each.name in ("name", "title", "about") or first == second:
            continue
        if isinstance(first, Mapping):
            for key in sorted({*first, *second}, key=str):
                if first.get(key) != second.get(key):
                    pair = (_word(first.get(key)), _word(second.get(key)))
                    found.append(Difference(field=each.name, key=str(key), one=pair[0], other=pair[1]))
        else:
            found.append(Difference(field=each.name, key="", one=_word(first), other=_word(second)))
    return found


def _word(value: object) -> str:
    if isinstance(value, Grade):
        return value.word
    if isinstance(value, tuple):
        return ", ".join(str(each) for each in value)
    return "" if value is None else str(value)


_GRADES = ("unsourced", "assumption", "reported", "interest", "vantage")


def _read(name: str) -> Policy:
    with resource("profiles", f"{name}.toml").open("rb") as file:
        data: dict[str, Any] = tomllib.load(file)
    default = Policy(name=name)
    values: dict[str, Any] = {"title": data.pop("title", name), "about": data.pop("about", "")}
    for key in _GRADES:
        if key in data:
            values[key] = Grade.from_word(data.pop(key))
    if "vantage_kinds" in data:
        values["vantage_kinds"] = tuple(ClaimKind(each) for each in data.pop("vantage_kinds"))
    tables: tuple[tuple[str, Any, Any], ...] = (
        ("reliability", Reliability, Grade.from_word),
        ("credibility", int, Grade.from_word),
        ("ceilings", str, Grade.from_word),
        ("standards", ClaimKind, Standard),
        ("stakes", int, Grade.from_word),
    )
    for key, of_key, of_value in tables:
        given = {of_key(each): of_value(value) for each, value in data.pop(key, {}).items()}
        values[key] = {**getattr(default, key), **given}
    if data:
        raise ValueError(f"the profile {name!r} has an unknown key {sorted(data)[0]!r}")
    return Policy(name=name, **values)
