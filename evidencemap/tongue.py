"""The words of the program in the person's language, through the one gettext catalogue."""

import gettext
from functools import cache

from evidencemap.resources import resource


def _(text: str) -> str:
    """Return a text in the person's language; English where the catalogue has none."""
    return catalogue().gettext(text) if text else ""


def several(one: str, many: str, count: int, **values: object) -> str:
    """Return the form of a text that fits a count; `{count}` and the other values are put in."""
    return catalogue().ngettext(one, many, count).format(count=f"{count:,}", **values)


@cache
def catalogue() -> gettext.NullTranslations:
    """Return the catalogue of the system's language; the empty one, which is English, where none ships."""
    return gettext.translation("evidencemap", localedir=resource("i18n"), fallback=True)
