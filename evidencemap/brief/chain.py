"""The figure of a memo: the claims under the headline as one chain, and where it breaks.

The claims stand in columns by how far they lie from the evidence; each step is one line with its
state, and what would settle an unsupported step hangs beneath it. For the whole map see `figure`.
"""

from dataclasses import dataclass, field

from evidencemap.brief.outline import Align, Box, BoxForm, Drawing, Label, Line, LineEnd, Shape, State, Stroke
from evidencemap.layout.metrics import Face, elided, width, wrapped

SMALLEST = 7.0
"""Points: nothing in a figure is set smaller."""

_LEAD = 9.6
_PAD = 8.0
_ROW_GAP = 22.0
_WIDEST = 168.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainBox:
    """One box: its title, the word of its state (or any second line), and whether it is a claim."""

    key: str
    title: str
    under: str
    state: State | None = None
    claim: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStep:
    """One step from boxes to a box: its state, the label in the gap of its line, and what would settle it.

    A step against its conclusion ends in a bar.
    """

    premises: tuple[str, ...]
    conclusion: str
    state: State
    label: str = ""
    requests: tuple[str, ...] = ()
    con: bool = False


@dataclass(slots=True)
class _Card:
    """One box while it is being placed."""

    box: ChainBox
    x: float
    width: float
    height: float
    title: list[str]
    under: list[str]
    y: float = 0.0


@dataclass(slots=True)
class _Plan:
    """Where the boxes have been put so far."""

    at: dict[str, Box] = field(default_factory=dict)
    shapes: list[Shape] = field(default_factory=list)
    bottom: float = 0.0


def chain(boxes: tuple[ChainBox, ...], steps: tuple[ChainStep, ...], room: float) -> Drawing:
    """Return the drawing of a chain in `room` points. Steps to or from unknown boxes are left out."""
    known = {box.key for box in boxes}
    drawn = tuple(
        step
        for step in steps
        if step.conclusion in known and step.premises and all(each in known for each in step.premises)
    )
    ranks = _ranks(boxes, drawn)
    columns = [[box for box in boxes if ranks[box.key] == rank] for rank in sorted(set(ranks.values()))]
    over = _over(columns, drawn)
    plan = _Plan()
    _put_boxes(plan, columns, drawn, room, top=14.0 if over else 2.0)
    lines: list[Shape] = []
    for step in drawn:
        lines.extend(_step(plan, step, columns))
    below = _requests(plan, drawn, room)
    return Drawing(width=room, height=plan.bottom + 2.0, shapes=(*below, *lines, *plan.shapes))


def stroke_of(state: State) -> tuple[Stroke, float]:
    """Return how the line of a step in this state is drawn, and its width in points."""
    return {
        State.UNSUPPORTED: (Stroke.LONG_DASH, 1.8),
        State.NO_EVIDENCE: (Stroke.LONG_DASH, 1.8),
        State.PREMISE_FAILS: (Stroke.DOTTED, 1.2),
        State.CONTESTED: (Stroke.DOUBLE, 1.0),
        State.CIRCULAR: (Stroke.DASH_DOT, 1.2),
        State.FITS_ONLY: (Stroke.EVEN_DASH, 1.4),
        State.REQUEST: (Stroke.SHORT_DASH, 0.9),
    }.get(state, (Stroke.SOLID, 1.2))


def _ranks(boxes: tuple[ChainBox, ...], steps: tuple[ChainStep, ...]) -> dict[str, int]:
    ranks = {box.key: 0 for box in boxes}
    for _ in boxes:
        for step in steps:
            after = max(ranks[each] for each in step.premises) + 1
            if ranks[step.conclusion] < after <= len(boxes):
                ranks[step.conclusion] = after
    reached = {step.conclusion for step in steps}
    for box in boxes:
        nexts = [ranks[step.conclusion] for step in steps if box.key in step.premises]
        if box.claim and box.key not in reached and nexts:
            ranks[box.key] = max(0, min(nexts) - 1)
    return ranks


def _over(columns: list[list[ChainBox]], steps: tuple[ChainStep, ...]) -> bool:
    column = {box.key: rank for rank, held in enumerate(columns) for box in held}
    return any(column[step.conclusion] - column[each] > 1 for step in steps for each in step.premises)


def _put_boxes(
    plan: _Plan, columns: list[list[ChainBox]], steps: tuple[ChainStep, ...], room: float, top: float
) -> None:
    joined = 12.0 if any(len(step.premises) > 1 for step in steps) else 0.0
    gaps = [_gap(held, steps, joined) for held in columns[:-1]]
    left = room - sum(gaps)
    shares = [0.92 if all(not box.claim for box in held) else 1.0 for held in columns]
    cards: list[_Card] = []
    x = 0.0
    for rank, held in enumerate(columns):
        wide = min(_WIDEST, left * shares[rank] / sum(shares))
        column = [_card(box, x, wide) for box in held]
        high = sum(card.height for card in column) + _ROW_GAP * (len(column) - 1)
        y = -high / 2
        for card in column:
            card.y = y
            y += card.height + _ROW_GAP
        cards.extend(column)
        x += wide + (gaps[rank] if rank < len(gaps) else 0.0)
    _level(cards, steps)
    lift = top - min(card.y for card in cards)
    for card in cards:
        card.y += lift
        placed = Box(
            x=card.x,
            y=card.y,
            width=card.width,
            height=card.height,
            form=BoxForm.CARD if card.box.claim else BoxForm.DOG_EAR,
            state=card.box.state,
            bar=card.box.claim,
        )
        plan.at[card.box.key] = placed
        plan.shapes.append(placed)
        plan.shapes.extend(_texts(placed, card.box, card.title, card.under))
        plan.bottom = max(plan.bottom, card.y + card.height)


def _gap(column: list[ChainBox], steps: tuple[ChainStep, ...], joined: float) -> float:
    """Return the room to the right of a column: as much as the labels of the steps from it need."""
    keys = {box.key for box in column}
    labels = [step.label for step in steps if step.label and keys & set(step.premises)]
    return max([26.0, *(width(label, SMALLEST, Face.BOLD) + 20.0 + joined for label in labels)])


def _card(box: ChainBox, x: float, wide: float) -> _Card:
    title = wrapped(box.title, wide - 2 * _PAD, 8.0, Face.BOLD, 2 if box.claim else 3)
    under = wrapped(box.under, wide - 2 * _PAD - (9.0 if box.state else 0.0), SMALLEST, Face.SEMIBOLD, 2)
    height = 2 * _PAD + _LEAD * (len(title) + len(under))
    return _Card(box=box, x=x, width=wide, height=height, title=title, under=under)


def _level(cards: list[_Card], steps: tuple[ChainStep, ...]) -> None:
    """Put each box of evidence level with its claim, so that the line between them is straight."""
    by_key = {card.box.key: card for card in cards}
    floor = -1e9
    for step in steps:
        first = by_key[step.premises[0]]
        if not first.box.claim:
            end = by_key[step.conclusion]
            first.y = max(floor, end.y + (end.height - first.height) / 2)
            floor = first.y + first.height + _ROW_GAP


def _texts(at: Box, box: ChainBox, title: list[str], under: list[str]) -> list[Shape]:
    x, y = at.x + _PAD + (3.0 if box.claim else 0.0), at.y + _PAD + 6.5
    made: list[Shape] = []
    for line in title:
        made.append(Label(x=x, y=y, text=line, size=8.0, bold=True, icon=False))
        y += _LEAD
    for place, line in enumerate(under):
        made.append(
            Label(
                x=x,
                y=y + 1.0,
                text=line,
                size=SMALLEST,
                bold=box.claim,
                muted=not box.claim,
                state=box.state if box.claim else None,
                icon=box.claim and place == 0,
            )
        )
        y += _LEAD
    return made


def _step(plan: _Plan, step: ChainStep, columns: list[list[ChainBox]]) -> list[Shape]:
    end = plan.at[step.conclusion]
    column = {box.key: rank for rank, held in enumerate(columns) for box in held}
    near = max(step.premises, key=lambda each: (column[each], -_off(plan.at[each], end)))
    start = plan.at[near]
    stroke, wide = stroke_of(step.state)
    tip = LineEnd.BAR if step.con else LineEnd.ARROW
    x1, y1 = start.x + start.width, start.y + start.height / 2
    x2, y2 = end.x, end.y + end.height / 2
    made: list[Shape] = []
    if abs(y1 - y2) < 0.5:
        made.append(Line(points=((x1, y1), (x2, y2)), state=step.state, stroke=stroke, width=wide, end=tip))
    else:
        bend = (x2 - x1) / 2
        made.append(
            Line(
                points=((x1, y1), (x1 + bend, y1), (x2 - bend, y2), (x2, y2)),
                state=step.state,
                stroke=stroke,
                width=wide,
                end=tip,
                curved=True,
            )
        )
    for each in step.premises:
        if each != near:
            made.append(_joined(plan.at[each], start, x1, y1, step.state, column[near] - column[each] > 0))
    if step.label:
        middle = (x1 + x2 + (12.0 if len(step.premises) > 1 else 0.0)) / 2 - 1.0
        made.append(
            Label(
                x=middle,
                y=min(y1, y2) - 5.0,
                text=step.label,
                size=SMALLEST,
                bold=True,
                state=State.FITS_ONLY if step.state is State.FITS_ONLY else State.NO_EVIDENCE,
                icon=step.state is not State.FITS_ONLY,
                align=Align.CENTRE,
            )
        )
    return made


def _off(one: Box, other: Box) -> float:
    """Return how far two boxes are from standing level."""
    return abs((one.y + one.height / 2) - (other.y + other.height / 2))


def _joined(premise: Box, near: Box, x: float, y: float, state: State, over: bool) -> Line:
    stroke, wide = stroke_of(state)
    meet = (x + 6.0, y)
    if over:
        top = min(premise.y, near.y) - 9.0
        begin = (premise.x + premise.width * 0.8, premise.y)
        points = (begin, (begin[0], top), (begin[0] + 8.0, top), (begin[0] + 24.0, top))
        across = ((meet[0] - 24.0, top), (meet[0] - 4.0, top), (meet[0], top + 4.0), meet)
        flat = (points[-1], ((points[-1][0] + across[0][0]) / 2, top), across[0], across[0])
        return Line(
            points=(*points, *flat[1:], *across[1:]),
            state=state,
            stroke=stroke,
            width=wide * 0.7,
            curved=True,
        )
    begin = (premise.x + premise.width, premise.y + premise.height / 2)
    return Line(
        points=(begin, (x, begin[1]), (x, y), meet), state=state, stroke=stroke, width=wide * 0.7, curved=True
    )


def _requests(plan: _Plan, steps: tuple[ChainStep, ...], room: float) -> list[Shape]:
    asked = [(step, text) for step in steps for text in step.requests[:1]]
    if not asked:
        return []
    asked.sort(key=lambda each: plan.at[each[0].conclusion].x)
    wide = min(150.0, (room - 12.0 * (len(asked) - 1)) / len(asked))
    top = plan.bottom + 18.0
    shapes: list[Shape] = []
    lowest = top
    taken = 0.0
    for step, text in asked:
        end = plan.at[step.conclusion]
        starts = [plan.at[each].x + plan.at[each].width for each in step.premises]
        middle = (max(starts) + end.x) / 2
        x = min(max(middle - wide / 2, taken), room - wide)
        more = len(step.requests) - 1
        lines = wrapped(text, wide - 24.0, SMALLEST, Face.SEMIBOLD, 3)
        if more:
            lines[-1] = elided(f"{lines[-1]} (+{more})", wide - 24.0, SMALLEST, Face.SEMIBOLD)
        high = 10.0 + _LEAD * len(lines)
        y = end.y + end.height / 2
        middle = min(max(middle, x + 6.0), x + wide - 6.0)
        shapes.append(
            Line(points=((middle, y + 4.0), (middle, top)), state=State.REQUEST, stroke=Stroke.SHORT_DASH)
        )
        shapes.append(
            Box(
                x=x,
                y=top,
                width=wide,
                height=high,
                form=BoxForm.BRACKET,
                state=State.REQUEST,
                stroke=Stroke.SHORT_DASH,
            )
        )
        for place, line in enumerate(lines):
            shapes.append(
                Label(
                    x=x + 10.0 if place == 0 else x + 18.5,
                    y=top + 12.0 + _LEAD * place,
                    text=line,
                    size=SMALLEST,
                    bold=True,
                    state=State.REQUEST,
                    icon=place == 0,
                )
            )
        taken = x + wide + 8.0
        lowest = max(lowest, top + high)
    plan.bottom = lowest
    return shapes
