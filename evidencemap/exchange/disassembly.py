"""Takes a case apart into the plain data that a listing and its JSON twin write, in their fixed order."""

from collections.abc import Callable
from typing import Any

from evidencemap.exchange.sections import COPIED, KIND_OF_LETTER, LISTS, ROLE_FIELDS, ROLES, SECTIONS, VERSION
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Entity, Evidence, Exhibit, Step
from evidencemap.model.kinds import LETTERS
from evidencemap.model.plain import Plain, to_plain
from evidencemap.model.records import Id
from evidencemap.model.references import without
from evidencemap.model.upkeep import Checkpoint, IssuedBrief, Placement
from evidencemap.tongue import _, several

_LEFT_OUT = (Placement, IssuedBrief, Checkpoint)


def disassemble(case: Case) -> Plain:
    """Return everything of a case that travels in a listing, as texts, numbers, lists and mappings.

    Left out is what is empty or default, and what `losses` names. The same case gives the same
    data in the same order, whatever the order in which it was built.
    """
    number, gone = _numbers(case)
    plain: Plain = {"evidencemap": VERSION, "id": case.id}
    plain.update(to_plain(case.header, number))
    given = _given(case)
    if given:
        plain["given"] = given
    for section in SECTIONS:
        held = {each.number: _fields(each, number, gone) for each in case.sorted(section.kind)}
        kept = {key: fields for key, fields in held.items() if fields is not None}
        if kept:
            plain[section.key] = kept
    for section in LISTS:
        rows = [_fields(each, number, gone) for each in case.sorted(section.kind)]
        if any(row is not None for row in rows):
            plain[section.key] = [row for row in rows if row is not None]
    return plain


def losses(case: Case) -> list[str]:
    """Return a sentence for each thing of a case that a listing does not take along, none where all goes."""
    said = []
    gone = _numbers(case)[1]
    placed = len(case.of(Placement))
    if placed:
        said.append(
            several(
                "{count} position on the map did not come along: the layout places anew.",
                "{count} positions on the map did not come along: the layout places anew.",
                placed,
            )
        )
    files = len(case.of(Exhibit))
    if files:
        said.append(
            several(
                "The bytes of {count} exhibit did not come along, only name and digest.",
                "The bytes of {count} exhibits did not come along, only name and digest.",
                files,
            )
        )
    issued = len(case.of(IssuedBrief))
    if issued:
        said.append(
            several(
                "The record of {count} issued brief did not come along.",
                "The record of {count} issued briefs did not come along.",
                issued,
            )
        )
    points = len(case.of(Checkpoint))
    if points:
        said.append(
            several(
                "{count} named point of the history did not come along.",
                "{count} named points of the history did not come along.",
                points,
            )
        )
    dropped = sorted(
        each.number
        for section in (*SECTIONS, *LISTS)
        for each in case.of(section.kind).values()
        if without(each, gone) != each
    )
    if dropped:
        said.append(_("{numbers} pointed at what did not come along.").format(numbers=", ".join(dropped)))
    said.append(_("The journal did not come along: a listing has no history."))
    return said


def _numbers(case: Case) -> tuple[Callable[[Id], str], frozenset[Id]]:
    """Return how ids are named in a listing, and the ids that are not in one."""
    gone = frozenset(each for kind in _LEFT_OUT for each in case.of(kind))
    renumbered: dict[Id, str] = {}
    for section in LISTS:
        kept = [each for each in case.sorted(section.kind) if without(each, gone) is not None]
        for place, each in enumerate(kept, start=1):
            renumbered[each.id] = f"{section.letters}{place}"
    return (lambda target: renumbered.get(target) or case.number(target)), gone


def _given(case: Case) -> dict[str, int]:
    letters = [letter for letter in LETTERS if letter not in "LF"]
    present = dict.fromkeys(letters, 0)
    for section in SECTIONS:
        for each in case.of(section.kind).values():
            letter, digits = each.number[:1], each.number[1:]
            present[letter] = max(present[letter], int(digits))
    return {
        letter: case.highest[letter] for letter in letters if case.highest.get(letter, 0) > present[letter]
    }


def _fields(entity: Entity, number: Callable[[Id], str], gone: frozenset[Id]) -> Plain | None:
    kept = without(entity, gone) if gone else entity
    if kept is None:
        return None
    fields = to_plain(kept, number)
    if isinstance(kept, Claim):
        return _with_kind(kept, fields)
    if isinstance(kept, Step) and not fields.keys().isdisjoint(ROLE_FIELDS):
        return _with_roles(fields)
    if isinstance(kept, Evidence) and kept.undercut_by:
        fields["undercut_by"] = _undercuts(kept, number)
    return fields


def _with_kind(claim: Claim, fields: Plain) -> Plain:
    if claim.number[0] not in KIND_OF_LETTER:
        return fields
    text = fields.pop("text")
    fields.pop("kind", None)
    return {"text": text, "kind": claim.kind.value, **fields}


def _with_roles(fields: Plain) -> Plain:
    moved: Plain = {}
    for key, value in fields.items():
        if key in ROLE_FIELDS:
            moved.setdefault(ROLES, {})[key] = value
        else:
            moved[key] = value
    return moved


def _undercuts(evidence: Evidence, number: Callable[[Id], str]) -> dict[str, Any]:
    by: dict[str, list[str]] = {}
    for each in evidence.undercut_by:
        by.setdefault(COPIED if each.source is None else number(each.source), []).append(number(each.by))
    return by
