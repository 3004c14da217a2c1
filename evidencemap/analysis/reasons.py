"""Why a verdict is what it is, as a code with ids and grades; sentences.py has the words."""

from dataclasses import dataclass
from enum import StrEnum

from evidencemap.model.records import Id
from evidencemap.model.words import Grade


class Because(StrEnum):
    """What a verdict rests on or lacks. Every code has one sentence in the catalogue."""

    SUPPORTED = "supported"
    SUPPORTED_LESS = "supported less"
    ASSUMED_MORE = "assumed more"
    ASSUMED_OR_NOT = "assumed or not"
    ANSWERED = "answered"
    ASSUMED = "assumed"
    CONDITIONAL = "conditional"
    CONDITIONAL_AGAINST = "conditional against"
    UNDECIDED = "undecided"
    UNDECIDED_STEP = "undecided step"
    BLOCKED = "blocked"
    REFUTED = "refuted"
    CIRCULAR = "circular"
    WITHDRAWN = "withdrawn"
    ORPHAN = "orphan"
    REQUESTED = "requested"
    BELOW_STANDARD = "below standard"
    BELOW_AT_MOST = "below at most"
    ASSUMED_BELOW = "assumed below"
    GAP = "gap"
    GAP_NO_WARRANT = "gap no warrant"
    GAP_WARRANT_ASKED = "gap warrant asked"
    GAP_WARRANT_EMPTY = "gap warrant empty"
    GAP_NO_ROLE = "gap no role"
    GAP_ROLE_ASKED = "gap role asked"
    UNDERCUT = "undercut"
    RULER = "ruler"
    ON_CIRCLE = "on circle"
    PREMISE_MISSING = "premise missing"
    STEP_CARRIES = "step carries"
    STEP_WARRANT_WEAKEST = "step warrant weakest"
    STEP_CEILING = "step ceiling"
    STEP_VANTAGE = "step vantage"
    STEP_ASSUMES = "step assumes"
    STEP_WARRANT_ASSUMED = "step warrant assumed"
    STEP_PART_ASSUMED = "step part assumed"
    STEP_UNDERCUT = "step undercut"
    STEP_RULER = "step ruler"
    STEP_CIRCULAR = "step circular"
    STEP_NO_WARRANT = "step no warrant"
    STEP_WARRANT_ASKED = "step warrant asked"
    STEP_WARRANT_EMPTY = "step warrant empty"
    STEP_NO_ROLE = "step no role"
    STEP_ROLE_ASKED = "step role asked"
    STEP_PREMISE = "step premise"
    STEP_CONTESTED = "step contested"
    STEP_BORROWS = "step borrows"
    END_ITEM = "end item"
    END_UNSOURCED = "end unsourced"
    END_WITHDRAWN = "end withdrawn"
    END_RETRACTED = "end retracted"
    END_REPORTED = "end reported"
    END_INTEREST = "end interest"
    END_RELIABILITY = "end reliability"
    END_CREDIBILITY = "end credibility"
    END_COPY = "end copy"
    END_CONTESTED_ITEM = "end contested item"
    END_ASSUMPTION = "end assumption"
    END_REQUEST = "end request"
    END_GRANTED = "end granted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A code, the ids that its sentence names in order, and the grades that it names in order.

    A code whose sentence names a list of ids has them at the end. `behind` holds what lies on the
    path between what the sentence before named and the first of the ids, the nearest to it first.
    """

    code: Because
    ids: tuple[Id, ...] = ()
    values: tuple[Grade, ...] = ()
    behind: tuple[Id, ...] = ()
