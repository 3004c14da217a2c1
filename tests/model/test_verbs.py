"""What the verbs do to a case, and what they refuse with a sentence."""

from collections.abc import Callable

import pytest

from evidencemap.errors import RuleBroken
from evidencemap.model import verbs
from evidencemap.model.case import Case, empty_case
from evidencemap.model.edit import Edit, inverse
from evidencemap.model.entities import Claim, Evidence, Quantity, Remark, Request, Source, Step
from evidencemap.model.records import Id
from evidencemap.model.words import ClaimKind, EvidenceState, Grade, LinkKind, RequestState
from tests.numbered import id_of


def grown(case: Case, edit: Edit) -> tuple[Case, Id]:
    return case.after(edit), edit.changes[0].id


@pytest.fixture
def case() -> Case:
    held = empty_case("A case")
    held, source = grown(held, verbs.add(held, Source, name="A witness"))
    held, _ = grown(held, verbs.add(held, Evidence, text="A log", sources=(source,)))
    held, _ = grown(held, verbs.add(held, Claim, text="So many", kind=ClaimKind.VOLUME))
    held, _ = grown(held, verbs.add(held, Claim, text="It was them", kind=ClaimKind.ATTRIBUTION))
    held, _ = grown(held, verbs.add(held, Request, text="The method"))
    held, _ = grown(held, verbs.add(held, Quantity, value="12"))
    return held


def test_numbers_are_given_once_and_never_again(case: Case) -> None:
    removed = case.after(verbs.remove(case, [id_of(case, "C2")]))

    again = removed.after(verbs.add(removed, Claim, text="Another"))

    assert again.numbered("C2") is None
    assert again.numbered("C3") is not None


@pytest.mark.parametrize(
    ("kind", "number"),
    [(ClaimKind.METHOD, "M1"), (ClaimKind.ASSUMPTION, "H1"), (ClaimKind.ASK, "A1"), (ClaimKind.INTENT, "C3")],
)
def test_the_letter_of_a_claim_comes_from_its_first_kind(case: Case, kind: ClaimKind, number: str) -> None:
    after = case.after(verbs.add(case, Claim, text="New", kind=kind))

    assert after.numbered(number) is not None


def test_a_number_stays_when_the_kind_changes(case: Case) -> None:
    after = case.after(verbs.set_field(case, id_of(case, "C1"), "kind", ClaimKind.ASK))

    assert isinstance(after.numbered("C1"), Claim)


def test_undoing_an_edit_gives_the_case_back_but_for_the_numbers_given(case: Case) -> None:
    edit = verbs.add(case, Claim, text="New")

    back = case.after(edit).after(inverse(edit))

    assert back.entities == case.entities
    assert back.next_number("C") == "C4"


@pytest.mark.parametrize(
    ("premise", "conclusion", "scheme"),
    [("E1", "C1", "record"), ("C1", "C2", "attribution"), ("C1", "E1", "sign")],
)
def test_a_new_step_takes_the_scheme_that_fits_its_ends(
    case: Case, premise: str, conclusion: str, scheme: str
) -> None:
    after = case.after(verbs.connect(case, [id_of(case, premise)], id_of(case, conclusion)))

    assert isinstance(step := after.numbered("P1"), Step)
    assert step.scheme == scheme


def test_drawing_a_request_to_a_claim_says_what_it_settles(case: Case) -> None:
    after = case.after(verbs.connect(case, [id_of(case, "R1")], id_of(case, "C2")))

    assert isinstance(request := after.numbered("R1"), Request)
    assert request.settles == (id_of(case, "C2"),)


def test_drawing_evidence_to_a_request_receives_it(case: Case) -> None:
    after = case.after(verbs.connect(case, [id_of(case, "E1")], id_of(case, "R1")))

    assert isinstance(request := after.numbered("R1"), Request)
    assert request.state is RequestState.RECEIVED
    assert request.answered_by == (id_of(case, "E1"),)


def test_removing_a_claim_takes_along_what_hangs_on_it_and_nothing_else(case: Case) -> None:
    case = case.after(verbs.connect(case, [id_of(case, "E1")], id_of(case, "C1")))
    case = case.after(verbs.connect(case, [id_of(case, "C1")], id_of(case, "C2")))
    case = case.after(verbs.remark(case, id_of(case, "C1"), "Who counted?"))
    case = case.after(verbs.settle(case, id_of(case, "R1"), [id_of(case, "C1"), id_of(case, "C2")]))
    case = case.after(verbs.place(case, {id_of(case, "C1"): (10.0, 20.0)}))

    after = case.after(verbs.remove(case, [id_of(case, "C1")]))

    assert not after.of(Step)
    assert not after.of(Remark)
    assert isinstance(request := after.numbered("R1"), Request)
    assert request.settles == (id_of(case, "C2"),)
    assert {entity.number for entity in case.entities.values()} - {
        entity.number for entity in after.entities.values()
    } == {"C1", "P1", "P2", "K1", "@C1"}


def test_the_users_of_an_entity_follow_every_edit(case: Case) -> None:
    assert case.users(id_of(case, "C1")) == frozenset()

    joined = case.after(verbs.connect(case, [id_of(case, "E1")], id_of(case, "C1")))
    parted = joined.after(verbs.remove(joined, [id_of(joined, "P1")]))

    assert joined.users(id_of(case, "C1")) == {id_of(joined, "P1")}
    assert parted.users(id_of(case, "C1")) == frozenset()


def test_what_was_withdrawn_stays_and_can_be_reinstated(case: Case) -> None:
    withdrawn = case.after(verbs.withdraw(case, id_of(case, "E1")))

    back = withdrawn.after(verbs.reinstate(withdrawn, id_of(case, "E1")))

    assert isinstance(item := withdrawn.numbered("E1"), Evidence)
    assert item.state is EvidenceState.WITHDRAWN
    assert isinstance(item := back.numbered("E1"), Evidence)
    assert item.state is EvidenceState.HELD


def test_a_split_makes_parts_and_the_step_that_defines_the_whole(case: Case) -> None:
    after = case.after(verbs.split(case, id_of(case, "C1"), ["One half", "The other half"]))

    assert isinstance(whole := after.numbered("C1"), Claim)
    assert [after.number(part) for part in whole.parts] == ["C3", "C4"]
    assert isinstance(step := after.numbered("P1"), Step)
    assert step.premises == whole.parts
    assert step.scheme == "definition"


def refused(case: Case) -> dict[str, tuple[Callable[[], Edit], str]]:
    c1, c2, e1, s1, n1 = (id_of(case, number) for number in ("C1", "C2", "E1", "S1", "N1"))
    return {
        "a step with no premise": (lambda: verbs.connect(case, [], c1), "Nothing cannot be connected to C1."),
        "a source as a conclusion": (lambda: verbs.connect(case, [e1], s1), "S1 is a source"),
        "a premise of itself": (lambda: verbs.connect(case, [c1], c1), "C1 cannot be a premise of itself."),
        "a part of itself": (lambda: verbs.set_parts(case, c1, [c1]), "A claim cannot be a part of itself"),
        "an empty text": (lambda: verbs.reword(case, c1, " \n"), "Give the claim a text."),
        "a nameless source": (lambda: verbs.add(case, Source, name=""), "Give the source a name."),
        "a dangling id": (
            lambda: verbs.add(case, Evidence, text="x", sources=(Id("gone"),)),
            "points at something that is not in the case",
        ),
        "a source as a part": (
            lambda: verbs.set_parts(case, c1, [s1]),
            "S1 cannot stand in “Parts” of C1: that takes a claim.",
        ),
        "a copy of itself": (
            lambda: verbs.copy_from(case, e1, [e1]),
            "An item cannot be copied from itself",
        ),
        "a comparison of one": (
            lambda: verbs.connect(case, [c1], c2, scheme="comparison"),
            "needs at least 2 premises",
        ),
        "an unknown scheme": (lambda: verbs.connect(case, [c1], c2, scheme="magic"), "“magic”"),
        "a number that is its own denominator": (
            lambda: verbs.set_field(case, n1, "out_of", n1),
            "A number cannot be its own denominator",
        ),
        "a gain from what is no ask": (
            lambda: verbs.set_field(case, s1, "gains_from", (c1,)),
            "S1 gains from C1, which is not an ask.",
        ),
        "a link between unlike things": (
            lambda: verbs.link(case, LinkKind.COMPARED_WITH, n1, c1),
            "links two different numbers",
        ),
        "a credibility off the scale": (
            lambda: verbs.set_field(case, e1, "credibility", 7),
            "Credibility runs from 1",
        ),
        "an objection to what is no claim": (
            lambda: verbs.connect(case, [e1], n1, con=True),
            "only against claims and items",
        ),
        "a withdrawal that never was": (
            lambda: verbs.reinstate(case, e1, EvidenceState.REPORTED),
            "E1 was not withdrawn.",
        ),
        "a recall that never was": (lambda: verbs.reinstate(case, s1), "S1 was not withdrawn."),
        "a point with a name past all bounds": (
            lambda: verbs.checkpoint(
                case, "before the hearing " * 100_000, when="2026-11-26T12:00:00Z", entries=1, head=""
            ),
            "A text of the point “before the hearing before the hearing",
        ),
        "the same again": (lambda: verbs.set_field(case, c1, "stated", Grade.NOTHING), "nothing changes"),
    }


def test_what_breaks_a_rule_is_refused_with_a_sentence(case: Case, subtests: pytest.Subtests) -> None:
    for name, (act, sentence) in refused(case).items():
        with subtests.test(name), pytest.raises(RuleBroken) as caught:
            act()

        assert sentence in str(caught.value), name


def test_circles_of_parts_and_copies_are_refused_through_others(case: Case) -> None:
    case = case.after(verbs.set_parts(case, id_of(case, "C1"), [id_of(case, "C2")]))
    case, other = grown(case, verbs.add(case, Evidence, text="A copy", copied_from=(id_of(case, "E1"),)))

    with pytest.raises(RuleBroken, match="part of itself"):
        verbs.set_parts(case, id_of(case, "C2"), [id_of(case, "C1")])
    with pytest.raises(RuleBroken, match="copied from itself"):
        verbs.copy_from(case, id_of(case, "E1"), [other])


def test_an_edit_made_from_another_state_is_not_taken(case: Case) -> None:
    edit = verbs.reword(case, id_of(case, "C1"), "Changed here")
    moved_on = case.after(verbs.reword(case, id_of(case, "C1"), "Changed there"))

    with pytest.raises(ValueError, match="another state"):
        moved_on.after(edit)
