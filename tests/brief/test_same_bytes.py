"""The same outline gives the same bytes, whatever the hash seed, the time zone, the clock and the day."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from evidencemap.brief.outline import Outline, Paragraph, plain
from evidencemap.brief.pdf import Attachment, pdf_bytes
from tests.brief.processes import printed
from tests.brief.samples import everything, memo

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import hashlib
from evidencemap.brief.html import web_page
from evidencemap.brief.pdf import Attachment, pdf_bytes
from evidencemap.brief.text import plain_text
from tests.brief.processes import printed
from tests.brief.samples import everything
attached = (Attachment(name="b", data=b"2", media_type="text/plain"),
            Attachment(name="a", data=b"1", media_type="text/plain"))
data, _ = pdf_bytes(everything(), identity=b"digest", pdfa=True, attachments=attached)
for made in (data, web_page(everything()).encode(), plain_text(everything()).encode()):
    print(hashlib.sha256(made).hexdigest())
"""


def test_hash_seed_time_zone_and_epoch_change_nothing() -> None:
    worlds = [
        {"PYTHONHASHSEED": "0", "TZ": "UTC"},
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"},
        {"PYTHONHASHSEED": "4242", "TZ": "America/New_York", "SOURCE_DATE_EPOCH": "86400"},
    ]

    found = {printed(PROGRAM, world) for world in worlds}

    assert len(found) == 1
    assert len(found.pop().split()) == 3


def test_what_was_printed_before_in_the_same_process_changes_nothing() -> None:
    first, _ = pdf_bytes(everything(), identity=b"digest")
    other = Outline(title="Other", date="2020-02-02", blocks=(Paragraph(runs=plain("زہرہ צהוב क्षत्रिय")),))
    pdf_bytes(other, identity=b"other")

    second, _ = pdf_bytes(everything(), identity=b"digest")

    assert hashlib.sha256(second).digest() == hashlib.sha256(first).digest()


@pytest.mark.parametrize("change", ["identity", "date", "word", "attachment"])
def test_what_is_different_gives_different_bytes(change: str) -> None:
    usual, _ = pdf_bytes(memo(), identity=b"digest")
    note = Attachment(name="a", data=b"1", media_type="text/plain")
    outline = {"date": replace(memo(), date="2026-11-24"), "word": replace(memo(), footer="other")}

    other, _ = pdf_bytes(
        outline.get(change, memo()),
        identity=b"other" if change == "identity" else b"digest",
        attachments=(note,) if change == "attachment" else (),
    )

    assert other != usual
