"""The map from afar: cards as rectangles and lines as strokes, painted from the arrays a look at a time."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen

from evidencemap.model.records import Id
from evidencemap.ui.canvas.bulk import Rows, draw_boxes, draw_strokes
from evidencemap.ui.canvas.looks import LOOKS, LineStyle
from evidencemap.ui.canvas.scene import Scene
from evidencemap.ui.canvas.standing import DIM, Marks
from evidencemap.ui.theme import Theme

MOST_STROKES = 6000
"""More strokes than this are an even blur: the longest are left out first."""

MOST_DASHED = 400
"""More strokes than this that nothing backs are solid: their dashes would be no longer seen."""

DASH = (4.0, 3.0)
"""The dash of a straight stroke and its gap, in pixels."""

CARD = 90.0
"""About how high a card is, in points."""

HOLLOW = frozenset({"unsupported", "premise_fails", "circular"})
"""The colours of what does not hold: a frame and nothing in it, so that it is told without its colour."""

FRAME = 1.7
"""How wide that frame is, in pixels."""

PIXELS = 2.5
"""Cards lower than so many pixels are set as pixels of one picture."""

Nodes = NDArray[np.intp]

_BARE = np.array([look.line is LineStyle.LONG_DASH for look in LOOKS])


@dataclass(frozen=True, slots=True, kw_only=True)
class Straight:
    """The rule of a view with straight strokes: the length that each stays below; whether any is dashed."""

    longest: float
    dashed: bool


def paint_strokes(
    painter: QPainter, scene: Scene, seen: QRectF, zoom: float, theme: Theme, before: Straight | None = None
) -> tuple[int, Straight]:
    """Paint the lines in sight as straight strokes; return how many, and by which rule.

    By the rule of a view `before` a strip is painted like the rest of that view.
    """
    ends = scene.ends.rows
    inside = scene.ends.rows_in(seen.left(), seen.top(), seen.right(), seen.bottom())
    if len(scene.lifted_lines):
        inside = inside[~np.isin(scene.ends.owner[inside], scene.lifted_places())]
    rows = ends[inside]
    length = np.abs(rows[:, 0] - rows[:, 2]) + np.abs(rows[:, 1] - rows[:, 3])
    longest = float("inf") if before is None else before.longest
    if before is None and len(inside) > MOST_STROKES:
        longest = float(np.partition(length, MOST_STROKES)[MOST_STROKES])
    inside = inside[length < longest]
    bare = _BARE[scene.ends.looks[scene.ends.owner[inside]]]
    dashed = int(bare.sum()) < MOST_DASHED if before is None else before.dashed
    stroke_ends(painter, scene, inside, theme)
    pen = QPen(theme.color("unsupported"), 0)
    painter.setPen(pen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    chosen = scene.ends.rows[inside[bare]]
    draw_strokes(painter, dashes_of(chosen, seen, zoom) if dashed else chosen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    return len(inside), Straight(longest=longest, dashed=dashed)


def stroke_ends(painter: QPainter, scene: Scene, rows: Nodes, theme: Theme, *, bare: bool = False) -> None:
    """Paint these lines, by their rows in the array of ends, as straight strokes.

    Those of steps that nothing backs are left out unless `bare`: they come last, above the rest.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    looks = scene.ends.looks[scene.ends.owner[rows]]
    for place in sorted(set(looks.tolist()), key=lambda each: bool(_BARE[each])):
        if _BARE[place] and not bare:
            continue
        color = LOOKS[int(place)].color
        painter.setPen(QPen(theme.color(color) if _BARE[place] else _pale(theme, color), 0))
        draw_strokes(painter, scene.ends.rows[rows[looks == place]])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)


def dashes_of(ends: Rows, seen: QRectF, zoom: float) -> Rows:
    """Return the dashes, in sight or nearly so, of straight strokes: the same wherever the view may be."""
    x, y = ends[:, 0], ends[:, 1]
    dx, dy = ends[:, 2] - x, ends[:, 3] - y
    length = np.maximum(np.hypot(dx, dy), 1e-9)
    dash, period = DASH[0] / zoom, sum(DASH) / zoom
    first, last = np.zeros(len(ends)), length
    for at, by, low, high in ((x, dx, seen.left(), seen.right()), (y, dy, seen.top(), seen.bottom())):
        slope = np.where(np.abs(by) < 1e-9, 1e-9, by) / length
        one, other = (low - period - at) / slope, (high + period - at) / slope
        first = np.maximum(first, np.minimum(one, other))
        last = np.minimum(last, np.maximum(one, other))
    begin = np.floor(first / period).astype(np.int64)
    counts = np.maximum(0, np.ceil(last / period).astype(np.int64) - begin)
    line = np.repeat(np.arange(len(ends)), counts)
    start = (np.arange(len(line)) - np.repeat(np.cumsum(counts) - counts, counts) + begin[line]) * period
    stop = np.minimum(start + dash, length[line])
    across, down = (dx / length)[line], (dy / length)[line]
    x, y = x[line], y[line]
    return np.column_stack((x + across * start, y + down * start, x + across * stop, y + down * stop))


def _pale(theme: Theme, name: str) -> QColor:
    """Return a colour half mixed with the ground, so that what nothing backs stands out among many lines."""
    one, other = theme.color(name), theme.color("ground")
    return QColor(
        (one.red() + other.red()) // 2, (one.green() + other.green()) // 2, (one.blue() + other.blue()) // 2
    )


def sketch_cards(painter: QPainter, scene: Scene, nodes: Nodes, theme: Theme) -> None:
    """Paint cards as empty boxes, for the moment until there is time to paint what stands on them."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(theme.color("card_edge"), 0))
    painter.setBrush(theme.color("card"))
    draw_boxes(painter, scene.boxes[nodes])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)


def paint_far(
    painter: QPainter,
    scene: Scene,
    nodes: Nodes,
    seen: QRectF | None,
    zoom: float,
    theme: Theme,
    marks: Marks,
) -> None:
    """Paint cards as rectangles of the colour of their look, and a frame round what stands out.

    `seen` is the part of the map that is painted; without it every rectangle is given to Qt.
    """
    scale = zoom * painter.device().devicePixelRatio()
    lit = nodes
    if marks.lit is not None:
        shown = np.zeros(len(scene.ids), dtype=bool)
        shown[[scene.index[each] for each in marks.lit if each in scene.index]] = True
        lit = nodes[shown[nodes]]
        painter.setOpacity(DIM)
        _rectangles(painter, scene, nodes[~shown[nodes]], theme, scale)
        painter.setOpacity(1.0)
    if seen is not None and CARD * scale < PIXELS:
        _as_pixels(painter, scene, lit, seen, scale, theme)
    else:
        _rectangles(painter, scene, lit, theme, scale)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("hit"))
    draw_boxes(painter, _boxes(scene, marks.hits))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for color in sorted(set(marks.ringed.values())):
        pen = QPen(theme.color(color), 2.0 / zoom)
        pen.setDashPattern([3.0, 2.0])
        painter.setPen(pen)
        draw_boxes(painter, _boxes(scene, [each for each, held in marks.ringed.items() if held == color]))
    painter.setPen(QPen(theme.color("focus"), 3.0 / zoom))
    draw_boxes(painter, _boxes(scene, marks.selection))


def _boxes(scene: Scene, items: Iterable[Id]) -> NDArray[np.float64]:
    return scene.boxes[np.array([scene.index[each] for each in items if each in scene.index], dtype=np.intp)]


def _rectangles(painter: QPainter, scene: Scene, nodes: Nodes, theme: Theme, scale: float) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(Qt.PenStyle.NoPen)
    looks = scene.looks[nodes]
    frame = FRAME / scale
    for place in np.unique(looks):
        look = LOOKS[int(place)]
        boxes = scene.boxes[nodes[looks == place]]
        painter.setBrush(QBrush(theme.color(look.color)))
        draw_boxes(painter, boxes)
        if look.color in HOLLOW and CARD * scale > 3 * FRAME:
            painter.setBrush(QBrush(theme.color("card")))
            draw_boxes(painter, boxes + np.array([frame, frame, -frame, -frame]))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)


def _as_pixels(
    painter: QPainter, scene: Scene, nodes: Nodes, seen: QRectF, scale: float, theme: Theme
) -> None:
    wide, high = int(seen.width() * scale) + 1, int(seen.height() * scale) + 1
    boxes = scene.boxes[nodes]
    left = ((boxes[:, 0] - seen.left()) * scale).astype(np.int32)
    top = ((boxes[:, 1] - seen.top()) * scale).astype(np.int32)
    across = np.maximum(1, np.rint((boxes[:, 2] - boxes[:, 0]) * scale)).astype(np.int32)
    down = np.maximum(1, np.rint((boxes[:, 3] - boxes[:, 1]) * scale)).astype(np.int32)
    inks = np.array([theme.color(look.color).rgba() for look in LOOKS], dtype=np.uint32)[scene.looks[nodes]]
    pad_x, pad_y = int(across.max(initial=0)), int(down.max(initial=0))
    row = wide + 2 * pad_x
    pixels = np.zeros((high + 2 * pad_y) * row, dtype=np.uint32)
    left, top = np.clip(left, -pad_x, wide), np.clip(top, -pad_y, high)
    first = (top + pad_y) * row + left + pad_x
    for dx in range(pad_x):
        for dy in range(pad_y):
            held = np.flatnonzero((dx < across) & (dy < down))
            pixels[first[held] + (dy * row + dx)] = inks[held]
    inside = pixels[pad_y * row + pad_x :]
    picture = QImage(inside.data, wide, high, 4 * row, QImage.Format.Format_ARGB32_Premultiplied)
    at = painter.transform().map(seen.topLeft())
    painter.save()
    painter.resetTransform()
    picture.setDevicePixelRatio(painter.device().devicePixelRatio())
    painter.drawImage(QPointF(round(at.x()), round(at.y())), picture)
    painter.restore()
