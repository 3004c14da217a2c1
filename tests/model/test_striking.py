"""What was clipped along is struck out of an exhibit: once, put back whole, and not told where hidden."""

import pytest

from evidencemap.errors import RuleBroken
from evidencemap.model import custody, verbs
from evidencemap.model.case import Case, empty_case
from evidencemap.model.entities import Evidence, Exhibit, Source
from evidencemap.model.records import Id
from evidencemap.model.redaction import redacted

FILE = custody.File(name="clip.pdf", sha256="5" * 64, size=9, media_type="application/pdf")


@pytest.fixture
def case() -> Case:
    held = empty_case("A case")
    held = held.after(verbs.add(held, Source, name="The insider"))
    held = held.after(verbs.add(held, Evidence, text="A clip", sources=(held.by_number["S1"],)))
    entry = custody.arrival(FILE, "2026-06-10T12:00:00Z", "Ada")
    return held.after(custody.add_exhibit(held, FILE, entry, held.by_number["E1"]))


def clip(case: Case) -> Id:
    return case.by_number["X1"]


def struck(case: Case) -> tuple[str, ...]:
    return case.of(Exhibit)[clip(case)].struck


def test_a_passage_is_struck_out_whatever_its_spaces_and_put_back(case: Case) -> None:
    footer = case.after(custody.strike(case, clip(case), "To read on,\n   subscribe."))
    both = footer.after(custody.strike(footer, clip(footer), "Advertisement"))

    assert struck(both) == ("To read on, subscribe.", "Advertisement")
    assert struck(both.after(custody.put_back(both, clip(both), "To read on, subscribe."))) == (
        "Advertisement",
    )


@pytest.mark.parametrize(
    ("passage", "why"),
    [("Advertisement", "struck out of X1 already"), (" \n", "Give the words of the passage")],
)
def test_what_cannot_be_struck_out_is_refused(case: Case, passage: str, why: str) -> None:
    held = case.after(custody.strike(case, clip(case), "Advertisement"))

    with pytest.raises(RuleBroken, match=why):
        custody.strike(held, clip(held), passage)


def test_a_redacted_copy_keeps_no_words_of_a_file_that_stays_behind(case: Case) -> None:
    held = case.after(custody.strike(case, clip(case), "Sent to you, dear insider, by the lab"))
    secret = held.after(verbs.set_field(held, held.by_number["S1"], "confidential", True))

    assert struck(redacted(held).case) == struck(held)
    assert struck(redacted(secret).case) == ()
