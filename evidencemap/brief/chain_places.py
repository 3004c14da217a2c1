"""Where the boxes of a chain stand: their columns, their order, their heights, and free ways past them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TypeAlias

from evidencemap.brief.columns import widened
from evidencemap.brief.drawing import State
from evidencemap.layout.metrics import Face, width, wrapped

Point: TypeAlias = "tuple[float, float]"

SMALLEST = 7.0
"""Points: nothing in a figure is set smaller."""

ROW_GAP = 18.0
"""Between two boxes of one column; a line that passes above or below one keeps within half of it."""

_CLOSE_GAP = 8.0
"""The same where no line passes a box, since there are two columns."""

_LEAD = 9.6
_PAD = 8.0
_CLOSE_PAD = 5.0
"""Above and below the words of a box that stands close to others."""

_WIDEST = 168.0
_BEND = 24.0
"""The room in which the lines to a column bend, before the level part that carries their labels."""

_PORT = 13.0
"""How far apart two steps arrive at one box: enough for a label between them."""

_LANE = 9.0
"""How far a line that passes a box, or another line, stays away from it."""

_SWEEPS = 6


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
    """One step from boxes to a box: its state, the label on its line, and what would settle it.

    A step against its conclusion ends in a bar.
    """

    premises: tuple[str, ...]
    conclusion: str
    state: State
    label: str = ""
    requests: tuple[str, ...] = ()
    con: bool = False


@dataclass(slots=True)
class Placed:
    """One box with its place, from its top left corner, and the lines of its words."""

    box: ChainBox
    column: int
    width: float
    height: float
    least: float
    title: list[str]
    under: list[str]
    x: float = 0.0
    y: float = 0.0

    @property
    def middle(self) -> float:
        """How far down the middle of the box lies."""
        return self.y + self.height / 2

    @property
    def bottom(self) -> float:
        """How far down the box ends."""
        return self.y + self.height

    @property
    def right(self) -> float:
        """How far across the box ends."""
        return self.x + self.width

    def level(self, wished: float) -> float:
        """Return where a line leaves the box that would like to run on level at `wished`."""
        return wished if abs(wished - self.middle) <= self.height / 2 - 6.0 else self.middle


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: where it begins and ends across, and where the lines to it have bent (`bend`)."""

    x: float
    right: float
    bend: float


@dataclass(slots=True)
class Plan:
    """Where everything stands; `ports` is how far down each step arrives. Lines past a box take `lanes`."""

    cards: dict[str, Placed]
    columns: list[Column]
    steps: tuple[ChainStep, ...]
    ports: dict[ChainStep, float] = field(default_factory=dict)
    _taken: dict[int, list[float]] = field(default_factory=dict)

    def above(self, step: ChainStep) -> float:
        """Return how far down, above all boxes, a line runs that leads back."""
        return min(card.y for card in self.cards.values()) - 14.0 - 11.0 * (self.steps.index(step) % 4)

    def lanes(self, start: Placed, end: float, last: int) -> list[float]:
        """Return, for each column that a line from a box to column `last` passes, a free way, and take it."""
        found: list[float] = []
        first = start.middle
        count = last - start.column
        for column in range(start.column + 1, last):
            wished = first + (end - first) * (column - start.column) / count
            found.append(self._free(column, found[-1] if found else wished))
        return found

    def _free(self, column: int, wished: float) -> float:
        taken = self._taken.setdefault(column, [])
        blocked = [
            (card.y - _LANE, card.bottom + _LANE) for card in self.cards.values() if card.column == column
        ]
        blocked += [(lane - _LANE * 0.8, lane + _LANE * 0.8) for lane in taken]
        edges = [wished, *(edge for both in blocked for edge in both)]
        free = [edge for edge in edges if not any(low + 0.1 < edge < high - 0.1 for low, high in blocked)]
        lane = min(free, key=lambda edge: (round(abs(edge - wished), 1), edge))
        taken.append(lane)
        return lane


def place(boxes: Sequence[ChainBox], steps: Sequence[ChainStep], room: float) -> Plan:
    """Return the plan of a chain in `room` points: no two boxes overlap, few lines cross.

    The boxes of a chain of two columns stand closer together.
    """
    known = {box.key for box in boxes}
    drawn = tuple(
        step
        for step in dict.fromkeys(steps)
        if step.conclusion in known and step.premises and all(each in known for each in step.premises)
    )
    pairs = _forward(drawn)
    ranks = _ranks(boxes, pairs)
    columns = [[box for box in boxes if ranks[box.key] == rank] for rank in sorted(set(ranks.values()))]
    across = _across(columns, drawn, room)
    close = len(columns) < 3
    cards = {
        box.key: _card(box, number, across[number], drawn, _CLOSE_PAD if close else _PAD)
        for number, held in enumerate(columns)
        for box in held
    }
    _put(cards, [[box.key for box in held] for held in columns], pairs, _CLOSE_GAP if close else ROW_GAP)
    plan = Plan(cards=cards, columns=across, steps=drawn)
    plan.ports.update(_ports(plan))
    return plan


def fitted(text: str, room: float, size: float, face: Face, lines: int) -> list[str]:
    """Return at most `lines` lines of a text, cut between words where there is not room for all of it."""
    whole = wrapped(text, room, size, face, lines + 1)
    if len(whole) <= lines:
        return whole
    words = " ".join(whole[:lines]).split()
    while len(words) > 1:
        words.pop()
        if len(words) > 2 and words[-2].endswith((":", ",", ";")):
            words.pop()
        made = wrapped(" ".join(words).rstrip(" ,;:.") + "…", room, size, face, lines + 1)
        if len(made) <= lines:
            return made
    return wrapped(text, room, size, face, lines)


def _forward(steps: Sequence[ChainStep]) -> list[tuple[str, str]]:
    """Return the pairs of premise and conclusion, those left out that would close a circle."""
    after: dict[str, set[str]] = {}
    pairs: list[tuple[str, str]] = []
    for step in steps:
        for premise in step.premises:
            if premise != step.conclusion and premise not in _reached(after, step.conclusion):
                after.setdefault(premise, set()).add(step.conclusion)
                pairs.append((premise, step.conclusion))
    return pairs


def _reached(after: Mapping[str, set[str]], start: str) -> set[str]:
    found, ring = {start}, [start]
    while ring:
        ring = [each for one in ring for each in after.get(one, ()) if each not in found]
        found.update(ring)
    return found


def _ranks(boxes: Sequence[ChainBox], pairs: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Return the column of each box: right of its premises; what nothing leads to, left of the next."""
    ranks = {box.key: 0 for box in boxes}
    for _box in boxes:
        for premise, conclusion in pairs:
            ranks[conclusion] = max(ranks[conclusion], ranks[premise] + 1)
    reached = {conclusion for _premise, conclusion in pairs}
    for box in boxes:
        nexts = [ranks[conclusion] for premise, conclusion in pairs if premise == box.key]
        if box.key not in reached and nexts:
            ranks[box.key] = min(nexts) - 1
    return ranks


def _across(columns: Sequence[Sequence[ChainBox]], steps: Sequence[ChainStep], room: float) -> list[Column]:
    """Return where each column stands across the room, the gaps as wide as their labels need."""
    column_of = {box.key: number for number, held in enumerate(columns) for box in held}
    bends = [_bend(number, column_of, steps) for number in range(len(columns))]
    gaps = [0.0, *(bends[at] + _level_part(columns[at], steps) for at in range(1, len(columns)))]
    left = room - sum(gaps)
    wished = [min(_WIDEST, left / max(1, len(columns)))] * len(columns)
    for whole in (False, True):
        wished = widened(wished, [max(_least(box, whole=whole) for box in held) for held in columns])
    made, x = [], 0.0
    for gap, bend, wide in zip(gaps, bends, wished, strict=True):
        made.append(Column(x=x + gap, right=x + gap + wide, bend=x + min(gap, bend)))
        x += gap + wide
    return made


def _bend(number: int, column_of: Mapping[str, int], steps: Sequence[ChainStep]) -> float:
    """Return the room in which lines to a column bend: little where each comes alone, from beside it."""
    arriving = [step for step in steps if column_of[step.conclusion] == number]
    alone = len({step.conclusion for step in arriving}) == len(arriving)
    near = all(len(step.premises) == 1 and column_of[step.premises[0]] == number - 1 for step in arriving)
    return _BEND / 3 if alone and near else _BEND


def _level_part(column: Sequence[ChainBox], steps: Sequence[ChainStep]) -> float:
    keys = {box.key for box in column}
    labels = [
        width(step.label, SMALLEST, Face.BOLD) for step in steps if step.conclusion in keys and step.label
    ]
    return max([14.0, *(label + 19.0 for label in labels)])


def _least(box: ChainBox, *, whole: bool = False) -> float:
    """Return how wide a box must be so that no word in it is broken, or the name of a claim with `whole`."""
    titles = [box.title] if whole and box.claim else box.title.split()
    title = max([width(each, 8.0, Face.BOLD) for each in titles], default=0.0)
    under = max([width(word, SMALLEST, Face.SEMIBOLD) for word in box.under.split()], default=0.0)
    least = max(title, under + (9.0 if box.state else 0.0)) + 2 * _PAD + (3.0 if box.claim else 0.0) + 1.0
    return min(least, _WIDEST)


def _card(box: ChainBox, number: int, column: Column, steps: Sequence[ChainStep], pad: float) -> Placed:
    wide = column.right - column.x
    inside = wide - 2 * _PAD - (3.0 if box.claim else 0.0)
    title = fitted(box.title, inside, 8.0, Face.BOLD, 2 if box.claim else 3 if wide > 90.0 else 4)
    under = wrapped(box.under, inside - (9.0 if box.state else 0.0), SMALLEST, Face.SEMIBOLD, 2)
    arriving = sum(step.conclusion == box.key for step in steps)
    height = max(2 * pad + _LEAD * (len(title) + len(under)), _PORT * (arriving + 0.5))
    return Placed(
        box=box,
        column=number,
        width=wide,
        height=height,
        least=_least(box),
        title=title,
        under=under,
        x=column.x,
    )


def _put(
    cards: Mapping[str, Placed], columns: list[list[str]], pairs: Sequence[tuple[str, str]], gap: float
) -> None:
    """Put the boxes of each column in the order with the fewest crossings met, level with what they join."""
    for column in columns:
        _spread([cards[key] for key in column], [0.0] * len(column), gap)
    best, fewest = [list(column) for column in columns], _crossings(cards, pairs)
    for sweep in range(_SWEEPS):
        for column in columns if sweep % 2 == 0 else columns[::-1]:
            wished = {key: _wished(cards, pairs, key, ahead=sweep % 2 == 1) for key in column}
            column.sort(key=wished.__getitem__)
            _spread([cards[key] for key in column], [wished[key] for key in column], gap)
        count = _crossings(cards, pairs)
        if count < fewest:
            best, fewest = [list(column) for column in columns], count
    for ahead in (False, True, False):
        for column in best[::-1] if ahead else best:
            wished = {key: _wished(cards, pairs, key, ahead=ahead) for key in column}
            _spread([cards[key] for key in column], [wished[key] for key in column], gap)


def _wished(cards: Mapping[str, Placed], pairs: Sequence[tuple[str, str]], key: str, *, ahead: bool) -> float:
    """Return where a box would like its middle: level with what it leads to (`ahead`) or comes from."""
    joined = [
        cards[other if ahead else one].middle for one, other in pairs if key == (one if ahead else other)
    ]
    return sum(joined) / len(joined) if joined else cards[key].middle


def _spread(cards: Sequence[Placed], wished: Sequence[float], gap: float) -> None:
    """Move boxes, in their order, as near to their wishes as they can stand with `gap` points between.

    Pools of boxes that touch move together, by the mean of their wishes (isotonic regression).
    """
    offsets, down = [], 0.0
    for number, card in enumerate(cards):
        down += card.height / 2 + (gap + cards[number - 1].height / 2 if number else 0.0)
        offsets.append(down)
    pools: list[tuple[float, int]] = []
    for wish, offset in zip(wished, offsets, strict=True):
        pools.append((wish - offset, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (one, many), (other, more) = pools[-2:]
            pools[-2:] = [((one * many + other * more) / (many + more), many + more)]
    places = [mean for mean, many in pools for _one in range(many)]
    for card, mean, offset in zip(cards, places, offsets, strict=True):
        card.y = mean + offset - card.height / 2


def _crossings(cards: Mapping[str, Placed], pairs: Sequence[tuple[str, str]]) -> int:
    count = 0
    for (one, to), (other, into) in combinations(pairs, 2):
        first, second, third, fourth = cards[one], cards[to], cards[other], cards[into]
        if (first.column, second.column) == (third.column, fourth.column):
            count += (first.y - third.y) * (second.y - fourth.y) < 0
    return count


def _ports(plan: Plan) -> dict[ChainStep, float]:
    """Return where each step arrives: apart from each other, in the order of where they come from."""
    found: dict[ChainStep, float] = {}
    for key, card in plan.cards.items():
        arriving = [step for step in plan.steps if step.conclusion == key]
        arriving.sort(key=lambda step: _from(plan, step))
        for number, step in enumerate(arriving):
            found[step] = card.middle + (number - (len(arriving) - 1) / 2) * _PORT
    return found


def _from(plan: Plan, step: ChainStep) -> float:
    near = max(plan.cards[each].column for each in step.premises)
    held = [plan.cards[each].middle for each in step.premises if plan.cards[each].column == near]
    return sum(held) / len(held)
