"""Findings on critical questions: those of a step's scheme that nobody has answered."""

from collections.abc import Iterator, Sequence

from evidencemap.analysis.findings.finding import Fields, OwnWords, Seen, Severity, Value
from evidencemap.analysis.findings.kind import Kind
from evidencemap.analysis.findings.reading import Reading
from evidencemap.model.entities import Remark
from evidencemap.model.records import Id
from evidencemap.model.scales import Question, Scheme, answered, schemes

FAMILY = "Critical questions"

FOUND_OTHERWISE = {
    ("record", "verbatim"),
    ("record", "position"),
    ("magnitude", "compared"),
    ("comparison", "ruler"),
    ("mechanism", "happened"),
}
"""Questions that a finding of their own stands for."""

_Told = tuple[tuple[Value, ...], int, Severity]


def open_questions(reading: Reading) -> Iterator[Fields]:
    """See each step with critical questions that are left open, and name the gravest of them."""
    known = schemes()
    asked = {name: _asked(scheme) for name, scheme in known.items()}
    unanswered = {name: _told(left) for name, left in asked.items() if left}
    for step in reading.steps:
        if step.undercut_by or step.scheme not in unanswered:
            continue
        told: _Told | None = unanswered[step.scheme]
        if step.answers or step.baseline is not None:
            done = answered(step)
            told = _told([each for each in asked[step.scheme] if each.id not in done])
        if told is not None:
            values, form, severity = told
            yield step.id, (), values, form, (), severity


def standing_questions(reading: Reading) -> Iterator[Seen]:
    """See each stated number that not all standing questions of the case have been put to.

    A question is put to a number by a remark about it that holds the words of the question.
    """
    asked = [each.strip() for each in reading.case.header.standing_questions if each.strip()]
    if not asked:
        return
    said: dict[Id, str] = {}
    for remark in reading.case.sorted(Remark):
        said[remark.about] = f"{said.get(remark.about, '')}\n{remark.text}".lower()
    for quantity in reading.quantities:
        left = [each for each in asked if each.lower() not in said.get(quantity.id, "")]
        if left and quantity.stated_in:
            yield Seen(on=quantity.id, values=(left[0], len(left)), form=0 if len(left) == 1 else 1)


def _told(left: Sequence[Question]) -> "_Told | None":
    if not left:
        return None
    gravest = next((each for each in left if each.severity == "warning"), left[0])
    return (OwnWords(gravest.text), len(left)), 0 if len(left) == 1 else 1, Severity(gravest.severity)


def _asked(scheme: Scheme) -> tuple[Question, ...]:
    return tuple(each for each in scheme.questions if (scheme.name, each.id) not in FOUND_OTHERWISE)


KINDS = (
    Kind(
        code="OPEN_QUESTION",
        title="Open question",
        severity=Severity.NOTE,
        sentences=(
            "A critical question of {one} is open: {value}",
            "{other} critical questions of {one} are open, such as: {value}",
        ),
        why="A form of reasoning holds while its critical questions have answers.",
        fix="Answer it in the inspector, or raise it as an undercutter.",
        authority="Walton, Reed and Macagno, Argumentation Schemes (2008).",
        look=open_questions,
    ),
    Kind(
        code="STANDING_QUESTION",
        title="Standing question",
        severity=Severity.NOTE,
        sentences=(
            "A standing question of the case has not been put to {one}: {value}",
            "{other} standing questions of the case have not been put to {one}, such as: {value}",
        ),
        why="What is always asked is asked of a new number as well.",
        fix="Add a remark to the number that begins with the question and goes on with the answer.",
        authority="EvidenceMap's own rule: the standing questions are the analyst's.",
        look=standing_questions,
    ),
)
