"""How each state is drawn: its line first, then its mark and word, its colour last."""

from dataclasses import dataclass
from enum import Enum

from evidencemap.analysis.judged import ClaimStatus, StepStatus
from evidencemap.analysis.verdicts import Verdicts
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Request, Source
from evidencemap.model.records import Id
from evidencemap.model.words import ClaimKind, EvidenceState, Grade


class LineStyle(Enum):
    """The lines by which states are told apart, colour or no colour."""

    SOLID = "solid"
    ONE_DASHED_SIDE = "solid, one dashed side"
    LONG_DASH = "long dash"
    DOTTED = "dotted"
    DOUBLE = "double"
    THICK = "thick"
    CUT_BY_A_BAR = "solid, cut by a bar"
    DASH_DOT = "dash-dot"
    SHORT_DASH = "short dash"
    EVEN_DASH = "even dash"


@dataclass(frozen=True, slots=True)
class Look:
    """The line, mark, word and colour name of a state."""

    line: LineStyle
    mark: str
    word: str
    color: str


_CLAIMS = {
    ClaimStatus.SUPPORTED: Look(LineStyle.SOLID, "disc", "Supported", "supported"),
    ClaimStatus.CONDITIONAL: Look(LineStyle.ONE_DASHED_SIDE, "letter A", "Conditional", "conditional"),
    ClaimStatus.CONTESTED: Look(LineStyle.DOUBLE, "letter ?", "Contested", "contested"),
    ClaimStatus.REFUTED: Look(LineStyle.THICK, "cross", "Refuted", "refuted"),
    ClaimStatus.CIRCULAR: Look(LineStyle.DASH_DOT, "loop", "Circular", "circular"),
    ClaimStatus.UNSUPPORTED: Look(LineStyle.LONG_DASH, "ring", "Unsupported", "unsupported"),
}
_STEPS = {
    StepStatus.CARRIES: Look(LineStyle.SOLID, "disc", "Carries", "supported"),
    StepStatus.UNSUPPORTED: Look(LineStyle.LONG_DASH, "cross", "Unsupported", "unsupported"),
    StepStatus.PREMISE_FAILS: Look(LineStyle.DOTTED, "ring", "Premise fails", "premise_fails"),
    StepStatus.CONTESTED: Look(LineStyle.DOUBLE, "letter ?", "Contested", "contested"),
    StepStatus.UNDERCUT: Look(LineStyle.CUT_BY_A_BAR, "bar", "Undercut", "undercut"),
    StepStatus.CIRCULAR: Look(LineStyle.DASH_DOT, "loop", "Circular", "circular"),
}
ON_ASSUMPTION = Look(LineStyle.ONE_DASHED_SIDE, "letter A", "Carries on assumption", "conditional")
FITS_ONLY = Look(LineStyle.EVEN_DASH, "ring", "Fits only", "premise_fails")
"""A step that carries no more than suggestive: what it starts from fits, and shows no more."""

ASSUMED = Look(LineStyle.ONE_DASHED_SIDE, "letter A", "Assumed", "conditional")
REQUESTED = Look(LineStyle.SHORT_DASH, "letter ?", "Requested", "request")
HOLDS = Look(LineStyle.SOLID, "", "", "supported")
WEAK = Look(LineStyle.DOTTED, "", "", "premise_fails")
PLAIN = Look(LineStyle.SOLID, "", "", "muted")

LOOKS = (
    *_CLAIMS.values(),
    *_STEPS.values(),
    ON_ASSUMPTION,
    FITS_ONLY,
    ASSUMED,
    REQUESTED,
    HOLDS,
    WEAK,
    PLAIN,
)
"""Every look, in a fixed order: the arrays of the map hold its place here."""


def node_look(case: Case, verdicts: Verdicts, node: Id) -> Look:
    """Return the look of a node: that of its verdict, or of what it is."""
    held = case[node]
    if isinstance(held, Claim):
        look = _CLAIMS[verdicts.claims[node].status]
        assumed = held.kind is ClaimKind.ASSUMPTION and look.color in ("supported", "conditional")
        return ASSUMED if assumed else look
    if isinstance(held, Evidence):
        strong = held.state is not EvidenceState.WITHDRAWN and verdicts.nodes[node][0] >= Grade.PROBABLE
        return HOLDS if strong else WEAK
    if isinstance(held, Source):
        return PLAIN if held.retracted is None else WEAK
    return REQUESTED if isinstance(held, Request) else PLAIN


def step_look(verdicts: Verdicts, step: Id) -> Look:
    """Return the look of a step."""
    verdict = verdicts.steps[step]
    if verdict.status is StepStatus.CARRIES and verdict.grade is Grade.SUGGESTIVE:
        return FITS_ONLY
    return ON_ASSUMPTION if verdict.on_assumption else _STEPS[verdict.status]


def is_unbacked(verdicts: Verdicts, step: Id) -> bool:
    """Say whether a step carries the label that no evidence is recorded for it."""
    return verdicts.steps[step].status is StepStatus.UNSUPPORTED
