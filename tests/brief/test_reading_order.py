"""A listener hears the memo in the order in which it is meant to be read: the structure is a golden file."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from evidencemap.brief.pdf import pdf_bytes
from tests.brief.samples import memo

GOLDEN = Path(__file__).with_name("golden") / "memo-structure.txt"


def structure(data: bytes, pdfinfo: str) -> str:
    run = subprocess.run(
        [pdfinfo, "-struct-text", "-"], input=data, capture_output=True, check=True, timeout=60
    )
    lines = run.stdout.decode("utf-8").splitlines()
    return "\n".join(line for line in lines if "/BBox" not in line and "Object" not in line) + "\n"


def test_the_memo_is_heard_in_reading_order(oracle: Callable[[str], str]) -> None:
    data, _ = pdf_bytes(memo(), identity=b"digest")

    heard = structure(data, oracle("pdfinfo"))

    assert heard == GOLDEN.read_text(encoding="utf-8")


def test_a_memo_in_another_order_is_heard_differently(oracle: Callable[[str], str]) -> None:
    outline = memo()
    turned = replace(outline, blocks=(*outline.blocks[3:-1], *outline.blocks[:3], outline.blocks[-1]))

    heard = structure(pdf_bytes(turned, identity=b"digest")[0], oracle("pdfinfo"))

    assert heard != GOLDEN.read_text(encoding="utf-8")
