"""The honest version of a headline: what the map carries of it, and what the headline adds to that."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from evidencemap.analysis.findings.texts import hedges_missing, new_words, word_in
from evidencemap.analysis.judged import ClaimStatus
from evidencemap.analysis.naming import listed, name, names
from evidencemap.analysis.verdicts import Verdicts
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Step, Term
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.model.words import ClaimKind, Grade
from evidencemap.tongue import _, capital, several

STANDING = (ClaimStatus.SUPPORTED, ClaimStatus.CONDITIONAL)


class Adds(StrEnum):
    """What a headline adds to what its map carries."""

    CLAIM = "claim"
    SURENESS = "sureness"
    CONDITION = "condition"
    WORD = "word"
    HEDGE = "hedge"
    NAME = "name"


_SENTENCES: dict[Adds, str | tuple[str, str]] = {
    Adds.CLAIM: "It asserts {one}, which is {value} on this map.",
    Adds.SURENESS: "It states as {value} what stands as {other}: {all}.",
    Adds.CONDITION: (
        "It leaves out that {one} stands only while {rest} is granted.",
        "It leaves out that {one} stands only while {rest} are granted.",
    ),
    Adds.WORD: (
        "It says {words}, and what the word asserts is not supported: {rest}.",
        "It says {words}, and what these words assert is not supported: {rest}.",
    ),
    Adds.HEDGE: "It leaves out a hedge of {one}: “{value}”.",
    Adds.NAME: "It brings in “{value}”, which nothing that it is made of names.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One claim that the map carries: its grade, on which assumptions, and its hedges beyond its text."""

    claim: Id
    grade: Grade
    granting: tuple[Id, ...]
    hedges: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """One thing that the headline adds: of what sort, the entities it is about, and the words or grades.

    Of words, the entities are the terms of the case that hold them, in the same order, then the claims
    behind the gates of those terms.
    """

    adds: Adds
    about: tuple[Id, ...] = ()
    values: tuple[str | Grade, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Honest:
    """A headline, the claims that may be said in its place, and the gap between the two as a list.

    Nothing is said for a headline behind which no claim stands.
    """

    headline: Id
    says: tuple[Said, ...]
    adds: tuple[Added, ...]


def headlines(case: Case) -> list[Claim]:
    """Return the headlines of a case, by number."""
    return [each for each in case.sorted(Claim) if each.headline]


def honest(verdicts: Verdicts, headline: Id) -> Honest:
    """Return the honest version of a claim that is told as a headline. KeyError where it is no claim.

    It says the claims nearest behind the headline that stand, then those that follow from them and
    are no asks. A conditional one is told with what it assumes.
    """
    case = verdicts.case
    told = case.of(Claim)[headline]
    if verdicts.status(headline) in STANDING:
        kept = [headline]
    else:
        kept = _nearest(verdicts, told)
        kept += [each for each in _following(verdicts, kept) if each != headline]
    return Honest(
        headline=headline,
        says=tuple(_said(verdicts, each) for each in kept),
        adds=tuple(_added(verdicts, told)),
    )


def said_text(case: Case, said: Said) -> str:
    """Return what may be said in one sentence: the claim, its hedges, its grade and what it assumes."""
    claim = case.of(Claim)[said.claim]
    text = claim.text.strip().rstrip(".")
    if said.hedges:
        text = f"{text} ({', '.join(said.hedges)})"
    values = {"text": text, "number": claim.number, "grade": _(said.grade.word)}
    if not said.granting:
        return _("{text} ({number}, {grade}).").format(**values)
    return several(
        "{text} ({number}, {grade} while {assumed} is granted).",
        "{text} ({number}, {grade} while {assumed} are granted).",
        len(said.granting),
        assumed=listed(case.number(each) for each in said.granting),
        **values,
    )


def added_text(case: Case, added: Added) -> str:
    """Return what a headline adds in one sentence, about the map and never about the world."""
    values = [_(each.word) if isinstance(each, Grade) else each for each in added.values]
    if added.adds is Adds.CLAIM:
        values = [_(each) for each in values]
    value, other = (*values, "", "")[:2]
    said = len(values) if added.adds is Adds.WORD else 1
    words = {
        "one": name(case, added.about[0]) if added.about else "",
        "rest": names(case, added.about[said:]),
        "all": names(case, added.about),
        "value": value,
        "other": other,
        "words": listed(_("“{word}”").format(word=each) for each in values),
    }
    form = _SENTENCES[added.adds]
    if isinstance(form, str):
        return capital(_(form).format(**words))
    counted = said if added.adds is Adds.WORD else len(added.about) - 1
    return capital(several(*form, counted, **words))


def message_ids() -> tuple[str | tuple[str, str], ...]:
    """Return every text that a catalogue has to translate for the gap, or its forms for one and for more."""
    return tuple(_SENTENCES.values())


def _nearest(verdicts: Verdicts, headline: Claim) -> list[Id]:
    """Return the standing claims that are met first on the ways behind a headline, part by part."""
    found: dict[Id, None] = {}
    waiting = list(_made_of(verdicts, headline))
    seen = {headline.id, *waiting}
    claims = verdicts.case.of(Claim)
    while waiting:
        each = waiting.pop(0)
        if verdicts.status(each) in STANDING:
            if claims[each].kind not in (ClaimKind.ASK, ClaimKind.ASSUMPTION, ClaimKind.METHOD):
                found[each] = None
            continue
        for behind in _made_of(verdicts, claims[each]):
            if behind not in seen:
                seen.add(behind)
                waiting.append(behind)
    return list(found)


def _made_of(verdicts: Verdicts, claim: Claim) -> list[Id]:
    """Return the parts of a claim, and the claims that are premises of the steps for it, each once."""
    claims = verdicts.case.of(Claim)
    found = dict.fromkeys(claim.parts)
    for step in _steps(verdicts.case, claim.id):
        if step.conclusion == claim.id and not step.con:
            found.update((each, None) for each in step.premises if each in claims)
    return list(found)


def _following(verdicts: Verdicts, kept: Iterable[Id]) -> list[Id]:
    case = verdicts.case
    kept = list(kept)
    found: dict[Id, None] = {}
    for each in kept:
        for step in _steps(case, each):
            claim = case.of(Claim).get(step.conclusion)
            if claim is None or step.con or each not in step.premises or claim.kind is ClaimKind.ASK:
                continue
            if claim.id not in kept and verdicts.status(claim.id) in STANDING:
                found[claim.id] = None
    return sorted(found, key=lambda each: number_key(case.number(each)))


def _steps(case: Case, claim: Id) -> list[Step]:
    held = (case.get(Step, each) for each in case.users(claim))
    return sorted((each for each in held if each is not None), key=lambda step: number_key(step.number))


def _said(verdicts: Verdicts, claim: Id) -> Said:
    held = verdicts.case.of(Claim)[claim]
    left = tuple(each for each in held.hedges if each.lower() not in held.text.lower())
    return Said(claim=claim, grade=verdicts.grade(claim), granting=verdicts.granting(claim), hedges=left)


def _added(verdicts: Verdicts, headline: Claim) -> Iterator[Added]:
    case = verdicts.case
    claims = case.of(Claim)
    parts = [claims[each] for each in headline.parts or _made_of(verdicts, headline)]
    less: dict[Grade, list[Id]] = {}
    for part in parts:
        status = verdicts.status(part.id)
        if status not in STANDING:
            yield Added(adds=Adds.CLAIM, about=(part.id,), values=(status.value,))
            continue
        if headline.stated > verdicts.grade(part.id):
            less.setdefault(verdicts.grade(part.id), []).append(part.id)
        granting = verdicts.granting(part.id)
        if granting:
            yield Added(adds=Adds.CONDITION, about=(part.id, *granting))
        for hedge in hedges_missing(part, headline):
            yield Added(adds=Adds.HEDGE, about=(part.id,), values=(hedge,))
    for grade, held in less.items():
        yield Added(adds=Adds.SURENESS, about=tuple(held), values=(headline.stated, grade))
    yield from _loaded_words(verdicts, headline)
    for word in new_words(headline.text, [part.text for part in parts]) if parts else ():
        yield Added(adds=Adds.NAME, values=(word,))


def _loaded_words(verdicts: Verdicts, headline: Claim) -> Iterator[Added]:
    """Give the words of the headline whose gates are shut; those shut by the same claims together."""
    found: dict[tuple[Id, ...], dict[Id, str]] = {}
    for term in verdicts.case.sorted(Term):
        word = word_in(term.words, headline.text)
        shut = tuple(each for each in term.gate if verdicts.status(each) is not ClaimStatus.SUPPORTED)
        if word and shut:
            found.setdefault(shut, {})[term.id] = word
    for shut, words in found.items():
        yield Added(adds=Adds.WORD, about=(*words, *shut), values=tuple(words.values()))
