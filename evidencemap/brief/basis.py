"""What a brief reads off a case, gathered once: verdicts, findings, origins and the claims it is about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from evidencemap.analysis.findings import Finding, findings
from evidencemap.analysis.judged import ClaimStatus, StepStatus
from evidencemap.analysis.numbers import Figure, figures
from evidencemap.analysis.origins import Origins, origins
from evidencemap.analysis.settle import Settlement, settle
from evidencemap.analysis.verdicts import Verdicts, verdicts
from evidencemap.brief.drawing import State
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Quantity, Request, Source, Step
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.model.words import ClaimKind, EvidenceState, Grade, RequestState
from evidencemap.tongue import _

E = TypeVar("E", Claim, Evidence, Request, Source, Step)

STATE_OF_CLAIM: Mapping[ClaimStatus, State] = {status: State(status.value) for status in ClaimStatus}
STATE_OF_STEP: Mapping[StepStatus, State] = {status: State(status.value) for status in StepStatus}

ANALYST_KINDS = (ClaimKind.METHOD, ClaimKind.ASSUMPTION, ClaimKind.ASK)
"""The claim kinds that are no statement of the matter itself."""


MOST_TRIALS = 1_500
"""What a brief spends on the search for what would settle one claim."""


@dataclass(slots=True)
class _Kept:
    """What a basis works out once."""

    origins: Origins | None = None
    figures: list[Figure] | None = None
    settled: dict[Id, Settlement] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """A case and what follows from it. `today` is the date of the brief, YYYY-MM-DD.

    `digest` is the fingerprint of the case's content in hexadecimal, and `history` what can be said
    of its journal; both are empty for a listing. `issued` is False for a draft, `why` is the reason
    given for issuing and `despite` the one for doing so with blockers open. `before` is the case as it
    was when a brief was last issued, and `journal` what was done to it: time (UTC), what, by whom.
    """

    case: Case
    verdicts: Verdicts
    findings: tuple[Finding, ...]
    today: str
    digest: str = ""
    history: str = ""
    issued: bool = False
    why: str = ""
    despite: str = ""
    before: Case | None = None
    journal: tuple[tuple[str, str, str], ...] = ()
    _kept: _Kept = field(default_factory=_Kept, repr=False, compare=False)

    def state(self, claim: Id) -> State:
        """Return how a claim stands."""
        return STATE_OF_CLAIM[self.verdicts.claims[claim].status]

    def step_state(self, step: Id) -> State:
        """Return how a step stands."""
        return STATE_OF_STEP[self.verdicts.steps[step].status]

    def stands(self, claim: Id) -> bool:
        """Tell whether a claim is supported, or is so while an assumption is granted."""
        return self.verdicts.claims[claim].status in (ClaimStatus.SUPPORTED, ClaimStatus.CONDITIONAL)

    def steps_to(self, node: Id) -> list[Step]:
        """Return the drawn steps that conclude in a node, by number."""
        held = (self.case.get(Step, each) for each in self.case.users(node))
        return _by_number([step for step in held if step is not None and step.conclusion == node])

    def steps_from(self, node: Id) -> list[Step]:
        """Return the drawn steps that have a node as a premise, by number."""
        held = (self.case.get(Step, each) for each in self.case.users(node))
        return _by_number([step for step in held if step is not None and node in step.premises])

    def items_for(self, claim: Id) -> list[Evidence]:
        """Return the evidence that is a premise of a pro step to a claim and not withdrawn, by number."""
        items: dict[Id, Evidence] = {}
        for step in self.steps_to(claim):
            for premise in step.premises if not step.con else ():
                held = self.case.get(Evidence, premise)
                if held is not None and held.state is not EvidenceState.WITHDRAWN:
                    items[premise] = held
        return _by_number(list(items.values()))

    def items_of(self, step: Step) -> list[Evidence]:
        """Return the evidence among the premises of a step, by number."""
        held = (self.case.get(Evidence, each) for each in step.premises)
        return _by_number([each for each in held if each is not None])

    def origins(self, claim: Id) -> list[Source]:
        """Return the sources that the evidence for a claim goes back to, by number."""
        found = {each for item in self.items_for(claim) for each in self.read_origins().of(item.id)}
        return _by_number([self.case.of(Source)[each] for each in found])

    def read_origins(self) -> Origins:
        """Return the origins, bottlenecks and independence of the case."""
        if self._kept.origins is None:
            self._kept.origins = origins(self.case, self.verdicts)
        return self._kept.origins

    def requests_for(self, entity: Id) -> list[Request]:
        """Return the open requests that would settle a claim or a step, by number."""
        held = (self.case.get(Request, each) for each in self.case.users(entity))
        return _by_number(
            [
                each
                for each in held
                if each is not None and entity in each.settles and each.state is not RequestState.RECEIVED
            ]
        )

    def settling(self, step: Step) -> list[Request]:
        """Return the open requests that would settle a step: it, its warrant, or what it concludes."""
        asked = [step.id, *([step.warrant] if step.warrant is not None else []), step.conclusion]
        found: dict[Id, Request] = {}
        for each in asked:
            for request in self.requests_for(each):
                found.setdefault(request.id, request)
        return list(found.values())

    def backed_by(self, claim: Id) -> list[Step]:
        """Return the drawn steps whose warrant a claim is, by number."""
        held = (self.case.get(Step, each) for each in self.case.users(claim))
        return _by_number([step for step in held if step is not None and step.warrant == claim])

    def ways(self, claim: Id) -> Mapping[Grade, tuple[tuple[str, ...], ...]]:
        """Return, for each grade, the smallest sets of requests and gaps that would lift a claim to it.

        An empty set means that the grade is reached already; no sets, that nothing listed would reach it.
        """
        return self.settlement(claim).sets

    def settlement(self, claim: Id) -> Settlement:
        """Return what would settle a claim, searched once, with a bounded number of trials."""
        known = self._kept.settled.get(claim)
        if known is None:
            known = self._kept.settled[claim] = settle(
                self.case, claim, known=self.verdicts, most=MOST_TRIALS
            )
        return known

    def gaining(self, ask: Id) -> list[Source]:
        """Return the sources that gain from an ask, by number."""
        held = (self.case.get(Source, each) for each in self.case.users(ask))
        return _by_number([each for each in held if each is not None and ask in each.gains_from])

    def behind(self, claims: list[Claim]) -> list[Source]:
        """Return the sources behind claims: who states them, where the evidence comes from, who relays it."""
        wanted: dict[Id, None] = {}
        for claim in claims:
            wanted.update(dict.fromkeys(claim.stated_by))
            wanted.update((source.id, None) for source in self.origins(claim.id))
        for claim in claims:
            for item in self.items_for(claim.id):
                wanted.update(dict.fromkeys(item.sources))
        return [self.case.of(Source)[each] for each in wanted]

    def figures(self, quantity: Id) -> list[Figure]:
        """Return what can be worked out with a quantity as its first input."""
        if self._kept.figures is None:
            self._kept.figures = figures(self.case)
        return [each for each in self._kept.figures if each.inputs[0] == quantity]

    def headline(self) -> Claim | None:
        """Return the claim that is the headline; the first by number where several are."""
        return next((claim for claim in self.case.sorted(Claim) if claim.headline), None)

    def focus(self, most: int = 5) -> list[Claim]:
        """Return the claims that a short brief is about: those under the headline.

        Where there is no headline: the claims that are stated furthest above what carries them, in
        the order of their numbers.
        """
        under = self.under_headline()
        if under:
            return under[:most]
        asked = self.statements()
        asked.sort(key=lambda claim: -self.verdicts.claims[claim.id].overstated)
        return _by_number(asked[:most])

    def under_headline(self) -> list[Claim]:
        """Return the parts of the headline; of one without parts the claims that it is drawn from.

        The headline itself where it is drawn from none; no claim where there is no headline.
        """
        headline = self.headline()
        if headline is None:
            return []
        made_of = dict.fromkeys(headline.parts)
        for step in self.steps_to(headline.id) if not made_of else ():
            made_of.update(dict.fromkeys(step.premises if not step.con else ()))
        held = (self.case.get(Claim, each) for each in made_of)
        return [each for each in held if each is not None] or [headline]

    def statements(self) -> list[Claim]:
        """Return the claims on the matter itself, by number: no method, no assumption, no ask."""
        return [claim for claim in self.case.sorted(Claim) if claim.kind not in ANALYST_KINDS]

    def called(self, entity: Id) -> str:
        """Return how a brief refers to an entity: by its number, and to the case as `the case`."""
        return _("the case") if entity == self.case.id else self.case.number(entity)

    def asks(self) -> list[Claim]:
        """Return the asks of the case, the heaviest first."""
        held = [claim for claim in self.case.sorted(Claim) if claim.kind is ClaimKind.ASK]
        return sorted(held, key=lambda claim: -(claim.stake or 0))

    def quantities(self, claims: list[Claim]) -> list[Quantity]:
        """Return the numbers that are stated in these claims or in the evidence for them, by number."""
        stated = {claim.id for claim in claims}
        for claim in claims:
            stated |= {item.id for item in self.items_for(claim.id)}
        return [each for each in self.case.sorted(Quantity) if stated & set(each.stated_in)]


def basis(
    case: Case,
    today: str,
    *,
    digest: str = "",
    history: str = "",
    issued: bool = False,
    why: str = "",
    despite: str = "",
    before: Case | None = None,
    journal: tuple[tuple[str, str, str], ...] = (),
) -> Basis:
    """Return the basis of a brief on a case. Says nothing about what the brief tells."""
    found = verdicts(case)
    return Basis(
        case=case,
        verdicts=found,
        findings=tuple(findings(case, found, today=today)),
        today=today,
        digest=digest,
        history=history,
        issued=issued,
        why=why,
        despite=despite,
        before=before,
        journal=journal,
    )


def _by_number(entities: list[E]) -> list[E]:
    return sorted(entities, key=lambda entity: number_key(entity.number))
