"""What goes to the clipboard: lines of text, and tables that attack no spreadsheet."""

import unicodedata
from collections.abc import Collection

from PySide6.QtGui import QGuiApplication

from evidencemap.analysis.verdicts import Verdicts
from evidencemap.model.case import Case
from evidencemap.model.records import Id
from evidencemap.tongue import _, in_context
from evidencemap.ui.wording import kind_name, said, standing


def as_text(case: Case, verdicts: Verdicts, ids: Collection[Id]) -> str:
    """Return entities as lines: number, what each says, how it stands."""
    lines = []
    for each in ids:
        status = standing(verdicts, each)
        lines.append(f"{case.number(each)}  {said(case, each)}" + (f"  ({status})" if status else ""))
    return "\n".join(lines)


def as_table(case: Case, verdicts: Verdicts, ids: Collection[Id]) -> str:
    """Return entities as a table with tabs between cells; a cell that could be a formula gets a quote."""
    rows = [(in_context("visible", "Number"), _("Kind"), _("Text"), _("Status"))]
    for each in ids:
        held = case[each]
        rows.append((held.number, kind_name(held), said(case, each), standing(verdicts, each)))
    return "\n".join("\t".join(_cell(text) for text in row) for row in rows)


def put_on_clipboard(text: str) -> None:
    """Put a text on the clipboard, plainly."""
    QGuiApplication.clipboard().setText(text)


def _cell(text: str) -> str:
    flat = " ".join(text.split())
    return f"'{flat}" if _may_be_formula(flat) else flat


def _may_be_formula(cell: str) -> bool:
    """Say whether a spreadsheet may work a cell out: wide signs count, and unseen letters hide none.

    The signs are those of OWASP's page on CSV injection.
    """
    seen = (each for each in cell if unicodedata.category(each) not in ("Cf", "Cc", "Zs"))
    return unicodedata.normalize("NFKC", next(seen, ""))[:1] in tuple("=+-@")
