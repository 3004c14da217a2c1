"""What things are called in the window: kinds, fields, the short name of any entity, and how it stands."""

import unicodedata
from typing import Any

from evidencemap.analysis.verdicts import ClaimVerdict, Verdicts
from evidencemap.model.case import Case
from evidencemap.model.entities import (
    Claim,
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
from evidencemap.model.kinds import LETTERS
from evidencemap.model.labels import field_name as field_name
from evidencemap.model.records import Id
from evidencemap.model.upkeep import Acceptance, Checkpoint, IssuedBrief, Placement
from evidencemap.model.words import ClaimKind
from evidencemap.tongue import _, figure

_KINDS: dict[type[Any], str] = {
    Header: "Case",
    Source: "Source",
    Evidence: "Evidence",
    Claim: "Claim",
    Request: "Request",
    Quantity: "Number",
    Step: "Step",
    Link: "Link",
    Term: "Term",
    Remark: "Remark",
    Watch: "Watch",
    Exhibit: "Exhibit",
    Placement: "Placement",
    Acceptance: "Acceptance",
    IssuedBrief: "Issued brief",
    Checkpoint: "Checkpoint",
}

_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"))

_CLAIMS = {ClaimKind.METHOD: "Method", ClaimKind.ASSUMPTION: "Assumption", ClaimKind.ASK: "Ask"}


def kind_name(entity: Any) -> str:
    """Return what sort of thing an entity is, as a person says it."""
    if isinstance(entity, Claim):
        return _(_CLAIMS.get(entity.kind, "Claim"))
    return _(_KINDS[type(entity)])


def kind_called(kind: type[Any]) -> str:
    """Return what entities of a kind are called."""
    return _(_KINDS[kind])


def number_shown(number: str) -> str:
    """Return a number that people know as it is, and in words one that stays inside."""
    return kind_called(LETTERS[number[0]]) if number[:1] in ("L", "F", "Z") else number


def text_of(entity: Any) -> str:
    """Return what an entity says: its text, name, words or value; empty where it has none."""
    if isinstance(entity, Exhibit):
        return name_shown(entity.name)
    for name in ("text", "name", "title"):
        held = getattr(entity, name, None)
        if held:
            return str(held)
    if isinstance(entity, Quantity):
        about = _("about ") if entity.approximate else ""
        return " ".join(part for part in (about + _digits(entity.value), entity.unit) if part)
    if isinstance(entity, Term):
        return ", ".join(entity.words)
    if isinstance(entity, Watch):
        return entity.why or entity.by
    if isinstance(entity, IssuedBrief):
        return f"{_(entity.template)} {entity.when}"
    if isinstance(entity, Acceptance):
        return entity.why
    return ""


def said(case: Case, entity: Id) -> str:
    """Return what an entity says; for a step, from what to what it goes."""
    held = case[entity]
    if isinstance(held, Step):
        sign = "⇥" if held.con else "→"
        return (
            f"{' + '.join(case.number(each) for each in held.premises)} {sign} {case.number(held.conclusion)}"
        )
    if isinstance(held, Link):
        return f" {_(held.kind.value)} ".join(case.number(each) for each in held.between)
    return text_of(held)


def kicker(case: Case, entity: Id) -> str:
    """Return the small line above a title: `CLAIM C2 · ATTRIBUTION`."""
    held = case[entity]
    parts = [kind_name(held) if isinstance(held, Header) else f"{kind_name(held)} {held.number}"]
    if isinstance(held, Claim) and held.kind not in _CLAIMS:
        parts.append(_(held.kind.value))
    if isinstance(held, Claim) and held.headline:
        parts.append(_("headline"))
    if isinstance(held, Step):
        parts.append(f"{_(held.scheme)}{', ' + _('con') if held.con else ''}")
    if isinstance(held, Source | Evidence):
        parts.append(_(held.kind.value))
    return " · ".join(parts).upper()


def one_line(text: str, most: int = 400) -> str:
    """Return a text on one line, shortened where it is longer than `most` characters."""
    flat = " ".join(text[: 2 * most].split())
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"


def name_shown(name: str) -> str:
    """Return the name that a file came with on one line, each sign that a person cannot see as U+FFFD."""
    seen = "".join("\ufffd" if unicodedata.category(each) in _UNSEEN else each for each in name)
    return one_line(seen, 160)


def _digits(value: str) -> str:
    return figure(int(value)) if value.isdecimal() and len(value) > 4 else value


def claim_standing(verdict: ClaimVerdict) -> str:
    """Return how a claim stands, with its grade where it has one: `supported, probable`."""
    return _(verdict.status.value) + (f", {_(verdict.grade.word)}" if verdict.grade else "")


def standing(verdicts: Verdicts, entity: Id) -> str:
    """Return how a claim or a step stands, in words; empty where it has no verdict."""
    if entity in verdicts.claims:
        return claim_standing(verdicts.claims[entity])
    return _(verdicts.steps[entity].status.value) if entity in verdicts.steps else ""
