"""The rows that a picker offers: entities by number or text, and what could be made of a typed text."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from evidencemap.analysis.verdicts import Verdicts
from evidencemap.model import verbs
from evidencemap.model.case import Case
from evidencemap.model.edit import Edit
from evidencemap.model.entities import Claim, Evidence, Quantity, Request, Source
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.model.words import ClaimKind, Grade, Reliability
from evidencemap.tongue import _
from evidencemap.ui.editor import kind_typed
from evidencemap.ui.marks import mark_of
from evidencemap.ui.rows import Row
from evidencemap.ui.wording import one_line, said

_MOST = 40
_PREFIXES: dict[str, tuple[type[Any], ClaimKind | None]] = {
    "c": (Claim, None),
    "e": (Evidence, None),
    "s": (Source, None),
    "r": (Request, None),
    "n": (Quantity, None),
    "a": (Claim, ClaimKind.ASSUMPTION),
    "m": (Claim, ClaimKind.METHOD),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """An entity that does not exist yet: what it would be, and what it would say."""

    kind: type[Any]
    text: str
    claim_kind: ClaimKind | None = None
    headline: bool = False

    def add(self, case: Case, at: tuple[float, float] | None = None) -> Edit:
        """Return the edit that adds it; a rating in brackets at the end of the text is set as a field."""
        text, fields = rated(self.kind, self.text)
        if self.kind is Claim and self.claim_kind is not None:
            fields["kind"] = self.claim_kind
        if self.headline:
            fields["headline"] = True
        name = {Source: "name", Quantity: "value"}.get(self.kind, "text")
        return verbs.add(case, self.kind, at=at, **{name: text}, **fields)


def rated(kind: type[Any], text: str) -> tuple[str, dict[str, Any]]:
    """Return a text without the rating in brackets at its end, and the field that the rating sets.

    `[B]` is the reliability of a source, `[2]` the credibility of an item (the Admiralty's code), and
    a grade such as `[established]` says how sure the author of a claim is.
    """
    head, bracket, tail = text.rstrip().removesuffix("]").rpartition("[")
    if not bracket or not text.rstrip().endswith("]") or not head.strip():
        return text, {}
    said = tail.strip().casefold()
    grades = {grade.word: grade for grade in Grade}
    fields: dict[str, Any] = {}
    if kind is Source and said.upper() in set(Reliability):
        fields["reliability"] = Reliability(said.upper())
    elif kind is Evidence and said in {str(each) for each in range(1, 7)}:
        fields["credibility"] = int(said)
    elif kind is Claim and said in grades:
        fields["stated"] = grades[said]
    return (head.strip(), fields) if fields else (text, {})


def entities_found(
    case: Case,
    verdicts: Verdicts,
    typed: str,
    kinds: Collection[type[Any]],
    without: Collection[Id] = (),
) -> list[Row]:
    """Return rows for the entities of these kinds that a number or some words find, numbers first."""
    wanted = typed.strip().casefold()
    numbered: list[Any] = []
    worded: list[Any] = []
    words = wanted.split()
    for kind in kinds:
        for held in case.of(kind).values():
            if held.id in without:
                continue
            if held.number.casefold().startswith(wanted):
                numbered.append(held)
            elif len(worded) < _MOST and words:
                text = said(case, held.id).casefold()
                if all(word in text for word in words):
                    worded.append(held)
    numbered.sort(key=lambda each: (each.number.casefold() != wanted, number_key(each.number)))
    worded.sort(key=lambda each: number_key(each.number))
    return [entity_row(case, verdicts, each.id) for each in (*numbered, *worded)[:_MOST]]


def together(case: Case, typed: str, kinds: Collection[type[Any]], without: Collection[Id] = ()) -> list[Row]:
    """Return the one row for several numbers (`C1, C2`), all needed together; its value is their ids.

    None is offered unless every word typed is the number of something of these kinds.
    """
    numbers = typed.replace(",", " ").upper().split()
    held = [case.numbered(number) for number in dict.fromkeys(numbers)]
    found = [each for each in held if each is not None and isinstance(each, tuple(kinds))]
    if len(found) < 2 or len(found) < len(held) or any(each.id in without for each in found):
        return []
    text = _("{numbers} together").format(numbers=", ".join(each.number for each in found))
    return [Row(text=text, lead=_("all needed"), mark="arrow", ink="link", value=tuple(e.id for e in found))]


def entity_row(case: Case, verdicts: Verdicts, entity: Id) -> Row:
    """Return the row that offers an entity; its value is the id."""
    mark, ink = mark_of(case, verdicts, entity)
    text = one_line(said(case, entity), 200)
    return Row(text=text, lead=case.number(entity), mark=mark, ink=ink, value=entity)


def newcomers(typed: str, *usual: tuple[type[Any], ClaimKind | None]) -> list[Row]:
    """Return rows for what a typed text could become, in the usual order.

    A letter and a colon (`e: ...`), a claim kind (`volume: ...`) or `headline: ...` says what it is;
    then that alone is offered.
    """
    head, colon, rest = typed.partition(":")
    if colon and rest.strip() and head.strip().casefold() in ("headline", _("headline").casefold()):
        value = Newcomer(kind=Claim, text=rest.strip(), headline=True)
        return [Row(text=rest.strip(), lead=_("New headline"), mark="plus", ink="link", value=value)]
    if colon and rest.strip() and head.strip().casefold() in _PREFIXES:
        kind, claim_kind = _PREFIXES[head.strip().casefold()]
        return [_newcomer_row(kind, claim_kind, rest.strip())]
    typed_kind, text = kind_typed(typed)
    if typed_kind is not None:
        return [_newcomer_row(Claim, typed_kind, text)]
    if not text:
        return []
    return [_newcomer_row(kind, claim_kind, text) for kind, claim_kind in usual]


def by_name_or_new(
    found: Callable[[str], list[Row]], typed: str, *usual: tuple[type[Any], ClaimKind | None]
) -> list[Row]:
    """Return what is there by number or text, then what could be made; a text in words is made first."""
    there = found(typed)
    made = newcomers(typed, *usual)
    exact = [row for row in there if row.lead.casefold() == typed.strip().casefold()]
    if exact or len(typed.split()) < 2:
        return [*exact, *(row for row in there if row not in exact), *made]
    return [*made, *there]


def _newcomer_row(kind: type[Any], claim_kind: ClaimKind | None, text: str) -> Row:
    if kind is Claim and claim_kind is not None:
        called = _("New {kind}").format(kind=_(claim_kind.value))
    else:
        names = {
            Claim: "claim",
            Evidence: "evidence",
            Source: "source",
            Request: "request",
            Quantity: "number",
        }
        called = _("New {kind}").format(kind=_(names[kind]))
    value = Newcomer(kind=kind, text=text, claim_kind=claim_kind)
    return Row(text=text, lead=called, mark="plus", ink="link", value=value)
