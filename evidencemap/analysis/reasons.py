"""Why a verdict is what it is, as a code with ids and grades; sentences.py has the words."""

from dataclasses import dataclass
from enum import StrEnum

from evidencemap.model.records import Id
from evidencemap.model.words import Grade


class Because(StrEnum):
    """What a verdict rests on or lacks. Every code has one sentence in the catalogue."""

    SUPPORTED = "supported"
    CONDITIONAL = "conditional"
    UNDECIDED = "undecided"
    BLOCKED = "blocked"
    REFUTED = "refuted"
    CIRCULAR = "circular"
    ORPHAN = "orphan"
    ONLY_REQUESTED = "only requested"
    ONLY_AGAINST = "only against"
    GAP = "gap"
    BELOW_STANDARD = "below the standard"
    UNDERCUT = "undercut"
    ON_CIRCLE = "rests on a circle"
    WITHDRAWN = "withdrawn"
    PREMISE_MISSING = "premise missing"
    STEP_UNDERCUT = "step undercut"
    STEP_RULER = "step ruler"
    STEP_CIRCULAR = "step circular"
    STEP_NO_WARRANT = "step no warrant"
    STEP_WARRANT_EMPTY = "step warrant empty"
    STEP_NO_ROLE = "step no role"
    STEP_ROLE_EMPTY = "step role empty"
    STEP_PREMISE = "step premise"
    STEP_CONTESTED = "step contested"
    STEP_CARRIES = "step carries"
    STEP_ASSUMES = "step assumes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A code, the ids that its sentence names in order, and the grades that it names in order."""

    code: Because
    ids: tuple[Id, ...] = ()
    values: tuple[Grade, ...] = ()
