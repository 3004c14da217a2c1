"""The one registry of the formats in which cases travel, each with what it leaves behind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evidencemap.errors import ListingRefused
from evidencemap.model.case import Case
from evidencemap.tongue import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format: how people call it, the endings of its files, and how it is read and written.

    `read` or `write` is None where the format goes one way only. `losses` returns a sentence for
    each thing of a case that the format does not take along.
    """

    name: str
    title: str
    endings: tuple[str, ...]
    read: Callable[[Path], Case] | None
    write: Callable[[Case], str] | None
    losses: Callable[[Case], list[str]]


@cache
def formats() -> Mapping[str, Format]:
    """Return every format by its name."""
    from evidencemap.exchange import disassembly, json_case, listing

    known = (
        Format(
            name="listing",
            title="Listing: a case as one readable text",
            endings=(".yaml", ".yml"),
            read=listing.read_listing,
            write=listing.write_listing,
            losses=disassembly.losses,
        ),
        Format(
            name="json",
            title="JSON: the same content for other programs",
            endings=(".json",),
            read=json_case.read_json,
            write=json_case.write_json,
            losses=disassembly.losses,
        ),
    )
    return {each.name: each for each in known}


def format_of(path: Path, *, writing: bool = False) -> Format:
    """Return the format that the ending of a file's name stands for.

    Raises ListingRefused where no format that goes this way has that ending.
    """
    ending = path.suffix.lower()
    usable = [each for each in formats().values() if (each.write if writing else each.read) is not None]
    for each in usable:
        if ending in each.endings:
            return each
    known = ", ".join(ending for each in usable for ending in each.endings)
    raise ListingRefused(
        _("{name} has no ending that says its format: use one of {known}.").format(
            name=path.name, known=known
        )
    )
