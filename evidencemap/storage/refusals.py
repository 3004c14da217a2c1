"""What the gate refuses or denies, as codes with values, and the words for it in the person's language."""

from collections.abc import Mapping
from typing import Any

from evidencemap.tongue import _


class RefusedError(Exception):
    """The file is none that may be trusted: why, as a code of `refusal` and the values in its words."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def refusal(name: str, code: str, values: Mapping[str, Any]) -> str:
    """Return the sentence that refuses the file called `name`. Raises KeyError for a code that is none."""
    return _refusals()[code].format(**{**values, "name": name})


def denial(code: str, values: Mapping[str, Any]) -> str:
    """Return what a digest denies, a sentence without its end. Raises KeyError for a code that is none."""
    said = {**values}
    if "number" in said:
        said["thing"] = called(str(said["number"]))
    if "numbers" in said:
        said["things"] = _(" and ").join(said["numbers"]) or _("an exhibit")
    return _denials()[code].format(**said)


def plain(text: object) -> str:
    """Return a text from a file without anything that could act on a screen, and not too long."""
    return "".join(each if each.isprintable() else "?" for each in str(text))[:60]


def called(number: str) -> str:
    """Return how a sentence names the thing with a number."""
    if number == "case":
        return _("the header")
    return _("the placement of {number}").format(number=number[1:]) if number.startswith("@") else number


def _refusals() -> dict[str, str]:
    return {
        "passphrase": _("{name} does not open with this passphrase, or its first page is damaged."),
        "another": _("{name} is an encrypted database, but not a case of EvidenceMap."),
        "newer": _(
            "{name} was written by a newer EvidenceMap (file shape {version}; this one "
            "knows {known}): install the newer one to open it."
        ),
        "unknown": _("{name} is not a case file that EvidenceMap has written."),
        "tables": _("{name} holds more kinds of tables than a case file has."),
        "extra": _("{name} holds something that no case file has: the {type} {object}."),
        "lacking": _("{name} lacks what every case file has: {object}."),
        "damaged": _("{name} is damaged: {how}."),
        "rows": _("{name} has more rows than a case may have."),
        "dangling": _("{name} points at something that it does not hold, in the table {table}."),
        "unpaired": _(
            "{name} has things without their rows, or rows without their things, in the table {table}."
        ),
        "header": _("{name} does not have one header."),
        "number": _("{name} gives something the number {number}, which is none."),
        "text": _("{name} holds a text with a character that no text has."),
        "endless": _("{name} takes longer to read than any case does."),
    }


def _denials() -> dict[str, str]:
    return {
        "thing": _("{thing} is not as it was written: its digest does not fit"),
        "unpublished": _("the journal does not end with a publication"),
        "root": _("the rows are not those that entry {entry} published: the state root does not fit"),
        "missing": _("entry {entry} of the journal is missing"),
        "entry": _("entry {entry} of the journal is not as it was written: its digest does not fit"),
        "content": _("the content of {things} is not the one with its SHA-256"),
    }
