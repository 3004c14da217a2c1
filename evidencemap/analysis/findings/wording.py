"""Findings on wording: words that carry a verdict, words that drift, and claims that judge by scope."""

import re
from collections.abc import Iterator

from evidencemap.analysis.findings.finding import Fields, Seen, Severity
from evidencemap.analysis.findings.kind import Kind
from evidencemap.analysis.findings.reading import Reading
from evidencemap.analysis.findings.texts import tells_absence, word_in
from evidencemap.analysis.judged import ClaimStatus
from evidencemap.model.entities import Claim, Evidence, Term
from evidencemap.model.records import Id
from evidencemap.model.scales import scales
from evidencemap.model.words import ClaimKind

FAMILY = "Wording"

_HIGH = re.compile(r"\s*(?:very )?high\b", re.IGNORECASE)
_CONFIDENCE = re.compile(
    r"\b(?:high|moderate|low|medium)\s+(?:level of\s+)?confidence\b|\bconfidence is (?:high|moderate|low)\b",
    re.IGNORECASE,
)


def loaded_terms(reading: Reading) -> Iterator[Seen]:
    """See each claim in the case's own voice that uses a word whose gate is shut.

    A gate is shut while one of its claims is not supported without assumptions. A claim that is put
    down to somebody speaks in that voice, unless it is the headline; so does what is quoted.
    """
    gates = _shut(reading)
    if not gates:
        return
    for term, shut_by in gates:
        word = word_in(term.words, reading.case.header.title)
        if word:
            plainer = term.neutral.strip()
            yield Seen(
                on=reading.case.id,
                names=(term.id, *shut_by),
                values=(word, plainer),
                form=1 if plainer else 3,
            )
            break
    for claim in reading.claims:
        if claim.stated_by and not claim.headline:
            continue
        for term, shut_by in gates:
            word = word_in(term.words, claim.text)
            if word:
                plainer = term.neutral.strip()
                yield Seen(
                    on=claim.id,
                    names=(term.id, *shut_by),
                    values=(word, plainer),
                    form=0 if plainer else 2,
                )
                break


def undefined_terms(reading: Reading) -> Iterator[Seen]:
    """See each term that has neither a definition nor a neutral word."""
    for term in reading.terms:
        if not term.definition.strip() and not term.neutral.strip():
            yield Seen(on=term.id, values=(term.words[0],))


def wording_drifts(reading: Reading) -> Iterator[Seen]:
    """See each source that strengthened a word, and each copy with a loaded word its original has not.

    And each copy whose source tells it with another verb than the source of what it is copied from.
    """
    for source in reading.sources:
        if source.wording.strip():
            yield Seen(on=source.id, values=(source.wording.strip(),))
    yield from reading.by_number([*_louder_words(reading), *_other_verbs(reading)])


def _louder_words(reading: Reading) -> Iterator[Seen]:
    items = reading.case.of(Evidence)
    loaded = [term for term in reading.terms if term.gate]
    for item in reading.items if loaded else ():
        for term in loaded if item.copied_from else ():
            word = word_in(term.words, item.text)
            if word and not any(word_in(term.words, items[each].text) for each in item.copied_from):
                yield Seen(on=item.id, names=item.copied_from, values=(word,), form=1)
                break


def _other_verbs(reading: Reading) -> Iterator[Seen]:
    verbs = {each.id: each.verb.strip() for each in reading.sources if each.verb.strip()}
    items = reading.case.of(Evidence)
    for item in reading.items if len(verbs) > 1 else ():
        own = next((verbs[each] for each in item.sources if each in verbs), "")
        for copied in item.copied_from if own else ():
            first = next((verbs[each] for each in items[copied].sources if each in verbs), own)
            if first.casefold() != own.casefold():
                yield Seen(on=item.id, names=(copied,), values=(own, first), form=2)
                break


def superlatives(reading: Reading) -> Iterator[Seen]:
    """See each superlative whose scope is the records of who states it."""
    columns = reading.columns
    for node, claim in columns.claims_where(columns.of_kinds(ClaimKind.SUPERLATIVE)):
        if not claim.stated_by:
            continue
        behind = reading.behind[node]
        if behind is not None and behind <= set(claim.stated_by):
            yield Seen(on=claim.id, names=claim.stated_by)


def undated_absences(reading: Reading) -> Iterator[Fields]:
    """See each claim or item that says that something is absent and not as of when."""
    every: list[Claim | Evidence] = [*reading.items, *reading.claims]
    for held in every:
        if (not held.when or held.when.isspace()) and tells_absence(held.text):
            if isinstance(held, Evidence) and held.collected is not None and held.collected.date.strip():
                continue
            yield held.id, (), (), 0, (), None


def likelihood_and_confidence_mixed(reading: Reading) -> Iterator[Seen]:
    """See each claim that puts a likelihood and a confidence into one sentence."""
    terms = tuple(
        each.term
        for scale in scales().values()
        if scale.use == "likelihood" and len(scale.terms) > 2
        for each in scale.terms
    )
    for claim in reading.claims:
        if "confidence" not in claim.text.lower():
            continue
        for sentence in re.split(r"(?<=[.;!?])\s+", claim.text):
            stated = _CONFIDENCE.search(sentence)
            likely = word_in(terms, sentence)
            if stated and likely:
                yield Seen(on=claim.id, values=(likely, stated.group()))
                break


def confidence_beyond_sourcing(reading: Reading) -> Iterator[Seen]:
    """See each claim with high confidence that does not stand by itself or stands on one origin."""
    for claim in reading.claims:
        if not claim.confidence or not _HIGH.match(claim.confidence):
            continue
        if reading.verdicts.status(claim.id) is not ClaimStatus.SUPPORTED:
            yield Seen(on=claim.id, values=(claim.confidence.strip(),))
        elif reading.origins.one_source_carries(claim.id):
            yield Seen(on=claim.id, values=(claim.confidence.strip(),), form=1)


def uncited_judgements(reading: Reading) -> Iterator[Seen]:
    """See each claim with a likelihood or confidence of the analyst and no evidence behind it."""
    for node, claim in reading.columns.claims:
        if not claim.likelihood.strip() and not claim.confidence.strip():
            continue
        if reading.behind[node] == frozenset():
            yield Seen(on=claim.id)


def _shut(reading: Reading) -> list[tuple[Term, tuple[Id, ...]]]:
    found = []
    for term in reading.terms:
        shut_by = tuple(each for each in term.gate if not _open(reading, each))
        if shut_by:
            found.append((term, shut_by))
    return found


def _open(reading: Reading, claim: Id) -> bool:
    held = reading.case.of(Claim).get(claim)
    return held is not None and reading.verdicts.status(claim) is ClaimStatus.SUPPORTED


KINDS = (
    Kind(
        code="LOADED_TERM",
        title="Loaded term",
        severity=Severity.BLOCKER,
        sentences=(
            "{one} says “{value}” in the case's own voice, and what it asserts is not supported: {more}.",
            "The title of the case says “{value}”, and what it asserts is not supported: {more}.",
            "{one} says “{value}” in the case's own voice, and what it asserts is not supported: {more}.",
            "The title of the case says “{value}”, and what it asserts is not supported: {more}.",
        ),
        fixes=(
            "Say “{other}”, or record who said it.",
            "Say “{other}” in the title.",
            "Find a plainer word, or record who said it.",
            "Find a plainer word for the title.",
        ),
        why="The word carries a verdict that the map does not.",
        fix="Find a plainer word, or record who said it.",
        authority="ICD 203, Analytic Standards (2015), D.6.a: objective; the gates are the analyst's own.",
        look=loaded_terms,
    ),
    Kind(
        code="TERM_UNDEFINED",
        title="Term undefined",
        severity=Severity.NOTE,
        sentences=("{one}, “{value}”, has neither a definition nor a neutral word.",),
        why="A reader who takes the word otherwise reads another claim.",
        fix="Say what it means here, or which plainer word would do.",
        authority="ICD 203, Analytic Standards (2015), D.6.e(6): clear language.",
        look=undefined_terms,
    ),
    Kind(
        code="WORDING_DRIFT",
        title="Wording drift",
        severity=Severity.WARNING,
        sentences=(
            "The wording is stronger in {one} than in what it repeats: {value}.",
            "{one} says “{value}”, and what it is copied from, {rest}, does not.",
            "{one} is told with the verb “{value}”, and what it is copied from, {two}, with “{other}”.",
        ),
        why="A number keeps its digits while the word beside it grows.",
        fix="Quote the first wording.",
        authority="ICD 206, Sourcing Requirements (2015): what the source said is kept apart.",
        look=wording_drifts,
    ),
    Kind(
        code="SUPERLATIVE_SELF_SCOPED",
        title="Superlative within one's own records",
        severity=Severity.WARNING,
        sentences=("{one} is a superlative from the records of {rest} alone, who states it.",),
        why="The largest that one has seen oneself is not the largest there is.",
        fix="Say the scope with the superlative.",
        authority="ICD 203, Analytic Standards (2015), D.6.e(8): accurate judgements.",
        look=superlatives,
    ),
    Kind(
        code="ABSENCE_UNDATED",
        title="Undated absence",
        severity=Severity.NOTE,
        sentences=("{one} says that something is absent, and no date is recorded with it.",),
        why="What is absent today may be there tomorrow, and the sentence will still be read.",
        fix="Record the date at which it was so.",
        authority="Walton, Reed and Macagno, Argumentation Schemes (2008), argument from ignorance.",
        look=undated_absences,
    ),
    Kind(
        code="LIKELIHOOD_CONFIDENCE_MIXED",
        title="Likelihood and confidence mixed",
        severity=Severity.WARNING,
        sentences=("{one} puts “{value}” and “{other}” into one sentence.",),
        why="How likely it is and how sure one is of that are two things.",
        fix="Tell them in two sentences.",
        authority="ICD 203, Analytic Standards (2015), D.6.e(2)(b): not in the same sentence.",
        look=likelihood_and_confidence_mixed,
    ),
    Kind(
        code="CONFIDENCE_EXCEEDS_SOURCING",
        title="Confidence exceeds sourcing",
        severity=Severity.WARNING,
        sentences=(
            "The confidence in {one} is {value}, and the map does not support it without assumptions.",
            "The confidence in {one} is {value}, and the claim stands on one origin.",
        ),
        why="High confidence is for what several good sources carry.",
        fix="Lower the confidence, or find a second origin.",
        authority="Joint Publication 2-0, Joint Intelligence (2013), appendix A, on levels of confidence.",
        look=confidence_beyond_sourcing,
    ),
    Kind(
        code="UNCITED_JUDGEMENT",
        title="Uncited judgement",
        severity=Severity.WARNING,
        sentences=("{one} has a likelihood or a confidence recorded, and no evidence behind it.",),
        why="A judgement with nothing behind it is an opinion.",
        fix="Connect the evidence that it rests on, or take the judgement back.",
        authority="ICD 206, Sourcing Requirements (2015): judgements cite what they rest on.",
        look=uncited_judgements,
    ),
)
