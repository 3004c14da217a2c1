"""Finding text anywhere in a case: numbers first, then every text field of every entity."""

from typing import Any

from evidencemap.analysis.verdicts import Verdicts
from evidencemap.model.case import Case
from evidencemap.model.entities import Placement
from evidencemap.model.kinds import KINDS, number_key
from evidencemap.model.records import Id
from evidencemap.model.shape import FieldKind, shape
from evidencemap.ui.marks import mark_of
from evidencemap.ui.rows import Row
from evidencemap.ui.wording import field_name, one_line, said

_MOST = 60


def found_everywhere(case: Case, verdicts: Verdicts, typed: str) -> list[Row]:
    """Return rows for what holds every typed word, by number or in any text; at most sixty."""
    return [_row(case, verdicts, entity, where) for entity, where in hits(case, typed)]


def hits(case: Case, typed: str) -> list[tuple[Id, str]]:
    """Return the ids that a search finds, each with the field in which the words stand."""
    wanted = typed.strip().casefold()
    if not wanted:
        return []
    words = wanted.split()
    found: dict[Id, str] = {}
    held = case.numbered(wanted.upper())
    if held is not None:
        found[held.id] = ""
    for kind in KINDS:
        if kind is Placement:
            continue
        texts = [each.name for each in shape(kind) if each.kind in (FieldKind.TEXT, FieldKind.TEXTS)]
        for entity in sorted(case.of(kind).values(), key=lambda each: number_key(each.number)):
            where = _where(entity, texts, words)
            if where is not None:
                found.setdefault(entity.id, where)
                if len(found) >= _MOST:
                    return list(found.items())
    return list(found.items())


def _where(entity: Any, texts: list[str], words: list[str]) -> str | None:
    first = words[0]
    for name in texts:
        value = getattr(entity, name)
        text = (value if isinstance(value, str) else " ".join(value)).casefold()
        if first in text and all(word in text for word in words):
            return name
    return None


def _row(case: Case, verdicts: Verdicts, entity: Id, where: str) -> Row:
    mark, ink = mark_of(case, verdicts, entity)
    detail = field_name(where) if where not in ("", "text", "name", "title") else ""
    text = one_line(said(case, entity), 200)
    return Row(
        text=text, lead=case.number(entity), right=detail, right_ink="muted", mark=mark, ink=ink, value=entity
    )
