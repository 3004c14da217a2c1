"""The JSON twin of a listing: the same content under the same keys, for other programs."""

import json
from pathlib import Path

from evidencemap.exchange.aif import case_of_aif, is_aif
from evidencemap.exchange.assembly import assemble
from evidencemap.exchange.disassembly import disassemble
from evidencemap.exchange.files import text_of
from evidencemap.exchange.json_reading import parse_json
from evidencemap.model.case import Case
from evidencemap.model.collecting import uncollected


def read_json(source: Path | str) -> Case:
    """Return the case that a JSON text holds: a file where `source` is a Path, else the text itself.

    A map in AIF is read as well, under the name of its file. Raises ListingRefused with one sentence
    that names the line.
    """
    with uncollected():
        root = parse_json(text_of(source))
        if is_aif(root):
            return case_of_aif(root, source.stem if isinstance(source, Path) else "Map in AIF")
        return assemble(root)


def write_json(case: Case) -> str:
    """Return a case as JSON, indented by two. Reading it and writing it again gives the same text."""
    return json.dumps(disassemble(case), ensure_ascii=False, indent=2, allow_nan=False) + "\n"
