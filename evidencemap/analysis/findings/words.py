"""Puts findings into words through the one gettext catalogue, and knows which a person accepted."""

import hashlib
from collections.abc import Iterable
from enum import StrEnum

from evidencemap.analysis.findings.finding import Finding, OwnWords, Value
from evidencemap.analysis.findings.reading import NAMED
from evidencemap.analysis.findings.registry import kind_of
from evidencemap.analysis.naming import name, names
from evidencemap.model.case import Case
from evidencemap.model.plain import canonical, plain_entity
from evidencemap.model.upkeep import Acceptance
from evidencemap.model.words import Grade
from evidencemap.tongue import _, capital, figure, several


def title_of(code: str) -> str:
    """Return what a kind of finding is called, such as `Unsupported step`. KeyError for no code."""
    return _(kind_of(code).title)


def sentence_of(case: Case, finding: Finding) -> str:
    """Return what a finding says, in one sentence about the map."""
    return _filled(case, finding, kind_of(finding.code).sentences[finding.form])


def why_of(case: Case, finding: Finding) -> str:
    """Return why a finding matters, in one sentence."""
    return _filled(case, finding, kind_of(finding.code).why)


def fix_of(case: Case, finding: Finding) -> str:
    """Return what would mend a finding: the requests that would, else what to do on the map."""
    asks = [each for each in finding.asks if each in case]
    if asks:
        one, many = "Get what {requests} asks for.", "Get what {requests} ask for."
        return several(one, many, len(asks), requests=names(case, asks, NAMED))
    return _filled(case, finding, kind_of(finding.code).mends(finding.form))


def is_accepted(case: Case, finding: Finding) -> bool:
    """Tell whether a person accepted a finding with a reason, and nothing that it names changed since."""
    return reason_given(case, finding) is not None


def accepted(case: Case, made: Iterable[Finding]) -> list[Finding]:
    """Return those of some findings that a person accepted; quick where few were, however many there are."""
    codes = {each.code for each in case.of(Acceptance).values()}
    return [each for each in made if each.code in codes and is_accepted(case, each)] if codes else []


def reason_given(case: Case, finding: Finding) -> str | None:
    """Return the reason with which a person accepted a finding. None where nobody did, or it is stale.

    A reason that came with a listing bears no digest and holds until it is taken back.
    """
    held = case.of(Acceptance)
    if not held:
        return None
    about = set(finding.on)
    for each in held.values():
        if each.code != finding.code or set(each.about) != about:
            continue
        if not each.accepted or each.accepted == digest_of(case, finding):
            return each.why
    return None


def digest_of(case: Case, finding: Finding) -> str:
    """Return the SHA-256 of what a finding says and of the fields of all that it names, in hexadecimal.

    An acceptance holds it; once it differs, the acceptance is stale. It does not depend on the
    language, and covers visible numbers and never ids.
    """
    named = [each for each in (*finding.on, *finding.names) if each in case]
    said = {
        "code": finding.code,
        "form": finding.form,
        "values": [each.word if isinstance(each, Grade) else each for each in finding.values],
        "named": [[case.number(each), plain_entity(case, case[each])] for each in named],
    }
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def _filled(case: Case, finding: Finding, text: str) -> str:
    named = [name(case, each) for each in (*finding.on, *finding.names)]
    first, second, third = (*named, "", "", "")[:3]
    values = [_value(each) for each in finding.values]
    said = _(text).format(
        one=first,
        two=second,
        three=third,
        rest=names(case, finding.names, NAMED),
        more=names(case, finding.names[1:], NAMED),
        **dict(zip(("value", "other", "third"), (*values, "", "", ""), strict=False)),
    )
    return capital(said)


def _value(value: Value) -> str:
    if isinstance(value, Grade):
        return _(value.word)
    if isinstance(value, StrEnum):
        return _(value.value)
    if isinstance(value, OwnWords):
        return _(value)
    return figure(value) if isinstance(value, int) else value
