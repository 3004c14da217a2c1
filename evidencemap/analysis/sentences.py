"""Puts reasons into words through the one gettext catalogue: about the map, never about the world."""

from dataclasses import dataclass

from evidencemap.analysis.naming import name, names
from evidencemap.analysis.paths import because
from evidencemap.analysis.reasons import Because, Reason
from evidencemap.analysis.verdicts import Verdicts
from evidencemap.model.case import Case
from evidencemap.model.records import Id
from evidencemap.tongue import _, capital, several

_NAMED = 6
"""Of a longer list so many are named, and the others counted."""

_SENTENCES: dict[Because, str | tuple[str, str]] = {
    Because.SUPPORTED: "{one} is supported, {grade}: {two} carries it.",
    Because.SUPPORTED_LESS: (
        "{one} is supported: {grade} by {two} while an assumption is granted, and {other} without any."
    ),
    Because.ASSUMED_MORE: "{one} is supported: {grade} while it is granted, and {other} without that.",
    Because.ASSUMED_OR_NOT: "{one} is supported, {grade}, whether it is granted or not.",
    Because.ANSWERED: (
        "{one} is supported, {grade}: {rest} carries it.",
        "{one} is supported, {grade}: {rest} carry it.",
    ),
    Because.ASSUMED: "{one} is {grade} only because it is granted: no evidence carries it.",
    Because.CONDITIONAL: (
        "{one} is {grade} only while {rest} is granted.",
        "{one} is {grade} only while {rest} are granted.",
    ),
    Because.CONDITIONAL_AGAINST: (
        "{one} is {grade} only while {rest} is granted: without it, what speaks against {one} stops it.",
        "{one} is {grade} only while {rest} are granted: without them, what speaks against {one} stops it.",
    ),
    Because.UNDECIDED: "{one} is contested: {two} speaks against it, and the map does not decide.",
    Because.UNDECIDED_STEP: "{one} is contested: {two} may carry it or not, and the map does not decide.",
    Because.BLOCKED: "{one} is contested: {grade} for it, but {two} brings {other} against it.",
    Because.REFUTED: "{one} is refuted on this map: {two} brings {grade} against it, and {other} is for it.",
    Because.CIRCULAR: (
        "{one} is circular: it rests on itself and on nothing else.",
        "{one} is circular: {rest} rest on each other and on nothing else.",
    ),
    Because.WITHDRAWN: "{one} is unsupported: it is withdrawn.",
    Because.ORPHAN: "{one} is unsupported: no step on the map leads to it.",
    Because.REQUESTED: (
        "{one} is unsupported: nothing is recorded for it, and {rest} is not received.",
        "{one} is unsupported: nothing is recorded for it, and {rest} are not received.",
    ),
    Because.BELOW_STANDARD: "{one} is unsupported: {two} brings {grade}, which is below its standard.",
    Because.BELOW_AT_MOST: (
        "{one} is unsupported: {two} brings {grade} at the most, which is below its standard."
    ),
    Because.ASSUMED_BELOW: "{one} is unsupported: it is granted as {grade}, which is below its standard.",
    Because.GAP: "{one} is unsupported: there is a gap at {two}.",
    Because.GAP_NO_WARRANT: "{one} is unsupported: no warrant is recorded for {two}.",
    Because.GAP_WARRANT_ASKED: (
        "{one} is unsupported: no warrant is recorded for {two}, and {more} is not received.",
        "{one} is unsupported: no warrant is recorded for {two}, and {more} are not received.",
    ),
    Because.GAP_WARRANT_EMPTY: (
        "{one} is unsupported: the warrant of {two}, {three}, has nothing behind it."
    ),
    Because.GAP_NO_ROLE: "{one} is unsupported: no denominator is recorded for {two}.",
    Because.GAP_ROLE_ASKED: (
        "{one} is unsupported: no denominator is recorded for {two}, and {more} is not received.",
        "{one} is unsupported: no denominator is recorded for {two}, and {more} are not received.",
    ),
    Because.UNDERCUT: "{one} is unsupported: {two} is undercut by {three}.",
    Because.RULER: "{one} is unsupported: {two} compares with one ruler that is not disclosed.",
    Because.ON_CIRCLE: "{one} is unsupported: {two} rests on a circle through {three}.",
    Because.PREMISE_MISSING: "{one} is unsupported: {two} needs {three}, which does not stand.",
    Because.STEP_CARRIES: "{one} carries {grade}: its weakest part is {two}.",
    Because.STEP_WARRANT_WEAKEST: "{one} carries {grade}: its weakest part is its warrant, {two}.",
    Because.STEP_CEILING: "{one} carries {grade}, which is its ceiling.",
    Because.STEP_VANTAGE: (
        "{one} carries no more than {grade}: no source behind it is recorded in a position to know {two}."
    ),
    Because.STEP_ASSUMES: (
        "{one} carries {grade} only while {rest} is granted.",
        "{one} carries {grade} only while {rest} are granted.",
    ),
    Because.STEP_WARRANT_ASSUMED: "{one} carries {grade} only while its warrant, {two}, is granted.",
    Because.STEP_PART_ASSUMED: (
        "{one} carries {grade}, and {two}, which it needs, stands only while {more} is granted.",
        "{one} carries {grade}, and {two}, which it needs, stands only while {more} are granted.",
    ),
    Because.STEP_UNDERCUT: "{one} is undercut by {two}, which is {grade}.",
    Because.STEP_RULER: (
        "{one} is undercut: all that it compares was measured by {two}, which is not disclosed."
    ),
    Because.STEP_CIRCULAR: "{one} is part of a circle that supports nothing: {rest}.",
    Because.STEP_NO_WARRANT: "No warrant is recorded for {one}: nothing says why it follows.",
    Because.STEP_WARRANT_ASKED: (
        "No warrant is recorded for {one}; {rest}, which would bring one, is not received.",
        "No warrant is recorded for {one}; {rest}, which would bring one, are not received.",
    ),
    Because.STEP_WARRANT_EMPTY: "{one} rests on {two} as its warrant, which has nothing behind it.",
    Because.STEP_NO_ROLE: "No denominator is recorded for {one}.",
    Because.STEP_ROLE_ASKED: (
        "No denominator is recorded for {one}; {rest}, which would bring one, is not received.",
        "No denominator is recorded for {one}; {rest}, which would bring one, are not received.",
    ),
    Because.STEP_PREMISE: "{one} has a premise that fails: {two} does not stand.",
    Because.STEP_CONTESTED: "{one} is contested, because the map does not decide about {two}.",
    Because.STEP_BORROWS: (
        "It borrows from {two}: {three} is stated as {third}, {two} is {grade}, and the step passes {other}."
    ),
    Because.END_ITEM: "The path ends at {one}: its rating and that of {two} make it {grade}.",
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
    Because.END_ASSUMPTION: "The path ends at {one}: it is granted as {grade} without evidence.",
    Because.END_REQUEST: "What is missing is an answer to {one}: none is recorded as received.",
    Because.END_GRANTED: "The path ends at {one}: it is granted in thought as {grade}.",
}
"""One sentence for each code. `one`, `two` and `three` are the entities that the reason names, `rest`
all but the first and `more` all but the first two; the grades are `grade`, `other` and `third`. Where
there are two sentences, the second is for several of the last. A catalogue may use any of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a verdict holds, in at most three sentences, and the path that they follow, by id."""

    sentences: tuple[str, ...]
    path: tuple[Id, ...]


def sentence(case: Case, reason: Reason) -> str:
    """Return a reason in words."""
    first, second, third = (*(name(case, each) for each in reason.ids[:3]), "", "", "")[:3]
    if reason.behind:
        first = _("{node} behind {others}").format(node=first, others=names(case, reason.behind, _NAMED))
    grades = [_(each.word) for each in reason.values]
    words = dict(
        one=first,
        two=second,
        three=third,
        rest=names(case, reason.ids[1:], _NAMED),
        more=names(case, reason.ids[2:], _NAMED),
        **dict(zip(("grade", "other", "third"), (*grades, "", "", ""), strict=False)),
    )
    form = _SENTENCES[reason.code]
    if isinstance(form, str):
        return capital(_(form).format(**words))
    listed_here = len(reason.ids) - (2 if "{more}" in form[1] else 1)
    return capital(several(*form, listed_here, **words))


def explain(case: Case, verdicts: Verdicts, of: Id) -> Explanation:
    """Return why the verdict on a claim or step holds, or why an item has its grade.

    The path goes to the weakest link or to the first thing that is missing. Raises KeyError for
    what has no verdict.
    """
    reasons, path = because(verdicts, of)
    said = dict.fromkeys(sentence(case, each) for each in reasons)
    return Explanation(sentences=tuple(said), path=path)


def message_ids() -> tuple[str | tuple[str, str], ...]:
    """Return every text that a catalogue has to translate for reasons, or its forms for one and for more."""
    return tuple(_SENTENCES.values())
