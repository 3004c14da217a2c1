"""What a line of the history says was done, in the person's language. The journal keeps it in English."""

import re
from functools import cache
from string import Formatter

from evidencemap.model.kinds import NUMBER
from evidencemap.tongue import ENGLISH, _, capital, language

TEMPLATES = (
    "Add {number}",
    "Add {number} on {other}",
    "Add {number} with {other}",
    "Change {fields} of {number}",
    "Connect {numbers} to {number} as {other}",
    "Say that {number} comes from {numbers}",
    "Give {number} the warrant {other}",
    "Take the warrant of {number} away",
    "Undercut {number} by {other}",
    "Lift an undercutter of {number}",
    "Undercut the provenance of {number}",
    "Say that {number} and {other} exclude each other",
    "Set the parts of {number}",
    "Define {number} by its parts",
    "Split {number} into {numbers}",
    "Say what {number} would settle",
    "Say what {number} copies",
    "Withdraw {number}",
    "Reinstate {number}",
    "Move {numbers}",
    "Tidy the map",
    "Let the layout place nodes again",
    "Remove {numbers}",
    "Link {numbers} as {word}",
    "Answer a question of {number}",
    "Mark {number} {word}",
    "Accept {code} on {numbers}",
    "Take the acceptance of {code} back",
    "Name this point {text}",
    "Issue the {word} as {number}",
    "Give {number} the denominator {other}",
    "Say that {number} is stated in {other}",
    "Say that {number} states {other}",
    "Strike a passage out of {number}",
    "Put a passage of {number} back",
    "Record that {number} came in again",
    "Record that {number} came in again with {other}",
    "Record that {number} was {word}",
    "Publish",
    "Start the case",
    "Open the founding case",
    "Import a listing",
    "Import {text}",
    "Merge {text}",
    "Revert to entry {digits}",
    "Bring the file from shape {digits} to {more}",
    "Leave behind what was deleted",
    "Start from what was left",
)
"""What the verbs and the session write into the journal: the English words, and what stands among them."""

FIELDS = {
    "as_of": "As of",
    "sender": "From",
    "sources": "From",
    "gains_from": "Gains from",
    "out_of": "Out of",
    "con": "Against",
    "cites": "Citation",
    "words": "Forms of the word",
    "standard": "Standard of proof",
}
"""Fields that are called otherwise than by their name in code."""

_NUMBER = rf"@?{NUMBER.pattern}|case"
_LIST = rf"(?:{_NUMBER})(?:, (?:{_NUMBER}))*(?: and (?:{_NUMBER}|[0-9]+ more))?"
_FORMS = {
    "number": _NUMBER,
    "other": _NUMBER,
    "numbers": _LIST,
    "fields": r"[a-z0-9 ]+",
    "word": r"[a-z_ -]+",
    "code": r"[A-Z_]+",
    "digits": r"[0-9]+",
    "more": r"[0-9]+",
    "text": r".+",
}


def field_name(name: str) -> str:
    """Return what a field is called, by its name in code."""
    return _(FIELDS.get(name, name.replace("_", " ").capitalize()))


def quoted(text: str, most: int = 60) -> str:
    """Return a typed text as a sentence quotes it: on one line, short, without signs that nobody sees."""
    flat = "".join(each if each.isprintable() else " " for each in text[: 4 * most])
    flat = " ".join(flat.split())
    return _("“{word}”").format(word=flat if len(flat) <= most else f"{flat[: most - 1].rstrip()}…")


def label_said(label: str) -> str:
    """Return a label of the journal in the person's language; as it is where nothing here writes such.

    The words of the case in it, such as the name of a point, stay as they are.
    """
    if language() == ENGLISH:
        return label
    for form, template in _forms():
        found = form.fullmatch(label)
        if found is not None:
            return _(template).format(**{name: _part(name, text) for name, text in found.groupdict().items()})
    return label


def _part(name: str, text: str) -> str:
    if name == "fields":
        return _(" and ").join(_(capital(each)) for each in text.split(" and "))
    if name == "numbers":
        most, _and, last = text.rpartition(" and ")
        if last.endswith(" more"):
            return _("{numbers} and {more} more").format(numbers=most, more=last.removesuffix(" more"))
        return text.replace(" and ", _(" and "))
    return _(text.replace("_", " ")) if name == "word" else text


@cache
def _forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(_pattern(each), re.DOTALL), each) for each in TEMPLATES)


def _pattern(template: str) -> str:
    parts = []
    for text, name, _form, _conversion in Formatter().parse(template):
        parts.append(re.escape(text))
        if name:
            parts.append(f"(?P<{name}>{_FORMS[name]})")
    return "".join(parts)
