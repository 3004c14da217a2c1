"""The templates: each tells a case as one outline. One registry names them for window and command line."""

from collections.abc import Callable, Mapping

from evidencemap.brief.basis import Basis
from evidencemap.brief.outline import Outline
from evidencemap.brief.templates.memo import memo

TEMPLATES: Mapping[str, Callable[[Basis], Outline]] = {
    "memo": memo,
}
"""Each template by the word that names it in commands and menus."""
