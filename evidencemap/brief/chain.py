"""The figure of a memo: the claims under the headline as one chain, and where it breaks.

The claims stand in columns by how far they lie from the evidence; each step is one line with its
state, and what would settle an unsupported step hangs beneath it. For the whole map see `figure`.
"""

from collections.abc import Iterator, Sequence

from evidencemap.brief.chain_places import (
    ROW_GAP,
    SMALLEST,
    ChainBox,
    ChainStep,
    Placed,
    Plan,
    Point,
    fitted,
    place,
)
from evidencemap.brief.drawing import (
    Align,
    Box,
    BoxForm,
    Drawing,
    Label,
    Line,
    LineEnd,
    Shape,
    State,
    Stroke,
    moved,
    stroke_of,
)
from evidencemap.layout.metrics import Face, elided

__all__ = ["SMALLEST", "ChainBox", "ChainStep", "chain", "fits"]

_LEAD = 9.6
_PAD = 8.0
_ASKED = 160.0


def chain(boxes: tuple[ChainBox, ...], steps: tuple[ChainStep, ...], room: float) -> Drawing:
    """Return the drawing of a chain in `room` points. Steps to or from unknown boxes are left out."""
    plan = place(boxes, steps, room)
    lines: list[Shape] = []
    words: list[Shape] = []
    for step in plan.steps:
        drawn, said = _step(plan, step)
        lines.extend(drawn)
        words.extend(said)
    cards = [shape for card in plan.cards.values() for shape in _card(card)]
    top = min(_top(shape) for shape in (*cards, *lines)) if cards else 0.0
    bottom = max([_bottom(shape) for shape in (*cards, *lines)], default=0.0)
    asked, lowest = _requests(plan, room, bottom)
    shapes = [moved(shape, 0.0, 2.0 - top) for shape in (*asked, *lines, *cards, *words)]
    return Drawing(width=room, height=lowest + 4.0 - top, shapes=tuple(shapes))


def fits(boxes: tuple[ChainBox, ...], steps: tuple[ChainStep, ...], room: float) -> bool:
    """Tell whether every box of a chain is wide enough for its longest word."""
    plan = place(boxes, steps, room)
    return all(card.width >= card.least for card in plan.cards.values())


def _card(card: Placed) -> Iterator[Shape]:
    box = card.box
    yield Box(
        x=card.x,
        y=card.y,
        width=card.width,
        height=card.height,
        form=BoxForm.CARD if box.claim else BoxForm.DOG_EAR,
        state=box.state,
        bar=box.claim,
    )
    x = card.x + _PAD + (3.0 if box.claim else 0.0)
    y = card.middle - _LEAD * (len(card.title) + len(card.under)) / 2 + 6.5
    for line in card.title:
        yield Label(x=x, y=y, text=line, size=8.0, bold=True, icon=False)
        y += _LEAD
    for number, line in enumerate(card.under):
        yield Label(
            x=x,
            y=y + 1.0,
            text=line,
            size=SMALLEST,
            bold=box.claim,
            muted=not box.claim,
            state=box.state if box.claim else None,
            icon=box.claim and number == 0,
        )
        y += _LEAD


def _step(plan: Plan, step: ChainStep) -> tuple[list[Shape], list[Shape]]:
    """Return the lines of a step, and what stands on them: its label, and where its premises meet."""
    end, port = plan.cards[step.conclusion], plan.ports[step]
    _stroke, wide = stroke_of(step.state)
    tip = LineEnd.BAR if step.con else LineEnd.ARROW
    held = [plan.cards[each] for each in step.premises]
    ahead = [card for card in held if card.column < end.column]
    behind = [card for card in held if card.column >= end.column]
    if not ahead:
        return [_over(plan, card, step, alone=True) for card in behind], _label_over(plan, behind[0], step)
    meet, last = (plan.columns[end.column].bend, port), (end.x - (2.5 if step.con else 0.0), port)
    tail = [meet, last, last]
    if len(held) == 1:
        points = _way(plan, ahead[0], end.column, port)
        level = len(points) == 4 and points[0][1] == port
        whole = [points[0], points[0], last, last] if level else [*points, *tail]
        return [_curve(whole, step, wide, tip)], _label(step, (meet[0], end.x), port)
    drawn: list[Shape] = [
        _curve(_way(plan, card, end.column, port), step, wide * 0.7, LineEnd.NONE) for card in ahead
    ]
    drawn += [_over(plan, card, step, alone=False) for card in behind]
    drawn.append(_curve([meet, *tail], step, wide, tip))
    dot = Box(x=meet[0] - 2.2, y=port - 2.2, width=4.4, height=4.4, form=BoxForm.PILL)
    return drawn, [dot, *_label(step, (meet[0] + 2.2, end.x), port)]


def _way(plan: Plan, start: Placed, last: int, port: float) -> list[Point]:
    """Return the curve from a box to where its step has bent: through a free lane of each column between."""
    bend = plan.columns[last].bend
    lanes = plan.lanes(start, port, last)
    if not lanes:
        level = start.level(port)
        return [(start.right, level), *_bent((start.right, level), (bend, port))]
    following = plan.columns[start.column + 1]
    edge = start.y if lanes[0] < start.y else start.bottom
    outside = max(start.y - lanes[0], lanes[0] - start.bottom)
    if 6.0 < outside <= ROW_GAP:
        x = start.right - 16.0
        points = [(x, edge), (x, lanes[0]), (x, lanes[0]), (start.right + 2.0, lanes[0])]
    else:
        begin = (start.right, start.level(lanes[0]))
        points = [begin, *_bent(begin, (following.bend, lanes[0]))]
    for number, lane in enumerate(lanes):
        column = plan.columns[start.column + 1 + number]
        points += [points[-1], (column.right, lane), (column.right, lane)]
        after = plan.columns[start.column + 2 + number]
        down = lanes[number + 1] if number + 1 < len(lanes) else port
        points += _bent((column.right, lane), (after.bend, down))
    return points


def _bent(one: Point, other: Point) -> list[Point]:
    """Return the rest of a curve from one point to another that is level at both ends."""
    half = (one[0] + other[0]) / 2
    return [(half, one[1]), (half, other[1]), other]


def _curve(points: list[Point], step: ChainStep, wide: float, end: LineEnd) -> Line:
    stroke, _wide = stroke_of(step.state)
    return Line(points=tuple(points), state=step.state, stroke=stroke, width=wide, end=end, curved=True)


def _over(plan: Plan, start: Placed, step: ChainStep, *, alone: bool) -> Line:
    """Return the line of a premise that stands no further left than its conclusion: above all boxes."""
    stroke, wide = stroke_of(step.state)
    end, high = plan.cards[step.conclusion], plan.above(step)
    x = start.x + start.width * 0.6
    across = end.x + end.width * 0.4 if alone else plan.columns[end.column].bend
    foot = end.y if alone else plan.ports[step]
    tip = (LineEnd.BAR if step.con else LineEnd.ARROW) if alone else LineEnd.NONE
    points = ((x, start.y), (x, high), (across, high), (across, foot))
    return Line(points=points, state=step.state, stroke=stroke, width=wide, end=tip)


def _label(step: ChainStep, flat: Point, y: float) -> list[Shape]:
    """Return the label of a step above the level part of its line."""
    if not step.label:
        return []
    state = State.NO_EVIDENCE if step.state is State.UNSUPPORTED else step.state
    return [
        Label(
            x=(flat[0] + flat[1]) / 2 - 2.0,
            y=y - 4.5,
            text=step.label,
            size=SMALLEST,
            bold=True,
            state=state,
            icon=state is not State.FITS_ONLY,
            align=Align.CENTRE,
        )
    ]


def _label_over(plan: Plan, start: Placed, step: ChainStep) -> list[Shape]:
    end = plan.cards[step.conclusion]
    one, other = start.x + start.width * 0.6, end.x + end.width * 0.4
    return _label(step, (min(one, other), max(one, other)), plan.above(step))


def _requests(plan: Plan, room: float, bottom: float) -> tuple[list[Shape], float]:
    """Return what would settle the steps, each once, beneath the chain, and where it ends below."""
    hung: dict[str, list[Point]] = {}
    more: dict[str, int] = {}
    for step in plan.steps:
        for text in step.requests[:1]:
            hung.setdefault(text, []).append(_hangs_at(plan, step))
            more[text] = max(more.get(text, 0), len(step.requests) - 1)
    if not hung:
        return [], bottom
    wide = min(_ASKED, (room - 10.0 * (len(hung) - 1)) / len(hung))
    top = bottom + 18.0
    shapes: list[Shape] = []
    lowest, taken = top, 0.0
    latest = room - len(hung) * (wide + 10.0) + 10.0
    for text in sorted(hung, key=lambda each: _mean(hung[each])):
        x = min(max(_mean(hung[text]) - wide / 2, taken), latest)
        lines = fitted(text, wide - 22.0, SMALLEST, Face.SEMIBOLD, 4)
        if more[text]:
            lines[-1] = elided(f"{lines[-1]} (+{more[text]})", wide - 22.0, SMALLEST, Face.SEMIBOLD)
        high = 10.0 + _LEAD * len(lines)
        shapes.extend(_hung(hung[text], x, wide, top))
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
        shapes.extend(_asked(lines, x, top))
        taken, latest = x + wide + 10.0, latest + wide + 10.0
        lowest = max(lowest, top + high)
    return shapes, lowest


def _mean(hung: Sequence[Point]) -> float:
    return sum(x for x, _y in hung) / len(hung)


def _hung(hung: Sequence[Point], x: float, wide: float, top: float) -> Iterator[Line]:
    for across, down in hung:
        foot = min(max(across, x + 6.0), x + wide - 6.0)
        points = ((across, down + 3.0), (across, top - 7.0), (foot, top - 7.0), (foot, top))
        yield Line(
            points=points if foot != across else (points[0], points[-1]),
            state=State.REQUEST,
            stroke=Stroke.SHORT_DASH,
        )


def _asked(lines: Sequence[str], x: float, top: float) -> Iterator[Label]:
    for number, line in enumerate(lines):
        yield Label(
            x=x + 9.0 if number == 0 else x + 16.4,
            y=top + 11.6 + _LEAD * number,
            text=line,
            size=SMALLEST,
            bold=True,
            state=State.REQUEST,
            icon=number == 0,
        )


def _hangs_at(plan: Plan, step: ChainStep) -> Point:
    """Return where on the line of a step what would settle it hangs: free of the labels beneath it."""
    end, port = plan.cards[step.conclusion], plan.ports[step]
    bend = plan.columns[end.column].bend
    held = [plan.cards[each] for each in step.premises]
    if all(card.column >= end.column for card in held):
        return (end.x + end.width * 0.4, end.bottom - 3.0)
    lower = [
        other
        for other in plan.steps
        if plan.cards[other.conclusion].column == end.column and plan.ports[other] > port
    ]
    if lower or (len(held) == 1 and held[0].level(port) != port):
        return (bend, port)
    return ((bend + end.x) / 2 - 2.0, port)


def _top(shape: Shape) -> float:
    return min(y for _x, y in shape.points) if isinstance(shape, Line) else shape.y


def _bottom(shape: Shape) -> float:
    if isinstance(shape, Line):
        return max(y for _x, y in shape.points)
    return shape.y + shape.height if isinstance(shape, Box) else shape.y
