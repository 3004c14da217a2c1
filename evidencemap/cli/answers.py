"""The answers of the commands as plain data: the shapes that --json prints."""

from typing import Any

from evidencemap.analysis.findings import findings, fix_of, is_accepted, sentence_of
from evidencemap.analysis.honest import added_text, headlines, honest, said_text
from evidencemap.analysis.origins import Origins, origins
from evidencemap.analysis.sentences import sentence
from evidencemap.analysis.verdicts import ClaimVerdict, StepVerdict, Verdicts
from evidencemap.cli.cases import named, numbers
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Step
from evidencemap.model.records import Id

FORMAT = 1
"""The version of the shapes."""


def check_answer(found: Verdicts, today: str) -> dict[str, Any]:
    """Return the verdict on every claim and drawn step, and the findings, the gravest first."""
    case = found.case
    known = origins(case, found)
    claims = {}
    for claim in case.sorted(Claim):
        held = claim_answer(found, found.claims[claim.id])
        came = origins_answer(known, found, claim)
        reason = held.pop("reason")
        for key in ("origins", "bottlenecks", "independence"):
            held[key] = came[key]
        claims[claim.number] = {**held, "reason": reason}
    steps = {step.number: step_answer(found, found.steps[step.id]) for step in case.sorted(Step)}
    return {
        "format": FORMAT,
        "claims": claims,
        "steps": steps,
        "findings": findings_answer(found, today),
        "honest": {each.number: honest_answer(found, each) for each in headlines(case)},
    }


def honest_answer(found: Verdicts, headline: Claim) -> dict[str, list[str]]:
    """Return what may be said in place of a headline, and what the headline adds, in sentences."""
    version = honest(found, headline.id)
    return {
        "says": [said_text(found.case, each) for each in version.says],
        "adds": [added_text(found.case, each) for each in version.adds],
    }


def claim_answer(found: Verdicts, verdict: ClaimVerdict) -> dict[str, Any]:
    """Return the verdict on a claim: grades as words, entities by number."""
    return {
        "status": verdict.status.value,
        "grade": verdict.grade.word,
        "upto": verdict.upto.word,
        "for": verdict.pro.word,
        "against": verdict.con.word,
        "stated": verdict.stated.word,
        "overstated": verdict.overstated,
        "granting": numbers(found.case, verdict.granting),
        "reason": sentence(found.case, verdict.reason),
    }


def origins_answer(known: Origins, found: Verdicts, claim: Claim) -> dict[str, Any]:
    """Return where a claim comes from: the items for it, their origins, what all ways run through."""
    case = found.case
    return {
        "stands": found.claims[claim.id].holds,
        "reports": numbers(case, reports(case, claim)),
        "origins": numbers(case, known.of(claim.id)),
        "bottlenecks": numbers(case, known.bottlenecks(claim.id)),
        "independence": known.independence(claim.id),
    }


def reports(case: Case, claim: Claim) -> set[Id]:
    """Return the items that are premises of the pro steps to a claim."""
    found: set[Id] = set()
    for user in case.users(claim.id):
        step = case.get(Step, user)
        if step is not None and step.conclusion == claim.id and not step.con:
            found.update(each for each in step.premises if case.get(Evidence, each) is not None)
    return found


def step_answer(found: Verdicts, verdict: StepVerdict) -> dict[str, Any]:
    """Return the verdict on a drawn step."""
    return {
        "status": verdict.status.value,
        "grade": verdict.grade.word,
        "upto": verdict.upto.word,
        "borrows": verdict.borrows,
        "lender": None if verdict.lender is None else named(found.case, verdict.lender),
        "on_assumption": verdict.on_assumption,
        "reason": sentence(found.case, verdict.reason),
    }


def findings_answer(found: Verdicts, today: str) -> list[dict[str, Any]]:
    """Return what the map shows, the gravest first; `accepted` findings stay listed and block nothing."""
    case = found.case
    return [
        {
            "code": str(each.code),
            "on": [named(case, one) for one in each.on],
            "severity": str(each.severity),
            "sentence": sentence_of(case, each),
            "fix": fix_of(case, each),
            "accepted": is_accepted(case, each),
        }
        for each in findings(case, found, today=today)
    ]
