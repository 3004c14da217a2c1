"""The chain that leads to claims as a figure, with what the picture says in words."""

from dataclasses import dataclass

from evidencemap.analysis.judged import StepStatus
from evidencemap.analysis.sentences import sentence
from evidencemap.brief.basis import Basis
from evidencemap.brief.chain import ChainBox, ChainStep, chain, fits
from evidencemap.brief.figure import line_state
from evidencemap.brief.outline import Block, Figure, Heading, State
from evidencemap.brief.phrases import listed, short, some_of
from evidencemap.brief.sections.claims import name_of
from evidencemap.model.entities import Claim, Evidence, Step
from evidencemap.model.records import Id
from evidencemap.tongue import _, capital, several

MOST_CLAIMS = 5
"""A chain shows no more claims: its boxes would grow too narrow for their words."""

MOST_RANKS = 3
"""Nor do more claims stand behind each other in it."""

DEEPEST = 240.0
"""The height of the figure of a memo in points; a chain that is higher is shown for one claim alone."""

WIDTH = 494.0
"""The width of the figure of a memo in points, which both papers have room for."""

_WORDS = {
    StepStatus.UNSUPPORTED: "no evidence",
    StepStatus.UNDERCUT: "undercut",
    StepStatus.CONTESTED: "contested",
    StepStatus.CIRCULAR: "circular",
    StepStatus.PREMISE_FAILS: "premise fails",
}
"""What stands on the line of a step that does not carry; where nothing backs it, what stands on the map."""


def where_the_chain_breaks(basis: Basis, focus: list[Claim], room: float = WIDTH) -> tuple[Block, ...]:
    """Return the figure of the chain from evidence to the claims in focus, `room` points wide.

    Where no step leads from one of them to another, it shows what leads to the first that has a gap.
    The heading says whether the chain that is shown breaks at all.
    """
    made = _among(basis, focus[:4], room)
    if made is not None:
        figure = made.figure(room, caption=made.key())
        if figure.drawing.height <= DEEPEST:
            return (_heading(basis, focus[:4]), figure)
    broken = _broken(basis, focus)
    if broken is None:
        return ()
    offered = [_nearest(basis, broken, room), _chain(basis, [broken])]
    drawn = [each.figure(room, caption=f"{_leads_to(broken)}. {each.key()}".strip()) for each in offered]
    figure = next((each for each in drawn if each.drawing.height <= DEEPEST), drawn[-1])
    return (_heading(basis, [broken]), figure)


def _heading(basis: Basis, shown: list[Claim]) -> Heading:
    breaks = any(not basis.stands(claim.id) for claim in shown)
    return Heading(text=_("Figure 1. Where the chain breaks") if breaks else _("Figure 1. What it rests on"))


def what_leads_to(basis: Basis, claim: Claim, room: float, *, directly: bool = False) -> Figure | None:
    """Return the figure of what leads to one claim, `room` points wide; None where nothing does.

    With `directly`, it shows the premises of the steps to the claim, and nothing behind them.
    """
    if not basis.steps_to(claim.id):
        return None
    if directly:
        made = _chain(basis, _leading(basis, claim, 2), into=claim, behind=False)
    else:
        made = _nearest(basis, claim, room)
    return made.figure(room)


def _leads_to(claim: Claim) -> str:
    return _("What leads to {claim}").format(claim=claim.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chain:
    """A chain that is ready to be drawn, with the text that stands for it."""

    boxes: tuple[ChainBox, ...]
    steps: tuple[ChainStep, ...]
    alt: str

    def figure(self, room: float, *, caption: str = "") -> Figure:
        return Figure(drawing=chain(self.boxes, self.steps, room), alt=self.alt, caption=caption)

    def key(self) -> str:
        """Return what the lines that are drawn stand for; what stands on a line needs no words here."""
        states = {step.state for step in self.steps}
        said = [
            _("Solid: evidence backs the step.") if State.CARRIES in states else "",
            _("Dashed with ×: nothing backs the step itself.") if State.UNSUPPORTED in states else "",
            _("Box with ?: what would settle it.") if any(step.requests for step in self.steps) else "",
        ]
        return " ".join(each for each in said if each)


def _among(basis: Basis, shown: list[Claim], room: float) -> _Chain | None:
    """Return claims as one chain; None where no step joins them, or there is no room for their words."""
    known = {claim.id for claim in shown}
    if not any(known & set(step.premises) for claim in shown for step in basis.steps_to(claim.id)):
        return None
    made = _chain(basis, shown)
    return made if fits(made.boxes, made.steps, room) else None


def _broken(basis: Basis, focus: list[Claim]) -> Claim | None:
    """Return the first claim with a gap before it, else the first that falls, else the first at all.

    None where no step leads to any.
    """
    held = [claim for claim in focus if basis.steps_to(claim.id)]
    gaps = [claim for claim in held if any(_is_gap(basis, step) for step in basis.steps_to(claim.id))]
    fallen = [claim for claim in held if not basis.stands(claim.id)]
    return next(iter((*gaps, *fallen, *held)), None)


def _is_gap(basis: Basis, step: Step) -> bool:
    return basis.verdicts.steps[step.id].status is StepStatus.UNSUPPORTED


def _nearest(basis: Basis, claim: Claim, room: float) -> _Chain:
    """Return the chain to a claim with as many claims behind each other as have room for their words."""
    for ranks in range(MOST_RANKS, 1, -1):
        shown = _leading(basis, claim, ranks)
        if _ranks(basis, shown) <= ranks:
            made = _chain(basis, shown)
            if fits(made.boxes, made.steps, room):
                return made
    return _chain(basis, _leading(basis, claim, 2), into=claim)


def _chain(basis: Basis, shown: list[Claim], *, into: Claim | None = None, behind: bool = True) -> _Chain:
    """Return claims and the steps between them as one chain; the items for a claim are one box.

    Premises that are not shown are one box by their numbers. With `into`, the only steps from claims
    that are shown are those into that one; without `behind`, no steps to the others are drawn at all,
    and items are named by their numbers.
    """
    known = {claim.id for claim in shown}
    boxes: list[ChainBox] = []
    drawn: list[ChainStep] = []
    told: list[Step] = []
    grounds: list[str] = []
    for claim in shown if behind else [each for each in shown if each is into]:
        groups: dict[bool, list[Evidence]] = {}
        others: list[Id] = []
        for step in basis.steps_to(claim.id):
            items = basis.items_of(step)
            claims = [each for each in step.premises if each in known and into in (None, claim)]
            further = [each for each in step.premises if each in basis.case.of(Claim) and each not in claims]
            if further and into not in (None, claim):
                continue
            if items:
                groups.setdefault(step.con, []).extend(items)
            if claims or further:
                told.append(step)
                others += further
                keys = [_key(claim.id, con=step.con)] if items else []
                keys += [*claims, *([f"others:{claim.id}"] if further else [])]
                drawn.append(_step(basis, step, tuple(keys)))
            elif basis.verdicts.steps[step.id].status in (StepStatus.UNSUPPORTED, StepStatus.UNDERCUT):
                told.append(step)
        for con, held in groups.items():
            items = list(dict.fromkeys(held))
            grounds.append(_ground_in_words(claim, items, con=con))
            boxes.append(_items_box(basis, claim, items, con=con, told=behind))
            own = _of_items(basis, claim, con=con)
            if own is not None:
                drawn.insert(0, own)
        if others:
            boxes.append(_others_box(basis, claim, list(dict.fromkeys(others))))
    for claim in shown:
        word = capital(_(basis.verdicts.claims[claim.id].status.value))
        boxes.append(ChainBox(key=claim.id, title=name_of(claim), under=word, state=basis.state(claim.id)))
    return _Chain(boxes=tuple(boxes), steps=tuple(drawn), alt=in_words(basis, shown, grounds, told))


def in_words(basis: Basis, claims: list[Claim], grounds: list[str], steps: list[Step]) -> str:
    """Return the text that stands for the figure: how each claim stands, what items it has, the steps.

    A step from evidence alone is told where nothing backs it, or something undercuts it.
    """
    parts = [f"{name_of(claim)}: {_(basis.verdicts.claims[claim.id].status.value)}." for claim in claims]
    parts += [*grounds, *(sentence(basis.case, basis.verdicts.steps[step.id].reason) for step in steps)]
    return " ".join(parts)


def _ground_in_words(claim: Claim, items: list[Evidence], *, con: bool) -> str:
    named = some_of([item.number for item in items])
    return (_("Against {claim}: {items}.") if con else _("For {claim}: {items}.")).format(
        claim=claim.number, items=named
    )


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
    status = basis.verdicts.steps[step.id].status
    state = line_state(basis.verdicts, step.id)
    word = State.FITS_ONLY.value if state is State.FITS_ONLY else _WORDS.get(status, "")
    gap = _is_gap(basis, step)
    return ChainStep(
        premises=premises,
        conclusion=step.conclusion,
        state=state,
        label=_(word) if word else "",
        requests=tuple(short(request.text, 140) for request in basis.settling(step)) if gap else (),
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


def _items_box(basis: Basis, claim: Claim, items: list[Evidence], *, con: bool, told: bool) -> ChainBox:
    """Return the box of the items for or against a claim, named by the words of the first or by numbers."""
    under = several("{count} item", "{count} items", len(items))
    if con:
        under = _("{items}, against").format(items=under)
    else:
        under += several(", {count} origin", ", {count} origins", len(basis.origins(claim.id)))
    first = _("{number} {text}").format(number=items[0].number, text=short(items[0].text, 80))
    title = first if told else _some([item.number for item in items])
    return ChainBox(key=_key(claim.id, con=con), title=title, under=under, claim=False)


def _others_box(basis: Basis, claim: Claim, others: list[Id]) -> ChainBox:
    numbers = [basis.case.number(each) for each in others]
    under = several("{count} further claim", "{count} further claims", len(numbers))
    return ChainBox(key=f"others:{claim.id}", title=_some(numbers), under=under)


def _some(numbers: list[str]) -> str:
    return listed(numbers) if len(numbers) <= 4 else f"{', '.join(numbers[:4])}…"


def _key(claim: Id, *, con: bool) -> str:
    return f"{'against' if con else 'items'}:{claim}"
