"""Random cases that keep every rule, with texts that break naive programs in every field."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from evidencemap.analysis.policy import policies
from evidencemap.model import rules
from evidencemap.model.case import Case, case_of
from evidencemap.model.entities import (
    Claim,
    Entity,
    Evidence,
    Exhibit,
    Header,
    Link,
    Quantity,
    Remark,
    Request,
    Source,
    Step,
    Term,
    Watch,
)
from evidencemap.model.records import Id, Undercut, listed_id
from evidencemap.model.scales import schemes
from evidencemap.model.shape import FieldKind, FieldShape, shape
from evidencemap.model.upkeep import Acceptance
from evidencemap.model.words import ClaimKind, Grade, LinkKind

CASE = Id("2c5ea4c0-4067-4f8e-8f5b-5d0f2e0f6a11")

HARD_TEXTS = (
    "no",
    "yes",
    "none",
    "null",
    "~",
    "12:30",
    "1e3",
    "0x10",
    "0o17",
    "1_000",
    "2004-03",
    "1.10",
    "01",
    "-1",
    "+1",
    ".5",
    "NaN",
    ".inf",
    "<<",
    "=",
    "- a",
    "? a",
    ": a",
    "a: b",
    "a:b",
    "a #b",
    "#a",
    "a,b",
    "[a",
    "{a}",
    "&a",
    "*a",
    "!a",
    "|",
    ">",
    "%a",
    "@a",
    "`a",
    "'a'",
    '"a"',
    "a'b",
    'a"b',
    "a\\b",
    " a",
    "a ",
    "a  b",
    "---",
    "...",
    "a\nb",
    "a\n\nb",
    "a\n b",
    "a \nb",
    "\na",
    "a\n",
    "a\tb",
    "a\r\nb",
    "a\rb",
    "\x85",
    "\u2028",
    "\ufeff",
    "\x00",
    "\x1b[31m",
    "\u202e",
    "\ufffe",
    "\U0001f600",
    "\U0001fffe",
    "é",
    "中文",
    "עברית",
    "a\nb: c\n- d\n# e",
    "a\n---\nb",
    "a\n...\nb",
    "a" * 300,
    "x: " * 50,
    "key: |\n  text",
    "a\n\n\n b",
)


def naughty() -> tuple[str, ...]:
    """Return the naughty strings where their corpus is, else none."""
    folder = Path(os.environ.get("EVIDENCEMAP_CORPORA", Path(__file__).parents[3] / "shared" / "corpora"))
    path = folder / "naughty-strings" / "blns.json"
    if not path.is_file():
        return ()
    found: list[str] = json.loads(path.read_text("utf-8"))
    return tuple(found)


texts = st.one_of(
    st.sampled_from(HARD_TEXTS + naughty()),
    st.text(st.characters(codec="utf-8"), max_size=40),
    st.text(st.sampled_from("ab \n:#-,'\"\\"), max_size=12),
)

said = texts.filter(lambda text: bool(text.strip()))


@st.composite
def cases(draw: st.DrawFn, most: int = 3) -> Case:
    """Draw a case with up to `most` entities of each kind."""
    numbers = {letter: draw(st.integers(0, most)) for letter in "SECMHARNTKWX"}
    made = {letter: [f"{letter}{place + 1}" for place in range(many)] for letter, many in numbers.items()}
    drawing = _Drawing(draw, {number: listed_id(CASE, number) for each in made.values() for number in each})
    entities: list[Entity] = [drawing.entity(Header, "case")]
    for letter, kind in _KINDS.items():
        entities.extend(drawing.entity(kind, number) for number in made[letter])
    entities.extend(drawing.steps(most))
    entities.extend(drawing.links_and_acceptances())
    case = case_of(entities, {"C": draw(st.integers(0, 9))})
    rules.check(case)
    return case


_KINDS: Mapping[str, type[Any]] = {
    "S": Source,
    "E": Evidence,
    "C": Claim,
    "M": Claim,
    "H": Claim,
    "A": Claim,
    "R": Request,
    "N": Quantity,
    "T": Term,
    "K": Remark,
    "W": Watch,
    "X": Exhibit,
}


class _Drawing:
    """Draws the fields of one case, each reference among the numbers that it may name."""

    def __init__(self, draw: st.DrawFn, ids: dict[str, Id]) -> None:
        self._draw = draw
        self._ids = ids

    def entity(self, kind: type[Any], number: str, /, **given: Any) -> Any:
        """Draw one entity that keeps the rules of its kind."""
        fields = {each.name: self._field(each, number) for each in shape(kind) if each.name not in given}
        fields.update(given)
        self._tame(kind, number, fields)
        entity = CASE if kind is Header else listed_id(CASE, number)
        return kind(id=entity, number=number, **fields)

    def steps(self, most: int) -> list[Step]:
        """Draw steps between evidence and claims, where there are two ends."""
        ends = [each for each in self._ids if each[0] in "ECMHA"]
        steps = []
        for place in range(self._draw(st.integers(0, most)) if len(ends) > 2 else 0):
            chosen = self._draw(st.lists(st.sampled_from(ends), min_size=3, max_size=3, unique=True))
            scheme = self._draw(st.sampled_from(sorted(schemes())))
            asked = [question.id for question in schemes()[scheme].questions]
            answers = {each: self._draw(said) for each in asked if self._draw(st.booleans())}
            steps.append(
                self.entity(
                    Step,
                    f"P{place + 1}",
                    premises=tuple(self._ids[each] for each in chosen[:2]),
                    conclusion=self._ids[chosen[2]],
                    scheme=scheme,
                    answers=tuple(answers.items()),
                )
            )
        return steps

    def links_and_acceptances(self) -> list[Entity]:
        """Draw what stands in lists."""
        made: list[Entity] = []
        claims = [self._ids[each] for each in self._ids if each[0] in "CMHA"]
        if len(claims) > 1:
            made.append(self.entity(Link, "L1", kind=LinkKind.RIVAL_OF, between=tuple(claims[:2])))
        if claims:
            made.append(self.entity(Acceptance, "F1", about=(claims[0],)))
        return made

    def _tame(self, kind: type[Any], number: str, fields: dict[str, Any]) -> None:
        earlier = [self._ids[each] for each in self._ids if each[0] == number[0] and each < number]
        if kind is Claim:
            fields["parts"] = tuple(earlier)
            if number[0] != "A" and fields["kind"] is ClaimKind.ASK:
                fields["kind"] = ClaimKind.EFFECT
        if kind is Source:
            fields["gains_from"] = tuple(self._ids[each] for each in self._ids if each[0] == "A")
            fields["ties"] = tuple(each for each in fields["ties"] if each.to != self._ids[number])
        if kind is Evidence:
            fields["copied_from"] = tuple(earlier)
            fields["undercut_by"] = self._undercuts(fields)
        if kind is Quantity:
            fields["out_of"] = earlier[0] if earlier else None
        if kind is Claim and number[0] == "A":
            fields["kind"] = ClaimKind.ASK
        if kind is Exhibit:
            fields["sha256"] = "0123456789abcdef" * 4
        if kind is Remark and fields["about"] is None:
            fields["about"] = CASE

    def _undercuts(self, fields: dict[str, Any]) -> tuple[Undercut, ...]:
        by = [self._ids[each] for each in self._ids if each[0] in "CM"]
        if not by:
            return ()
        if fields["sources"]:
            return tuple(Undercut(by=each, source=fields["sources"][0]) for each in by[:2])
        return (Undercut(by=by[0]),) if fields["copied_from"] else ()

    def _field(self, field: FieldShape, number: str) -> Any:
        if not field.required and self._draw(st.booleans()):
            return field.default
        if field.name == "profile":
            return self._draw(st.sampled_from(sorted(policies())))
        if field.kind is FieldKind.REFERENCE:
            return self._one(field)
        if field.kind is FieldKind.REFERENCES:
            return tuple(dict.fromkeys(each for each in (self._one(field), self._one(field)) if each))
        if field.kind is FieldKind.RECORD:
            return self._record(field)
        if field.kind is FieldKind.RECORDS:
            return () if field.record is Undercut else (self._record(field),)
        if field.kind is FieldKind.WHOLE:
            return self._draw(st.integers(1, 5))
        if field.kind is FieldKind.PAIRS:
            return tuple(self._draw(st.dictionaries(texts, texts, max_size=2)).items())
        return self._draw(_DRAWN[field.kind](field))

    def _one(self, field: FieldShape) -> Id | None:
        fitting = [self._ids[each] for each in self._ids if field.to == "*" or each[0] in field.to]
        return self._draw(st.sampled_from(fitting)) if fitting else None

    def _record(self, field: FieldShape) -> Any:
        assert field.record is not None
        return field.record(**{each.name: self._field(each, "") for each in shape(field.record)})


_DRAWN: Mapping[FieldKind, Any] = {
    FieldKind.TEXT: lambda field: said if field.required else texts,
    FieldKind.TEXTS: lambda field: st.lists(said, min_size=1, max_size=3).map(tuple),
    FieldKind.FLAG: lambda field: st.booleans(),
    FieldKind.GRADE: lambda field: st.sampled_from(Grade),
    FieldKind.WORD: lambda field: st.sampled_from(field.word),
    FieldKind.WORDS: lambda field: st.lists(st.sampled_from(field.word), max_size=3).map(tuple),
}
