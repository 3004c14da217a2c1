"""Listings: a case as one readable text, in which people write, compare and mail cases."""

from pathlib import Path

from evidencemap.exchange.assembly import assemble
from evidencemap.exchange.files import text_of
from evidencemap.exchange.yaml_reading import parse_yaml
from evidencemap.model.case import Case
from evidencemap.model.collecting import uncollected


def read_listing(source: Path | str) -> Case:
    """Return the case that a listing holds: a file where `source` is a Path, else the text itself.

    The same listing gives the same case, ids included. Raises ListingRefused with one sentence
    that names the line; nothing of a refused listing is taken.
    """
    with uncollected():
        return assemble(parse_yaml(text_of(source)))


def write_listing(case: Case) -> str:
    """Return the listing of a case. Reading it and writing it again gives the same text.

    Positions on the map, the bytes of exhibits and the journal are not in it.
    """
    from evidencemap.exchange.disassembly import disassemble
    from evidencemap.exchange.yaml_writing import write_yaml

    return write_yaml(disassemble(case))
