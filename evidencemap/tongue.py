"""The words of the program in the person's language, through the one gettext catalogue."""

import gettext
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import cache

from evidencemap.resources import resource

DOMAIN = "evidencemap"
WISHES = ("EVIDENCEMAP_LANGUAGE", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
"""The variables that say which language is wanted; the first that is set decides, as in GNU gettext."""

ENGLISH = "en-US"


def _(text: str) -> str:
    """Return a text in the person's language; English where the catalogue has none."""
    return catalogue().gettext(text) if text else ""


def several(one: str, many: str, count: int, /, **values: object) -> str:
    """Return the form of a text that fits a count; `{count}` and the other values are put in."""
    return catalogue().ngettext(one, many, count).format(count=figure(count), **values)


def figure(value: float | Decimal, form: str = ",") -> str:
    """Return a number in figures, in a form of Python's, as the person's language writes it."""
    return in_figures(f"{value:{form}}")


def in_figures(number: str) -> str:
    """Return what English writes as `1,234.5` as the person's language does: `1.234,5` in German."""
    if not _language():
        return number
    signs = {",": in_context("between thousands", ","), ".": in_context("before decimals", ".")}
    return "".join(signs.get(each, each) for each in number)


def in_context(context: str, text: str) -> str:
    """Return a text that other languages say in more than one way, as it is said in one context."""
    return catalogue().pgettext(context, text)


def capital(text: str) -> str:
    """Return a text with its first letter large and all others as they are: nouns keep theirs."""
    return text[:1].upper() + text[1:]


def refusal(fault: OSError) -> str:
    """Return why the system refused, as the end of a sentence: `permission denied`."""
    return (fault.strerror or _("the system refused")).lower()


def catalogue() -> gettext.NullTranslations:
    """Return the catalogue of the language in use; the empty one, which is English, where none ships."""
    return _catalogue(_language())


def language() -> str:
    """Return the tag (BCP 47) of the language that the program speaks, such as `de` or `en-US`."""
    return _language() or ENGLISH


def speak(*wanted: str) -> None:
    """Speak the first of these languages that ships from now on; of none, what the system asks for."""
    _spoken[:] = [_first_shipped(wanted)] if wanted else []


@contextmanager
def speaking(wanted: str) -> Iterator[None]:
    """Speak a language for as long as this lasts: what programs read is the same in every language."""
    before = list(_spoken)
    speak(wanted)
    try:
        yield
    finally:
        _spoken[:] = before


def system_language() -> str:
    """Return the first language that the system asks for as it writes it; empty where it asks for none."""
    asked = _asked()
    return asked[0] if asked else ""


_spoken: list[str] = []


def _language() -> str:
    if not _spoken:
        _spoken.append(_first_shipped(_asked()))
    return _spoken[0]


def _asked() -> list[str]:
    for name in WISHES:
        value = os.environ.get(name, "")
        if value:
            return [each for each in value.split(":") if each]
    import locale

    # Windows and macOS set no variable; Windows names languages in words, which `normalize` knows.
    held = locale.getlocale()[0] or ""
    return [locale.normalize(held.partition("_")[0])] if held else []


def _first_shipped(wanted: Iterable[str]) -> str:
    """Return the name of the first catalogue that fits, empty for English, which is in the program itself."""
    for each in wanted:
        name = each.partition(".")[0].partition("@")[0].replace("-", "_")
        for tried in (name, name.partition("_")[0]):
            if tried.lower() in ("c", "posix", "en"):
                return ""
            if tried in _shipped():
                return tried
    return ""


@cache
def _shipped() -> frozenset[str]:
    return frozenset(path.parent.parent.name for path in resource("i18n").glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))


@cache
def _catalogue(name: str) -> gettext.NullTranslations:
    if not name:
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, localedir=resource("i18n"), languages=[name])
