"""What one large honest user would use: the slot answers its question, and the figure is computed."""

from typing import Any

from evidencemap.analysis.findings.reading import Reading
from evidencemap.analysis.numbers import Sort, figure_text, figures
from evidencemap.analysis.verdicts import verdicts
from evidencemap.model import verbs
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Quantity, Step
from evidencemap.model.scales import answered
from tests.analysis.finding_cases import found_in
from tests.brief.founding import letter


def with_baseline(value: str = "2 million", unit: str = "exchanges") -> Case:
    """Return the founding case with a customer's use in the slot of the step to `enormous`."""
    case = letter()
    number = case.by_number
    case = case.after(verbs.add(case, Quantity, value=value, unit=unit, stated_in=(number["E9"],)))
    return case.after(verbs.set_field(case, number["P11"], "baseline", case.by_number["N6"]))


def ratios_with(case: Case, baseline: str) -> list[str]:
    wanted = case.by_number[baseline]
    found = [each for each in figures(case) if each.sort is Sort.RATIO and wanted in each.inputs]
    return [figure_text(case, each) for each in found]


def open_on(case: Case, step: str) -> Any:
    return [
        each.values
        for each in found_in(case)
        if each.code == "OPEN_QUESTION" and each.on == (case.by_number[step],)
    ]


def test_the_figure_in_the_slot_answers_the_question_and_an_empty_one_leaves_it_open() -> None:
    case = with_baseline()

    filled, empty = case.get(Step, case.by_number["P11"]), letter().get(Step, case.by_number["P11"])

    assert filled is not None and empty is not None
    assert "customer" in answered(filled) and "customer" not in answered(empty)
    assert open_on(case, "P11") == [] and len(open_on(letter(), "P11")) == 1


def test_how_many_times_one_customer_it_is_gets_computed_and_not_across_units() -> None:
    assert ratios_with(with_baseline(), "N6") == ["N1 is 14 times N6."]
    assert ratios_with(with_baseline(unit="calls"), "N6") == []
    assert [each.code for each in found_in(with_baseline(unit="calls")) if each.code == "INCOMPARABLE"]


def test_it_moves_no_verdict() -> None:
    before, after = verdicts(letter()), verdicts(with_baseline())

    moved = [each for each in letter().of(Claim) if before.claims[each] != after.claims[each]]

    assert moved == []
    assert Reading(with_baseline(), after, "").lacks(letter().by_number["P11"])
