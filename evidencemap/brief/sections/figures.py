"""The figure of a short brief: the claims it is about as one chain, with what the picture says in words."""

from evidencemap.analysis.sentences import sentence
from evidencemap.analysis.verdicts import StepStatus
from evidencemap.brief.basis import Basis
from evidencemap.brief.chain import ChainBox, ChainStep, chain
from evidencemap.brief.outline import Block, Figure, Heading, State
from evidencemap.brief.phrases import short
from evidencemap.brief.sections.claims import name_of, step_name
from evidencemap.model.entities import Claim, Step
from evidencemap.tongue import _, several


def where_the_chain_breaks(basis: Basis, focus: list[Claim], room: float = 487.0) -> tuple[Block, ...]:
    """Return the figure of the chain from evidence to the claims in focus, `room` points wide."""
    shown = focus[:4]
    steps = _steps(basis, shown)
    if not shown:
        return ()
    boxes: list[ChainBox] = []
    drawn: list[ChainStep] = []
    for claim in shown:
        items = basis.items_for(claim.id)
        if items:
            key = f"items:{claim.id}"
            under = several("{count} item", "{count} items", len(items))
            under += several(", {count} origin", ", {count} origins", len(basis.origins(claim.id)))
            boxes.append(
                ChainBox(
                    key=key,
                    title=_("{number} {text}").format(number=items[0].number, text=short(items[0].text, 80)),
                    under=under,
                    claim=False,
                )
            )
            drawn.append(ChainStep(premises=(key,), conclusion=claim.id, state=_items_state(basis, claim)))
    for claim in shown:
        word = _(basis.verdicts.claims[claim.id].status.value).capitalize()
        boxes.append(ChainBox(key=claim.id, title=name_of(claim), under=word, state=basis.state(claim.id)))
    for step in steps:
        verdict = basis.verdicts.steps[step.id]
        gap = verdict.status is StepStatus.UNSUPPORTED
        drawn.append(
            ChainStep(
                premises=step.premises,
                conclusion=step.conclusion,
                state=basis.step_state(step.id),
                label=_("no evidence") if gap else "",
                requests=tuple(short(request.text, 90) for request in basis.settling(step)) if gap else (),
            )
        )
    return (
        Heading(text=_("Figure 1. Where the chain breaks")),
        Figure(
            drawing=chain(tuple(boxes), tuple(drawn), room),
            alt=in_words(basis, shown, steps),
            caption=_(
                "Solid: evidence backs the step. Dashed with ×: nothing backs the step itself. "
                "Dotted: a premise fails. Blue: what would settle it."
            ),
        ),
    )


def in_words(basis: Basis, claims: list[Claim], steps: list[Step]) -> str:
    """Return the text that stands for the figure: each claim with its status, each step with its sentence."""
    parts = [f"{name_of(claim)}: {_(basis.verdicts.claims[claim.id].status.value)}." for claim in claims]
    parts += [
        f"{step_name(basis, step)}: {sentence(basis.case, basis.verdicts.steps[step.id].reason)}"
        for step in steps
    ]
    return " ".join(parts)


def _steps(basis: Basis, claims: list[Claim]) -> list[Step]:
    shown = {claim.id for claim in claims}
    return [
        step
        for step in basis.case.sorted(Step)
        if step.conclusion in shown and all(premise in shown for premise in step.premises)
    ]


def _items_state(basis: Basis, claim: Claim) -> State:
    states = [
        basis.step_state(step.id)
        for step in basis.steps_to(claim.id)
        if any(premise in {item.id for item in basis.items_for(claim.id)} for premise in step.premises)
    ]
    return State.CARRIES if State.CARRIES in states else states[0]
