"""Finding text anywhere in a case: what a search shows, row by row."""

from evidencemap.analysis.verdicts import Verdicts
from evidencemap.model.case import Case
from evidencemap.model.entities import Entity
from evidencemap.model.records import Id
from evidencemap.model.shape import FieldKind, shape
from evidencemap.session import Session
from evidencemap.ui.marks import mark_of
from evidencemap.ui.rows import Row
from evidencemap.ui.wording import field_name, one_line, said

MOST = 60
"""Rows that a search gives."""

LARGE = 5_000
"""Things in a case from which on its index is made beside the window."""


def found_everywhere(session: Session, verdicts: Verdicts, typed: str) -> list[Row]:
    """Return rows for what holds every typed word or its beginning, by number or in any text.

    While the index of a large case is being made, only numbers are found.
    """
    case = session.case
    words = typed.casefold().split()
    if session.search_is_ready or len(case) < LARGE:
        ids = session.search(typed, MOST)
    else:
        held = case.numbered(typed.strip().upper())
        ids = [] if held is None else [held.id]
    return [_row(case, verdicts, each, _where(case[each], words)) for each in ids]


def _where(entity: Entity, words: list[str]) -> str:
    """Return the name of the text field in which all words stand, empty where none has them all."""
    for each in shape(type(entity)):
        if each.kind in (FieldKind.TEXT, FieldKind.TEXTS):
            value = getattr(entity, each.name)
            text = (value if isinstance(value, str) else " ".join(value)).casefold()
            if all(word in text for word in words):
                return each.name
    return ""


def _row(case: Case, verdicts: Verdicts, entity: Id, where: str) -> Row:
    mark, ink = mark_of(case, verdicts, entity)
    detail = field_name(where) if where not in ("", "text", "name", "title") else ""
    text = one_line(said(case, entity), 200)
    return Row(
        text=text, lead=case.number(entity), right=detail, right_ink="muted", mark=mark, ink=ink, value=entity
    )
