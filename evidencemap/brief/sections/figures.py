"""The chain that leads to claims as a figure, with what the picture says in words."""

from evidencemap.analysis.sentences import sentence
from evidencemap.analysis.verdicts import StepStatus
from evidencemap.brief.basis import Basis
from evidencemap.brief.chain import ChainBox, ChainStep, chain
from evidencemap.brief.figure import line_state
from evidencemap.brief.outline import Block, Figure, Heading, State
from evidencemap.brief.phrases import short
from evidencemap.brief.sections.claims import name_of, step_name
from evidencemap.model.entities import Claim, Evidence, Step
from evidencemap.model.records import Id
from evidencemap.tongue import _, several

MOST_CLAIMS = 5
"""A chain shows no more claims: its boxes would grow too narrow for their words."""

MOST_RANKS = 3
"""Nor do more claims stand behind each other in it."""


def where_the_chain_breaks(basis: Basis, focus: list[Claim], room: float = 487.0) -> tuple[Block, ...]:
    """Return the figure of the chain from evidence to the claims in focus, `room` points wide."""
    if not focus:
        return ()
    caption = _(
        "Solid: evidence backs the step. Dashed with ×: nothing backs the step itself. "
        "Dotted: a premise fails. Blue: what would settle it."
    )
    figure = chain_figure(basis, focus[:4], room, caption=caption)
    return (Heading(text=_("Figure 1. Where the chain breaks")), figure)


def what_leads_to(basis: Basis, claim: Claim, room: float) -> Figure | None:
    """Return the figure of what leads to one claim, `room` points wide; None where nothing does."""
    if not basis.steps_to(claim.id):
        return None
    title = _("What leads to {claim}").format(claim=claim.number)
    shown = _leading(basis, claim, MOST_RANKS)
    if _ranks(basis, shown) <= MOST_RANKS:
        return chain_figure(basis, shown, room, title=title)
    return chain_figure(basis, _leading(basis, claim, 2), room, title=title, into=claim)


def chain_figure(
    basis: Basis,
    shown: list[Claim],
    room: float,
    *,
    title: str = "",
    caption: str = "",
    into: Claim | None = None,
) -> Figure:
    """Return claims and the steps between them as one chain; the items for a claim are one box.

    With `into`, the only steps from claims that are shown are those into that one.
    """
    known = {claim.id for claim in shown}
    boxes: list[ChainBox] = []
    drawn: list[ChainStep] = []
    told: list[Step] = []
    for claim in shown:
        groups: dict[bool, list[Evidence]] = {}
        for step in basis.steps_to(claim.id):
            items = basis.items_of(step)
            claims = [each for each in step.premises if each in known and into in (None, claim)]
            if len(items) + len(claims) < len(step.premises):
                continue
            if items:
                groups.setdefault(step.con, []).extend(items)
            if claims:
                told.append(step)
                box = (_key(claim.id, con=step.con),) if items else ()
                drawn.append(_step(basis, step, (*box, *claims)))
        for con, held in groups.items():
            boxes.append(_items_box(basis, claim, list(dict.fromkeys(held)), con=con))
            own = _of_items(basis, claim, con=con)
            if own is not None:
                drawn.insert(0, own)
    for claim in shown:
        word = _(basis.verdicts.claims[claim.id].status.value).capitalize()
        boxes.append(ChainBox(key=claim.id, title=name_of(claim), under=word, state=basis.state(claim.id)))
    return Figure(
        drawing=chain(tuple(boxes), tuple(drawn), room),
        alt=in_words(basis, shown, told),
        title=title,
        caption=caption,
    )


def in_words(basis: Basis, claims: list[Claim], steps: list[Step]) -> str:
    """Return the text that stands for the figure: each claim with its status, each step with its sentence."""
    parts = [f"{name_of(claim)}: {_(basis.verdicts.claims[claim.id].status.value)}." for claim in claims]
    parts += [
        f"{step_name(basis, step)}: {sentence(basis.case, basis.verdicts.steps[step.id].reason)}"
        for step in steps
    ]
    return " ".join(parts)


def _leading(basis: Basis, claim: Claim, ranks: int) -> list[Claim]:
    """Return the claim and the claims that lead to it, the nearest first, as many as a chain shows."""
    found: dict[Id, Claim] = {claim.id: claim}
    ring = [claim]
    for _rank in range(ranks - 1):
        following: list[Claim] = []
        for each in ring:
            for step in basis.steps_to(each.id):
                for premise in step.premises:
                    held = basis.case.get(Claim, premise)
                    if held is not None and premise not in found and len(found) < MOST_CLAIMS:
                        found[premise] = held
                        following.append(held)
        ring = following
    return list(found.values())


def _ranks(basis: Basis, shown: list[Claim]) -> int:
    """Return how many claims stand behind each other on the longest way through these."""
    ranks = {claim.id: 1 for claim in shown}
    for _round in shown:
        for claim in shown:
            for step in basis.steps_to(claim.id):
                before = [ranks[each] for each in step.premises if each in ranks]
                ranks[claim.id] = min(len(shown), max([ranks[claim.id], *(each + 1 for each in before)]))
    return max(ranks.values())


def _step(basis: Basis, step: Step, premises: tuple[str, ...]) -> ChainStep:
    gap = basis.verdicts.steps[step.id].status is StepStatus.UNSUPPORTED
    state = line_state(basis.verdicts, step.id)
    return ChainStep(
        premises=premises,
        conclusion=step.conclusion,
        state=state,
        label=_("no evidence") if gap else _("fits only") if state is State.FITS_ONLY else "",
        requests=tuple(short(request.text, 90) for request in basis.settling(step)) if gap else (),
        con=step.con,
    )


def _of_items(basis: Basis, claim: Claim, *, con: bool) -> ChainStep | None:
    """Return the steps from evidence alone as one; it carries where one of them does."""
    steps = [
        step
        for step in basis.steps_to(claim.id)
        if step.con is con and len(basis.items_of(step)) == len(step.premises)
    ]
    if not steps:
        return None
    best = next((step for step in steps if basis.step_state(step.id) is State.CARRIES), steps[0])
    return _step(basis, best, (_key(claim.id, con=con),))


def _items_box(basis: Basis, claim: Claim, items: list[Evidence], *, con: bool) -> ChainBox:
    under = several("{count} item", "{count} items", len(items))
    if con:
        under = _("{items}, against").format(items=under)
    else:
        under += several(", {count} origin", ", {count} origins", len(basis.origins(claim.id)))
    first = _("{number} {text}").format(number=items[0].number, text=short(items[0].text, 80))
    return ChainBox(key=_key(claim.id, con=con), title=first, under=under, claim=False)


def _key(claim: Id, *, con: bool) -> str:
    return f"{'against' if con else 'items'}:{claim}"
