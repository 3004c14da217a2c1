"""Findings on support: steps that nothing backs, certainty that is lent, circles, hidden rulers."""

from collections.abc import Iterator
from itertools import product

from evidencemap.analysis.arrays import small
from evidencemap.analysis.findings.finding import Fields, Seen, Severity
from evidencemap.analysis.findings.kind import Kind
from evidencemap.analysis.findings.reading import Reading
from evidencemap.analysis.graph import LACKS_ROLE, RULER
from evidencemap.analysis.intervals import GRADES
from evidencemap.analysis.judged import ClaimStatus, StepStatus
from evidencemap.analysis.reasoning import ruler_of
from evidencemap.model.records import Id
from evidencemap.model.scales import schemes

FAMILY = "Support"

_THREE_GRADES = tuple(product(GRADES, repeat=3))
"""All three grades of a borrowing: 25 times how the conclusion is stated, 5 times what is passed, and the
lender's."""


def unsupported_steps(reading: Reading) -> Iterator[Fields]:
    """See each step whose warrant is absent or empty, or whose role is missing."""
    with_role = {name for name, scheme in schemes().items() if scheme.role}
    held, asked = reading.verdicts, reading.asked
    flags, body, to, leaning = held.graph.flags, held.graph.body, held.graph.to, held.values.unfounded
    for at, step in reading.columns.steps_where(reading.columns.arrays.lacking > 0):
        stopped = flags[at] & RULER or body[at][3] or to[at] in leaning
        if stopped and held.step_status(at) is not StepStatus.UNSUPPORTED:
            continue
        if step.denominator is None and step.scheme in with_role:
            yield step.id, (), (), 2, asked(step.id, step.conclusion), None
        elif step.warrant is None:
            yield step.id, (), (), 0, asked(step.id), None
        else:
            yield step.id, (step.warrant,), (), 1, asked(step.id, step.warrant), None


def borrowed_certainty(reading: Reading) -> Iterator[Fields]:
    """See each step whose conclusion is stated above what is for it, on the strength of a premise."""
    graph, columns, arrays = reading.verdicts.graph, reading.columns, reading.columns.arrays
    ids, body, grades, lacking = graph.ids, graph.body, columns.grades, columns.lacking
    stated, surest, requested = small(columns.stated), arrays.surest_premise(), bool(reading.requests)
    above = stated > arrays.least_for
    borrowing = arrays.pro & above[arrays.to] & (surest > arrays.passing)
    three = (stated[arrays.to] * 25 + arrays.passing * 5 + surest).tolist()
    for at, step in columns.steps_where(borrowing):
        premises = body[at][1]
        lender = max(premises, key=grades.__getitem__) if len(premises) > 1 else premises[0]
        asks: tuple[Id, ...] = ()
        if requested:
            filled = step.conclusion if lacking[at] & LACKS_ROLE else None
            asks = reading.asked(step.id, step.warrant, filled)
        yield step.id, (step.conclusion, ids[lender]), _THREE_GRADES[three[at]], 0, asks, None


def circular_support(reading: Reading) -> Iterator[Seen]:
    """See each claim on a circle of support that rests on nothing else."""
    leaning = {reading.verdicts.graph.ids[each] for each in reading.verdicts.values.unfounded}
    for claim in reading.claims if leaning else ():
        if claim.id in leaning and reading.verdicts.status(claim.id) is ClaimStatus.CIRCULAR:
            yield Seen(on=claim.id, names=reading.verdicts.circle(claim.id))


def hidden_rulers(reading: Reading) -> Iterator[Seen]:
    """See each comparison whose operands were all measured by one undisclosed method."""
    for at, step in reading.steps_of("comparison"):
        if reading.verdicts.graph.flags[at] & RULER:
            yield Seen(on=step.id, names=(*ruler_of(reading.verdicts, step.id), step.conclusion))


KINDS = (
    Kind(
        code="UNSUPPORTED_STEP",
        title="Unsupported step",
        severity=Severity.BLOCKER,
        sentences=(
            "No warrant is recorded for {one}: nothing says why it follows.",
            "{one} has no support of its own: its warrant, {two}, has nothing behind it.",
            "{one} has no support of its own: it needs a denominator, and none is recorded.",
        ),
        why="However sure the premise is, over this step the conclusion gets no more than suggestive.",
        fix="Give the step a warrant that evidence supports, or fill what it needs.",
        authority="Toulmin, The Uses of Argument (1958): a warrant licenses the step from grounds to claim.",
        look=unsupported_steps,
    ),
    Kind(
        code="BORROWED_CERTAINTY",
        title="Borrowed certainty",
        severity=Severity.BLOCKER,
        sentences=(
            (
                "{two} is stated as {value}, and {one} passes {other}: "
                "it borrows from {three}, which is {third}."
            ),
        ),
        why="A reader who believes the premise is led to believe the conclusion as much.",
        fix="State the conclusion no surer than what it has, or back the step.",
        authority="ICD 203, Analytic Standards (2015), D.6.e: judgements are no surer than their basis.",
        look=borrowed_certainty,
    ),
    Kind(
        code="CIRCULAR_SUPPORT",
        title="Circular support",
        severity=Severity.BLOCKER,
        sentences=("{one} is on a circle that rests on nothing else: {rest}.",),
        why="Claims that only hold each other up show nothing.",
        fix="Support one claim of the circle from outside it.",
        authority="Walton, Informal Logic (2008), on begging the question; well-founded semantics (1991).",
        look=circular_support,
    ),
    Kind(
        code="RULER_NOT_SHOWN",
        title="Ruler not shown",
        severity=Severity.BLOCKER,
        sentences=("All that {one} compares was measured by {two}, which is not disclosed.",),
        why="Two figures from one hidden method may differ because the method did.",
        fix="Disclose the method, or compare figures that were measured otherwise.",
        authority="ICD 206, Sourcing Requirements (2015): what a figure rests on is described with it.",
        look=hidden_rulers,
    ),
)
