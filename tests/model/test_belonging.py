"""Who belongs to whom: what a tie may say, what removing takes with it, and what a redacted copy tells."""

from dataclasses import replace

import pytest

from evidencemap.errors import RuleBroken
from evidencemap.model import verbs
from evidencemap.model.case import Case, empty_case
from evidencemap.model.entities import Claim, Source
from evidencemap.model.records import Id, Tie
from evidencemap.model.redaction import redacted
from evidencemap.model.words import TieKind


@pytest.fixture
def case() -> Case:
    held = empty_case("A case")
    for name in ("The lab", "The house", "The paymaster"):
        held = held.after(verbs.add(held, Source, name=name))
    held = held.after(verbs.add(held, Claim, text="The lab is part of the house"))
    ties = (
        Tie(kind=TieKind.PART_OF, to=number(held, "S2"), shown_by=number(held, "C1")),
        Tie(kind=TieKind.FUNDED_BY, to=number(held, "S3")),
    )
    return held.after(verbs.set_field(held, number(held, "S1"), "ties", ties))


def number(case: Case, visible: str) -> Id:
    return case.by_number[visible]


def ties_of(case: Case, visible: str) -> list[tuple[str, str]]:
    source = case.get(Source, number(case, visible))
    assert source is not None
    return [(tie.kind.value, case.number(tie.to)) for tie in source.ties]


def test_a_source_cannot_belong_to_itself(case: Case) -> None:
    own = (Tie(kind=TieKind.OWNED_BY, to=number(case, "S2")),)

    with pytest.raises(RuleBroken, match="S2 cannot belong to itself"):
        verbs.set_field(case, number(case, "S2"), "ties", own)


def test_a_tie_leads_to_a_source_and_to_nothing_else(case: Case) -> None:
    wrong = (Tie(kind=TieKind.OWNED_BY, to=number(case, "C1")),)

    with pytest.raises(RuleBroken, match="C1 cannot stand in"):
        verbs.set_field(case, number(case, "S2"), "ties", wrong)


def test_removing_the_owner_takes_the_tie_and_removing_what_shows_it_leaves_it_asserted(case: Case) -> None:
    without_owner = case.after(verbs.remove(case, [number(case, "S2")]))
    without_claim = case.after(verbs.remove(case, [number(case, "C1")]))

    lab = without_claim.get(Source, number(case, "S1"))
    assert ties_of(without_owner, "S1") == [("funded by", "S3")]
    assert lab is not None and [tie.shown_by for tie in lab.ties] == [None, None]


@pytest.mark.parametrize(("hidden", "left"), [("S3", [("part of", "S2")]), ("S1", [])])
def test_a_redacted_copy_does_not_tell_to_whom_a_confidential_source_belongs(
    case: Case, hidden: str, left: list[tuple[str, str]]
) -> None:
    marked = case.after(verbs.set_field(case, number(case, hidden), "confidential", True))

    copy = redacted(marked)

    assert ties_of(copy.case, "S1") == left
    assert copy.mentions == (("S1",) if hidden == "S3" else ("C1",))
    assert ties_of(redacted(case).case, "S1") == ties_of(case, "S1")


def test_what_a_split_makes_was_said_to_the_same_as_the_whole(case: Case) -> None:
    claim = number(case, "C1")
    told = case.after(verbs.set_field(case, claim, "stated_to", "two senators"))

    split = told.after(verbs.split(told, claim, ["It was founded there", "It is paid from there"]))

    assert {each.stated_to for each in split.sorted(Claim)} == {"two senators"}
    assert {each.stated_to for each in split.sorted(Claim)} != {replace(case.sorted(Claim)[0]).stated_to}
