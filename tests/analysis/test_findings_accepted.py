"""Accepting a finding: with a reason, kept in the journal, until what it names changes; no verdict moves."""

import pytest
import yaml

from evidencemap.analysis.findings import Finding, digest_of, is_accepted, reason_given
from evidencemap.analysis.verdicts import verdicts
from evidencemap.errors import EvidenceMapError
from evidencemap.exchange.listing import read_listing
from evidencemap.model import verbs
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Step
from evidencemap.model.upkeep import Acceptance
from evidencemap.resources import resource
from evidencemap.session import Session
from tests.analysis.finding_cases import found_in

WHY = "The committee asked for this wording."


@pytest.fixture(scope="module")
def letter() -> Case:
    return read_listing(resource("cases", "letter.yaml"))


def the(case: Case, code: str, number: str) -> Finding:
    return next(each for each in found_in(case) if (each.code, case.number(each.on[0])) == (code, number))


def accepted(case: Case, finding: Finding) -> Case:
    digest = digest_of(case, finding)
    edit = verbs.accept(case, finding.code, finding.on, WHY, by="An analyst", accepted=digest)
    return case.after(edit)


def reworded(case: Case, number: str) -> Case:
    held = case.numbered(number)
    assert held is not None
    return case.after(verbs.reword(case, held.id, "quite other words"))


def test_an_accepted_finding_keeps_its_reason_and_stays_listed(letter: Case) -> None:
    case = accepted(letter, the(letter, "BORROWED_CERTAINTY", "P7"))

    again = the(case, "BORROWED_CERTAINTY", "P7")

    assert reason_given(case, again) == WHY
    assert is_accepted(case, again)
    assert not is_accepted(case, the(case, "BORROWED_CERTAINTY", "P8"))
    assert not is_accepted(case, the(case, "UNSUPPORTED_STEP", "P7"))


def test_an_acceptance_alters_no_verdict_and_no_finding(letter: Case) -> None:
    case = letter
    for finding in found_in(letter):
        case = accepted(case, finding)

    before, after = verdicts(letter), verdicts(case)

    assert found_in(case) == found_in(letter)
    for claim in letter.of(Claim):
        assert (before.claims[claim].status, before.grade(claim)) == (
            after.claims[claim].status,
            after.grade(claim),
        )
    assert all(before.steps[each].status is after.steps[each].status for each in letter.of(Step))


def stale_after(case: Case, change: str, finding: tuple[str, str]) -> bool:
    """Tell whether the acceptance of a finding is stale once one entity is reworded."""
    after = reworded(accepted(case, the(case, *finding)), change)
    return not is_accepted(after, the(after, *finding))


@pytest.mark.parametrize("change", ["C1", "C2"])
def test_an_acceptance_is_stale_as_soon_as_anything_that_the_finding_names_changes(
    letter: Case, change: str
) -> None:
    finding = ("BORROWED_CERTAINTY", "P7")

    stale = stale_after(letter, change, finding)

    assert stale


def test_an_acceptance_outlives_changes_to_what_the_finding_does_not_name(letter: Case) -> None:
    finding = ("BORROWED_CERTAINTY", "P7")

    stale = stale_after(letter, "C4", finding)

    assert not stale


def test_an_acceptance_is_stale_once_the_finding_says_something_else(letter: Case) -> None:
    case = accepted(letter, the(letter, "LOAD_EXCEEDS_SUPPORT", "A2"))
    settled = case.numbered("M1")
    item = case.numbered("E7")
    assert settled is not None and item is not None

    after = case.after(verbs.connect(case, [item.id], settled.id, scheme="record"))

    assert "LOAD_EXCEEDS_SUPPORT" in {each.code for each in found_in(after)}
    assert not is_accepted(after, the(after, "LOAD_EXCEEDS_SUPPORT", "A2"))


def test_an_acceptance_that_came_with_a_listing_holds_without_a_digest() -> None:
    listing = yaml.safe_load(resource("cases", "letter.yaml").read_text(encoding="utf-8"))
    listing["acceptances"] = [{"code": "UNIT_MISMATCH", "about": ["N1"], "why": WHY}]
    case = read_listing(yaml.safe_dump(listing, allow_unicode=True, sort_keys=False))

    after = reworded(case, "C1")

    assert reason_given(case, the(case, "UNIT_MISMATCH", "N1")) == WHY
    assert reason_given(after, the(after, "UNIT_MISMATCH", "N1")) == WHY


def test_an_acceptance_needs_a_reason(letter: Case) -> None:
    finding = the(letter, "UNIT_MISMATCH", "N1")

    with pytest.raises(EvidenceMapError, match="reason"):
        verbs.accept(letter, finding.code, finding.on, "  ")


def test_accepting_again_replaces_the_reason_and_taking_it_back_leaves_none(letter: Case) -> None:
    finding = the(letter, "UNIT_MISMATCH", "N1")
    once = accepted(letter, finding)

    again = once.after(verbs.accept(once, finding.code, finding.on, "Another reason."))
    (held,) = again.of(Acceptance)
    none = again.after(verbs.take_acceptance_back(again, held))

    assert reason_given(again, finding) == "Another reason."
    assert reason_given(none, finding) is None


def test_an_acceptance_is_in_the_journal_and_undo_takes_it_back(letter: Case) -> None:
    with Session.adopt(letter) as session:
        finding = the(session.case, "UNIT_MISMATCH", "N1")

        session.apply(verbs.accept(session.case, finding.code, finding.on, WHY, by="An analyst"))
        given = reason_given(session.case, finding)
        line = session.history()[-1]
        session.undo()

        assert given == WHY
        assert "UNIT_MISMATCH" in line.label
        assert reason_given(session.case, finding) is None
        session.discard()
