"""Findings on critical questions: those of a step's scheme that nobody has answered."""

from collections.abc import Iterator, Sequence

from evidencemap.analysis.findings.finding import Kind, OwnWords, Seen, Severity, Value
from evidencemap.analysis.findings.reading import Reading
from evidencemap.model.scales import Question, Scheme, schemes

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


def open_questions(reading: Reading) -> Iterator[Seen]:
    """See each step with critical questions that are left open, and name the gravest of them."""
    known = schemes()
    asked = {name: _asked(scheme) for name, scheme in known.items()}
    unanswered = {name: _told(left) for name, left in asked.items() if left}
    for step in reading.steps:
        if step.undercut_by or step.scheme not in unanswered:
            continue
        told: _Told | None = unanswered[step.scheme]
        if step.answers:
            answered = {question for question, answer in step.answers if answer.strip()}
            told = _told([each for each in asked[step.scheme] if each.id not in answered])
        if told is not None:
            values, form, severity = told
            yield Seen(on=step.id, values=values, form=form, severity=severity)


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
)
