"""Puts reasons into words through the one gettext catalogue: about the map, never about the world."""

from dataclasses import dataclass

from evidencemap.analysis.naming import name, names
from evidencemap.analysis.paths import because
from evidencemap.analysis.reasons import Because, Reason
from evidencemap.analysis.verdicts import Verdicts
from evidencemap.model.case import Case
from evidencemap.model.records import Id
from evidencemap.tongue import _, capital

_SENTENCES: dict[Because, str] = {
    Because.SUPPORTED: "{one} is supported, {grade}: {two} carries it.",
    Because.ANSWERED: "{one} is supported, {grade}: {rest} carries it.",
    Because.ASSUMED: "{one} is taken as {grade} without evidence: it is an assumption.",
    Because.CONDITIONAL: "{one} is {grade} only while {rest} is granted.",
    Because.UNDECIDED: "{one} is contested: {two} speaks against it, and the map does not decide.",
    Because.UNDECIDED_STEP: "{one} is contested: {two} may carry it or not, and the map does not decide.",
    Because.BLOCKED: "{one} is contested: {grade} for it, but {two} brings {other} against it.",
    Because.REFUTED: "{one} is refuted on this map: {two} brings {grade} against it, and {other} is for it.",
    Because.CIRCULAR: "{one} is circular: {rest} rest on each other and on nothing else.",
    Because.WITHDRAWN: "{one} is unsupported: it is withdrawn.",
    Because.ORPHAN: "{one} is unsupported: no step on the map leads to it.",
    Because.REQUESTED: "{one} is unsupported: nothing is recorded for it, and {rest} is not received.",
    Because.BELOW_STANDARD: "{one} is unsupported: {two} brings {grade}, which is below its standard.",
    Because.GAP: "{one} is unsupported: there is a gap at {two}.",
    Because.UNDERCUT: "{one} is unsupported: {two} is undercut by {three}.",
    Because.RULER: "{one} is unsupported: {two} compares with one ruler that is not disclosed.",
    Because.ON_CIRCLE: "{one} is unsupported: {two} rests on a circle through {three}.",
    Because.PREMISE_MISSING: "{one} is unsupported: {two} needs {three}, which does not stand.",
    Because.STEP_CARRIES: "{one} carries {grade}: its weakest part is {two}.",
    Because.STEP_CEILING: "{one} carries {grade}, which is its ceiling.",
    Because.STEP_VANTAGE: (
        "{one} carries no more than {grade}: no source behind it is recorded in a position to know {two}."
    ),
    Because.STEP_ASSUMES: "{one} carries {grade} only while {rest} is granted.",
    Because.STEP_UNDERCUT: "{one} is undercut by {two}, which is {grade}.",
    Because.STEP_RULER: "{one} is undercut: all that it compares was measured by {two}, not disclosed.",
    Because.STEP_CIRCULAR: "{one} is part of a circle that supports nothing: {rest}.",
    Because.STEP_NO_WARRANT: "No warrant is recorded for {one}: nothing says why it follows.",
    Because.STEP_WARRANT_ASKED: "No warrant is recorded for {one}; {rest} would be one, not received.",
    Because.STEP_WARRANT_EMPTY: "{one} rests on {two} as its warrant, which has nothing behind it.",
    Because.STEP_NO_ROLE: "No denominator is recorded for {one}.",
    Because.STEP_ROLE_ASKED: "No denominator is recorded for {one}; {rest} would be one, not received.",
    Because.STEP_PREMISE: "{one} has a premise that fails: {two} does not stand.",
    Because.STEP_CONTESTED: "{one} is contested, because the map does not decide about {two}.",
    Because.STEP_BORROWS: (
        "It borrows from {two}: {three} is stated as {third}, {two} is {grade}, and the step passes {other}."
    ),
    Because.END_ITEM: "The path ends at {one}, which is {grade} by {two}.",
    Because.END_UNSOURCED: "The weakest link is {one}: no source is recorded for it, so it is {grade}.",
    Because.END_WITHDRAWN: "What is missing is {one}: it is withdrawn.",
    Because.END_RETRACTED: "What is missing is {one}: {two} is retracted or withdrawn.",
    Because.END_REPORTED: "The weakest link is {one}: it is only reported, which holds it at {grade}.",
    Because.END_INTEREST: (
        "The weakest link is {one}: {two} gains from an ask and the item is not audited, "
        "which holds it at {grade}."
    ),
    Because.END_RELIABILITY: "The weakest link is {one}: the rating of {two} holds it at {grade}.",
    Because.END_CREDIBILITY: "The weakest link is {one}: its credibility holds it at {grade}.",
    Because.END_COPY: "The weakest link is {one}: it is copied from {rest}, which holds it at {grade}.",
    Because.END_CONTESTED_ITEM: "The weakest link is {one}: what speaks against it leaves {grade}.",
    Because.END_ASSUMPTION: "The path ends at {one}, which is granted as {grade} without evidence.",
    Because.END_REQUEST: "What is missing is {one}: no answer to it is recorded as received.",
    Because.END_GRANTED: "The path ends at {one}, which is granted in thought as {grade}.",
}
"""One sentence for each code. `one`, `two` and `three` are the entities that the reason names, `rest`
all but the first; the grades are `grade`, `other` and `third`. A catalogue may use any of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a verdict holds, in at most three sentences, and the path that they follow, by id."""

    sentences: tuple[str, ...]
    path: tuple[Id, ...]


def sentence(case: Case, reason: Reason) -> str:
    """Return a reason in words."""
    named = [name(case, each) for each in reason.ids]
    grades = [_(each.word) for each in reason.values]
    first, second, third = (*named, "", "", "")[:3]
    said = _(_SENTENCES[reason.code]).format(
        one=first,
        two=second,
        three=third,
        rest=names(case, reason.ids[1:]),
        **dict(zip(("grade", "other", "third"), (*grades, "", "", ""), strict=False)),
    )
    return capital(said)


def explain(case: Case, verdicts: Verdicts, of: Id) -> Explanation:
    """Return why the verdict on a claim or step holds, or why an item has its grade.

    The path goes to the weakest link or to the first thing that is missing. Raises KeyError for
    what has no verdict.
    """
    reasons, path = because(verdicts, of)
    said = dict.fromkeys(sentence(case, each) for each in reasons)
    return Explanation(sentences=tuple(said), path=path)


def message_ids() -> tuple[str, ...]:
    """Return every text that a catalogue has to translate for reasons."""
    return tuple(_SENTENCES.values())
