"""Whatever is taken out of the founding case, what is left is told in clean sentences, in both languages."""

import re

import pytest

from evidencemap.brief.basis import basis
from evidencemap.brief.templates import TEMPLATES
from evidencemap.brief.text import plain_text
from evidencemap.model import verbs
from evidencemap.tongue import speaking
from tests.brief.founding import DAY, letter

SLIPS = re.compile(
    r"(?<!\.)\.\.(?!\.)"  # two full stops
    r"|[?!;:,]\."  # a stop after a sign that ends a part
    r"| [,.;](?!\w)"  # a blank before a sign
    r"|\(\s*[,)]|\{\w*\}"  # brackets with nothing in them, and what nobody filled in
    r"|\b1 (?:items|origins|claims|sources|steps|questions|copies|requests|Belege|Quellen|Fragen|Kopien)\b"
    r"|\b(?:and and|und und|the the|die die|None)\b(?! of)"
)
GONE = ["C1", "C2", "E1", "E2", "S1", "S9", "R1", "A1", "H1", "M1", "N2", "T1", "P7", "P14"]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("number", GONE)
def test_no_sentence_trips_where_something_is_missing(number: str, language: str) -> None:
    case = letter()
    less = case.after(verbs.remove(case, [case.by_number[number]]))

    with speaking(language):
        told = {
            template: " ".join(plain_text(TEMPLATES[template](basis(less, DAY, before=case))).split())
            for template in ("memo", "settle", "register", "change")
        }

    assert {template: SLIPS.findall(words) for template, words in told.items() if SLIPS.search(words)} == {}


@pytest.mark.parametrize(
    "slip",
    ["It stands..", "Why?.", "C1 , C2", "C1 ( )", "of {count} asks", "1 items", "C1 and and C2", "from None"],
)
def test_a_slip_is_seen(slip: str) -> None:
    assert SLIPS.search(slip)
