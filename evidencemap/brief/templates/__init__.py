"""The templates: each tells a case as one outline. One registry names them for window and command line."""

from collections.abc import Callable, Mapping

from evidencemap.brief.basis import Basis
from evidencemap.brief.outline import Outline
from evidencemap.brief.templates.change import change
from evidencemap.brief.templates.memo import memo
from evidencemap.brief.templates.register import register
from evidencemap.brief.templates.report import report
from evidencemap.brief.templates.settle import settle_sheet

TEMPLATES: Mapping[str, Callable[[Basis], Outline]] = {
    "memo": memo,
    "settle": settle_sheet,
    "report": report,
    "register": register,
    "change": change,
}
"""Each template by the word that names it in commands and menus."""
