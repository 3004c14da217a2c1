"""A drawing of the map cut into sheets that overlap, each of which says where its lines go on."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evidencemap.brief.chain import SMALLEST
from evidencemap.brief.drawing import Align, Box, BoxForm, Drawing, Label, Line, LineEnd, Shape, moved
from evidencemap.layout.geometry import Point
from evidencemap.layout.metrics import Face, width
from evidencemap.layout.paths import Box as Area
from evidencemap.layout.paths import samples
from evidencemap.model.kinds import NUMBER_IN_TEXT

OVERLAP = 240.0
"""How far two sheets overlap: more than a card is wide, so that every card is whole on one of them."""

_AIR = 30.0
"""How much of the lines above and below its cards a sheet shows."""

_HANDLE = 10.0
"""A box no wider is where the branches of a step meet, and no card."""

_TAG = 9.0
"""The size of the numbers at the edge of a sheet: no smaller than the smallest print on a card."""


def sheets(drawing: Drawing, width: float, depth: float) -> tuple[Drawing, ...]:
    """Return the drawing as sheets of a frame, nothing in them printed smaller than `SMALLEST`.

    One sheet where it fits; else sheets that overlap, row by row, those without any card left out.
    """
    sizes = [shape.size for shape in drawing.shapes if isinstance(shape, Label)]
    scale = min(1.0, width / max(1.0, drawing.width), depth / max(1.0, drawing.height))
    least = min(1.0, SMALLEST / min(sizes, default=SMALLEST))
    if scale >= least:
        return (drawing,)
    wide, high = width / least, depth / least
    frames = [
        Area(x=left, y=top, width=wide, height=high)
        for top in _starts(drawing.height, high)
        for left in _starts(drawing.width, wide)
    ]
    ends = _ends_of(drawing)
    return tuple(_cut(drawing, _close(drawing, frame), ends) for frame in _needed(drawing, frames))


def _starts(length: float, frame: float) -> list[float]:
    """Return where the sheets along one side begin: evenly, overlapping by `OVERLAP` or more."""
    if length <= frame:
        return [0.0]
    reach = max(frame - OVERLAP, frame / 3)
    count = 1 + int(-(-(length - frame) // reach))
    return [(length - frame) * at / (count - 1) for at in range(count)]


def _needed(drawing: Drawing, frames: Sequence[Area]) -> list[Area]:
    """Return the frames that together hold every card, those left out whose cards are all on others."""
    held = {at: set(_cards_in(drawing, frame)) for at, frame in enumerate(frames)}
    for at in sorted(held, key=lambda each: len(held[each])):
        others = set().union(*(cards for each, cards in held.items() if each != at))
        if held[at] <= others:
            del held[at]
    return [frames[at] for at in held]


def _cards_in(drawing: Drawing, frame: Area) -> list[int]:
    return [
        at
        for at, shape in enumerate(drawing.shapes)
        if isinstance(shape, Box) and _is_card(shape) and _inside(shape, frame)
    ]


def _close(drawing: Drawing, frame: Area) -> Area:
    """Return a frame without what is above the cards that are whole in it, and without what is below."""
    boxes = [shape for shape in drawing.shapes if isinstance(shape, Box) and _inside(shape, frame)]
    top = max(frame.y, min(box.y for box in boxes) - _AIR)
    bottom = min(frame.bottom, max(box.y + box.height for box in boxes) + _AIR)
    return Area(x=frame.x, y=top, width=frame.width, height=bottom - top)


def _cut(drawing: Drawing, frame: Area, ends: "_Ends") -> Drawing:
    """Return what lies in a frame: whole cards, and of each line to one of them what is inside.

    Where such a line goes on elsewhere it says to or from what; a line that only passes is left out.
    """
    boxes = [shape for shape in drawing.shapes if isinstance(shape, Box)]
    cards = [box for box in boxes if _is_card(box) and _inside(box, frame)]
    torn = [box for box in boxes if box.width > _HANDLE and not _inside(box, frame)]
    lines: dict[int, list[Line]] = {}
    tags: list[Label] = []
    for at, flat in ends.flat.items():
        line = drawing.shapes[at]
        if isinstance(line, Line) and ends.joined(at, frame):
            pieces = list(_line_in(line, flat, frame))
            if pieces:
                lines[at] = pieces
                tags += _tags(ends, at, line, pieces, frame, (cards, tags))
    marks = [box for box in boxes if not _is_card(box) and _inside(box, frame)]
    bare = [mark for mark in marks if not any(_through(ends.flat[at], mark) for at in lines)]
    kept: list[Shape] = []
    for at, shape in enumerate(drawing.shapes):
        if isinstance(shape, Box):
            if _inside(shape, frame) and shape not in bare:
                kept.append(shape)
        elif isinstance(shape, Label):
            whole = frame.holds((shape.x, shape.y))
            if whole and not any(_over(box, shape) for box in (*torn, *bare)):
                kept.append(shape)
        else:
            kept.extend(lines.get(at, ()))
    signs = [shape for tag in tags for shape in (_ground(tag), tag)]
    shown = tuple(moved(shape, -frame.x, -frame.y) for shape in (*kept, *signs))
    return Drawing(
        width=min(frame.width, drawing.width), height=min(frame.height, drawing.height), shapes=shown
    )


@dataclass(slots=True)
class _Ends:
    """The cards that each line of a drawing begins and ends at, and its points, by the place of its shape.

    A line that ends where the premises of a step meet (`meets`, and which end) ends, for a reader, at
    the step's conclusion; one that begins there begins at each of the premises.
    """

    flat: dict[int, list[Point]]
    begins: dict[int, list[tuple[Box, str]]]
    stops: dict[int, list[tuple[Box, str]]]
    meets: set[tuple[int, bool]]

    def joined(self, at: int, frame: Area) -> bool:
        """Tell whether a line begins or ends at a card that is whole in a frame."""
        return any(_inside(card, frame) for card, _number in (*self.begins[at], *self.stops[at]))


def _ends_of(drawing: Drawing) -> _Ends:
    cards = [
        (shape, number)
        for shape in drawing.shapes
        if isinstance(shape, Box) and _is_card(shape) and (number := _number_on(drawing, shape))
    ]
    lines = {at: shape for at, shape in enumerate(drawing.shapes) if isinstance(shape, Line)}

    def at_card(point: Point) -> list[tuple[Box, str]]:
        return [card for card in cards if _touches(card[0], point)][:1]

    first = {at: at_card(line.points[0]) for at, line in lines.items()}
    last = {at: at_card(line.points[-1]) for at, line in lines.items()}
    onward: dict[tuple[int, int], list[tuple[Box, str]]] = {}
    back: dict[tuple[int, int], list[tuple[Box, str]]] = {}
    for at, line in lines.items():
        if not first[at]:
            onward.setdefault(_near(line.points[0]), []).extend(last[at])
        if not last[at]:
            back.setdefault(_near(line.points[-1]), []).extend(first[at])
    return _Ends(
        flat={
            at: samples(line.points, 16) if line.curved else list(line.points) for at, line in lines.items()
        },
        begins={at: first[at] or back.get(_near(line.points[0]), []) for at, line in lines.items()},
        stops={at: last[at] or onward.get(_near(line.points[-1]), []) for at, line in lines.items()},
        meets={(at, False) for at in lines if not first[at]} | {(at, True) for at in lines if not last[at]},
    )


def _near(point: Point) -> tuple[int, int]:
    return round(point[0]), round(point[1])


def _touches(box: Box, point: Point) -> bool:
    x, y = point
    return box.x - 1.5 <= x <= box.x + box.width + 1.5 and box.y - 1.5 <= y <= box.y + box.height + 1.5


def _number_on(drawing: Drawing, card: Box) -> str:
    """Return the visible number that stands on a card, an empty text where none does."""
    for shape in drawing.shapes:
        if isinstance(shape, Label) and _over(card, shape):
            found = NUMBER_IN_TEXT.match(shape.text)
            if found:
                return found[0]
    return ""


def _tags(
    ends: _Ends,
    at: int,
    line: Line,
    pieces: Sequence[Line],
    frame: Area,
    taken: tuple[Sequence[Box], Sequence[Label]],
) -> list[Label]:
    """Return, where a line leaves a frame or its card is torn, the number of what is at that end."""
    cards, known = taken
    made: list[Label] = []
    for onward, held in ((False, ends.begins[at]), (True, ends.stops[at])):
        end = -1 if onward else 0
        x, y = pieces[end].points[end]
        meets = (x, y) == line.points[end] and (at, onward) in ends.meets
        if not held or meets or any(_inside(card, frame) for card, _number in held):
            continue
        number = held[0][1] + ("…" if len(held) > 1 else "")
        tag = Label(
            x=min(max(x, frame.x + 1.0), frame.right - 1.0),
            y=min(max(y + 3.0, frame.y + 9.0), frame.bottom - 2.0),
            text=f"→ {number}" if onward else f"{number} →",
            size=_TAG,
            bold=True,
            muted=True,
            align=Align.END if x > frame.x + frame.width / 2 else Align.START,
        )
        ground = _ground(tag)
        if not any(_meet(ground, each) for each in (*cards, *map(_ground, (*known, *made)))):
            made.append(tag)
    return made


def _ground(tag: Label) -> Box:
    """Return the gap in the lines in which a number at the edge of a sheet stands."""
    wide = width(tag.text, tag.size, Face.BOLD) + 4.0
    x = tag.x - wide + 1.0 if tag.align is Align.END else tag.x - 1.0
    return Box(x=x, y=tag.y - tag.size + 0.5, width=wide, height=tag.size + 2.0, form=BoxForm.GAP)


def _meet(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def _through(flat: Sequence[Point], mark: Box) -> bool:
    """Tell whether a line runs through a gap, or to where the premises of a step meet."""
    left, top, right, bottom = mark.x - 1, mark.y - 1, mark.x + mark.width + 1, mark.y + mark.height + 1
    for one, other in pairwise(flat):
        if max(one[0], other[0]) < left or min(one[0], other[0]) > right:
            continue
        if max(one[1], other[1]) < top or min(one[1], other[1]) > bottom:
            continue
        for part in range(9):
            x, y = _between(one, other, part / 8)
            if left <= x <= right and top <= y <= bottom:
                return True
    return False


def _is_card(box: Box) -> bool:
    return box.width > _HANDLE and box.form is not BoxForm.GAP


def _line_in(line: Line, flat: Sequence[Point], frame: Area) -> Iterator[Line]:
    if all(frame.holds(at) for at in flat):
        yield line
        return

    def whole(one: Point, other: Point) -> bool:
        return frame.holds(one) and frame.holds(other)

    for piece in _pieces(flat, frame.holds, whole):
        end = line.end if piece[-1] == line.points[-1] else LineEnd.NONE
        yield line._replace(points=tuple(piece), curved=False, end=end)


def _pieces(
    line: Sequence[Point], inside: Callable[[Point], bool], whole: Callable[[Point, Point], bool]
) -> list[list[Point]]:
    """Return the stretches of a polyline whose points are inside, cut where it goes out (within a tenth).

    `whole` tells of a straight stretch that all of it is inside for certain.
    """
    found: list[list[Point]] = []
    open_piece = False
    for one, other in pairwise(line):
        if whole(one, other):
            if open_piece:
                found[-1].append(other)
            else:
                found.append([one, other])
                open_piece = True
            continue
        for at in range(10):
            start = _between(one, other, at / 10)
            stop = _between(one, other, (at + 1) / 10)
            if not (inside(start) and inside(stop)):
                open_piece = False
                continue
            if open_piece:
                if at:
                    found[-1][-1] = stop
                else:
                    found[-1].append(stop)
            else:
                found.append([start, stop])
                open_piece = True
    return found


def _between(one: Point, other: Point, share: float) -> Point:
    if share >= 1.0:
        return other
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


def _inside(box: Box, frame: Area) -> bool:
    return (
        box.x >= frame.x
        and box.y >= frame.y
        and box.x + box.width <= frame.right
        and box.y + box.height <= frame.bottom
    )


def _over(box: Box, label: Label) -> bool:
    return box.x <= label.x <= box.x + box.width and box.y <= label.y <= box.y + box.height
