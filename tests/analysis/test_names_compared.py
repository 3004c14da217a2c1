"""Which names are taken for one in two spellings, and which are left as two."""

import pytest

from evidencemap.analysis.findings import KINDS
from evidencemap.analysis.findings.reading import Reading
from evidencemap.analysis.verdicts import verdicts
from evidencemap.model import verbs
from evidencemap.model.case import Case, empty_case
from evidencemap.model.entities import Claim, Source


def hinted(case: Case) -> list[tuple[str, int]]:
    """Return the numbers on which a name is hinted at, with the form."""
    reading = Reading(case, verdicts(case), "")
    return [(case.number(each.on), each.form) for each in KINDS["NAME_VARIES"].seen(reading)]


def named(*names: str) -> Case:
    case = empty_case("A case")
    for name in names:
        case = case.after(verbs.add(case, Source, name=name))
    return case


def addressed(*names: str) -> Case:
    case = empty_case("A case")
    for name in names:
        case = case.after(verbs.add(case, Claim, text="A claim", stated_to=name))
    return case


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Reuters", "Reuters Ltd."),
        ("The White House", "White House"),
        ("Société Générale S.A.", "Societe Generale"),
        ("Hinton, Vinyals and Dean", "Hinton, Vinyals & Dean"),
        ("Dr. Ruiz", "ruiz"),
        ("O’Neill", "ONeill"),
    ],
)
def test_one_name_in_two_spellings_is_hinted_at(one: str, other: str) -> None:
    assert hinted(named(one, other)) == [("S2", 0)]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Reuters", "Reuters"), ("Senate", "Senate Bank"), ("Bank A", "Bank B"), ("The Co.", "The Inc.")],
)
def test_two_names_and_one_written_alike_are_left_alone(one: str, other: str) -> None:
    assert hinted(named(one, other)) == []


def test_an_addressee_who_is_named_by_the_end_of_the_name_is_hinted_at_once() -> None:
    case = addressed("Senate Banking Committee", "the committee", "two senators", "the Banking Committee")

    assert hinted(case) == [("C2", 1), ("C4", 1)]
