"""Before a brief goes out its author hears what blocks it, what asks for a look, and how long it is."""

from evidencemap.analysis import findings as registry
from evidencemap.brief.basis import basis
from evidencemap.brief.preflight import Preflight, Weight, in_short, open_blockers, preflight
from evidencemap.brief.templates.memo import memo
from evidencemap.model import verbs
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Source
from evidencemap.model.words import RemarkKind
from tests.brief.founding import DAY, letter, outline_of, said, told


def checked(case: Case) -> Preflight:
    read = basis(case, DAY)
    return preflight(read, memo(read))


def codes(found: Preflight, weight: Weight) -> set[str]:
    return {each.code for each in found.checks if each.weight is weight}


def with_claim(case: Case, number: str, **fields: object) -> Case:
    held = case.numbered(number)
    assert isinstance(held, Claim)
    return case.after(verbs.set_fields(case, held.id, **fields))


def test_every_open_blocker_of_the_founding_case_blocks_its_memo() -> None:
    found = preflight(told(), outline_of("memo"))

    assert found.blocked
    assert found.count(Weight.BLOCKS) == len(open_blockers(told())) > 10
    assert {"UNSUPPORTED_STEP", "BORROWED_CERTAINTY"} <= codes(found, Weight.BLOCKS)
    assert all(
        each.sentence.endswith(".") and each.on for each in found.checks if each.weight is Weight.BLOCKS
    )
    assert in_short(found).startswith(f"Pre-flight: {found.count(Weight.BLOCKS)} checks block")


def test_a_case_in_order_passes_and_says_so() -> None:
    case = case_in_order()

    found = checked(case)

    assert not found.blocked
    assert in_short(found) == "Pre-flight: nothing blocks and nothing asks for a look."


def case_in_order() -> Case:
    """A case of one record: nothing in it borrows, leaps or is left open."""
    from evidencemap.model.case import empty_case

    case = empty_case("In order")
    case = case.after(verbs.add(case, Source, name="Log", knows=None))
    case = case.after(verbs.add(case, Evidence, text="The log shows ten calls", quote="ten calls"))
    case = case.after(verbs.add(case, Claim, text="Ten calls were made"))
    source, item, claim = (case.by_number[number] for number in ("S1", "E1", "C1"))
    case = case.after(verbs.connect(case, [source], item))
    return case.after(verbs.connect(case, [item], claim))


def test_an_accepted_blocker_blocks_no_more_and_its_reason_prints_until_it_changes() -> None:
    case = letter()
    blocker = open_blockers(told())[0]
    digest = registry.digest_of(case, blocker)
    edit = verbs.accept(case, blocker.code, blocker.on, "the committee knows", accepted=digest)
    accepted = case.after(edit)

    found = checked(accepted)
    changed = checked(with_claim(accepted, "M1", text="Another method altogether"))

    before = preflight(told(), outline_of("memo"))
    assert found.count(Weight.BLOCKS) == before.count(Weight.BLOCKS) - 1
    assert [each.reason for each in found.checks if each.reason] == ["the committee knows"]
    assert "The committee knows." in said(memo(basis(accepted, DAY)))
    assert changed.count(Weight.BLOCKS) == before.count(Weight.BLOCKS)
    assert "STALE_ACCEPTANCE" in codes(changed, Weight.ASKS)


def test_terms_of_two_scales_block_a_brief_and_terms_of_one_do_not() -> None:
    one = with_claim(with_claim(letter(), "C1", likelihood="likely"), "C2", likelihood="very unlikely")
    two = with_claim(one, "C3", likelihood="remote chance")

    assert "MIXED_SCALES" not in codes(checked(one), Weight.BLOCKS)
    assert "MIXED_SCALES" in codes(checked(two), Weight.BLOCKS)


def test_a_term_of_no_scale_asks_for_a_look() -> None:
    found = checked(with_claim(letter(), "C1", confidence="pretty sure"))

    asked = [each.sentence for each in found.checks if each.code == "UNKNOWN_TERM"]

    assert asked == ["“pretty sure” on C1 is a term of no scale of confidence that ships."]


def test_likelihood_and_confidence_in_one_sentence_are_told() -> None:
    text = "It is very likely, with high confidence, that the accounts belong to one operator"

    found = checked(with_claim(letter(), "C2", text=text))

    assert "LIKELIHOOD_CONFIDENCE_MIXED" in codes(found, Weight.ASKS) | codes(found, Weight.BLOCKS)


def test_an_open_remark_is_announced_and_prints_as_dissent() -> None:
    case = letter()
    about = case.by_number["C2"]
    edit = verbs.remark(
        case, about, "The method was shown to staff in May.", author="Reviewer", kind=RemarkKind.CHALLENGE
    )
    disputed = case.after(edit)

    found = checked(disputed)
    words = said(memo(basis(disputed, DAY)))

    assert [each.on for each in found.checks if each.code == "OPEN_REMARK"] == [("K1",)]
    assert "The method was shown to staff in May" in words
    assert "The method was shown to staff in May" not in said(outline_of("memo"))


def test_the_length_is_told_on_both_papers_with_what_no_font_has() -> None:
    odd = with_claim(letter(), "C1", text="28.8 million \U000e1234 exchanges were counted")

    plain, found = preflight(told(), outline_of("memo")), checked(odd)

    assert {paper: length.pages for paper, length in plain.lengths.items()} == {"letter": 2, "a4": 2}
    assert all(0.5 < length.last <= 1 for length in plain.lengths.values())
    assert "UNKNOWN_SIGN" not in codes(plain, Weight.ASKS)
    assert any("U+E1234" in each.sentence for each in found.checks)


def test_what_the_head_leaves_out_is_only_noted() -> None:
    case = letter()

    lacking = codes(checked(case), Weight.NOTES)
    named = case.after(verbs.set_fields(case, case.id, to="Members", sender="Staff"))
    filled = codes(checked(named), Weight.NOTES)

    assert "HEAD_INCOMPLETE" in lacking
    assert "HEAD_INCOMPLETE" not in filled
