"""A figure of an outline as SVG that stands inside an HTML page: no style, no script, no reference."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from evidencemap.brief.drawing import Align, Box, BoxForm, Figure, Label, Line, LineEnd, Stroke
from evidencemap.brief.palette import INKS
from evidencemap.brief.shapes import BAR, DASHES, FOLD, Point, direction, outline_of, steps_of
from evidencemap.brief.words import ICONS, clean_line
from evidencemap.tongue import _

FACES = "Inter, Arial, Liberation Sans, Roboto, Helvetica, sans-serif"
"""Faces of a page or picture: where the first is not to be had, the next ones are no wider than it."""

_EDGE, _MUTED, _INK = "#C3CAD2", "#5A6472", "#14181F"
_ANCHORS = {Align.START: "start", Align.CENTRE: "middle", Align.END: "end"}


def figure_svg(figure: Figure, identity: str) -> str:
    """Return the drawing as one <svg> element named by its title and described by its text."""
    drawing = figure.drawing
    title = escape(clean_line(figure.title) or _("Figure"))
    parts = [
        f'<svg role="img" aria-labelledby="{identity}-title {identity}-text"',
        f' width="{drawing.width:g}" height="{drawing.height:g}"',
        f' viewBox="0 0 {drawing.width:g} {drawing.height:g}" font-family="{FACES}">',
        f'<title id="{identity}-title">{title}</title>',
        f'<desc id="{identity}-text">{escape(clean_line(figure.alt))}</desc>',
    ]
    for shape in drawing.shapes:
        match shape:
            case Box():
                parts.extend(_box(shape))
            case Line():
                parts.extend(_line(shape))
            case Label():
                parts.append(_label(shape))
    parts.append("</svg>")
    return "\n".join(parts)


def _box(box: Box) -> Iterator[str]:
    if box.form is BoxForm.GAP:
        yield f'<path d="{_d(outline_of(box))}" fill="#FFFFFF"/>'
        return
    ink = INKS[box.state] if box.state is not None else _EDGE
    bracket = box.form is BoxForm.BRACKET
    edge = ink if bracket or box.stroke is not Stroke.SOLID else _EDGE
    stroke = Stroke.SHORT_DASH if bracket else box.stroke
    fill = "none" if not box.filled else "#F4F7FB" if bracket else "#FFFFFF"
    yield f'<path d="{_d(outline_of(box))}" fill="{fill}" stroke="{edge}"{_dash(stroke)}/>'
    if box.form is BoxForm.DOG_EAR:
        x, y = box.x + box.width - FOLD, box.y
        yield f'<path d="M{x:g} {y:g}v{FOLD:g}h{FOLD:g}" fill="none" stroke="{edge}"/>'
    if box.bar:
        yield f'<rect x="{box.x:g}" y="{box.y:g}" width="{BAR:g}" height="{box.height:g}" fill="{ink}"/>'


def _line(line: Line) -> Iterator[str]:
    ink = INKS[line.state] if line.state is not None else _MUTED
    points, tip = list(line.points), line.points[-1]
    across, head = direction(points), max(5.5, 3.4 * line.width)
    if line.end is LineEnd.ARROW:
        points[-1] = _moved(tip, across, -head * 0.8)
    path = _d(steps_of(points, curved=line.curved))
    cap = ' stroke-linecap="round"' if line.stroke is Stroke.DOTTED else ""
    width = line.width * 3 if line.stroke is Stroke.DOUBLE else line.width
    yield f'<path d="{path}" fill="none" stroke="{ink}" stroke-width="{width:g}"{_dash(line.stroke)}{cap}/>'
    if line.stroke is Stroke.DOUBLE:
        yield f'<path d="{path}" fill="none" stroke="#FFFFFF" stroke-width="{line.width:g}"/>'
    side = (-across[1], across[0])
    if line.end is LineEnd.ARROW:
        base = _moved(tip, across, -head)
        one, two = _moved(base, side, head * 0.46), _moved(base, side, -head * 0.46)
        corners = " ".join(f"{x:.2f},{y:.2f}" for x, y in (tip, one, two))
        yield f'<polygon points="{corners}" fill="{ink}"/>'
    elif line.end is LineEnd.BAR:
        half = max(4.0, 2.5 * line.width)
        (x0, y0), (x1, y1) = _moved(tip, side, half), _moved(tip, side, -half)
        bar = f"M{x0:.2f} {y0:.2f}L{x1:.2f} {y1:.2f}"
        yield f'<path d="{bar}" stroke="{ink}" stroke-width="{line.width * 1.4:g}"/>'


def _label(label: Label) -> str:
    ink = INKS[label.state] if label.state is not None else _MUTED if label.muted else _INK
    icon = f"{ICONS[label.state]} " if label.state is not None and label.icon else ""
    style = ' font-weight="bold"' if label.bold else ""
    style += ' font-style="italic"' if label.italic else ""
    style += ' text-decoration="line-through"' if label.struck else ""
    anchor = "" if label.align is Align.START else f' text-anchor="{_ANCHORS[label.align]}"'
    return (
        f'<text x="{label.x:g}" y="{label.y:g}" font-size="{label.size:g}" fill="{ink}"{style}{anchor}>'
        f"{icon}{escape(clean_line(label.text))}</text>"
    )


def _dash(stroke: Stroke) -> str:
    dashes = DASHES[stroke]
    return f' stroke-dasharray="{" ".join(f"{part:g}" for part in dashes)}"' if dashes else ""


def _moved(point: Point, along: Point, by: float) -> Point:
    return point[0] + along[0] * by, point[1] + along[1] * by


def _d(steps: list[tuple[str, tuple[float, ...]]]) -> str:
    letters = {"m": "M", "l": "L", "c": "C", "h": "Z"}
    return "".join(letters[step] + " ".join(f"{number:.2f}" for number in numbers) for step, numbers in steps)
