"""A reportlab canvas on which nothing can be painted without saying what it is."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from io import BytesIO
from itertools import chain
from typing import TypeAlias

from reportlab.pdfbase.pdfdoc import PDFName, PDFPage, PDFStream, PDFStreamFilterZCompress
from reportlab.pdfgen.canvas import Canvas

from evidencemap.brief.tagged.faces import Face, Glyphs
from evidencemap.brief.tagged.links import link_annotation
from evidencemap.brief.tagged.structure import Annotated, Element, Marked, write_structure

Colour: TypeAlias = tuple[float, float, float]
Point: TypeAlias = tuple[float, float]
PathStep: TypeAlias = tuple[str, tuple[float, ...]]
Written: TypeAlias = tuple[str, str]
"""What stands before and after the place of a line of text."""

_PAINTS = re.compile(r"(?:^|[\s\])>])(?:Tj|TJ|'|\"|S|s|f|F|f\*|B|B\*|b|b\*|sh|Do|BI)(?=\s|$)")


DECORATION = Element("Artifact")

_LARGE = 1_000_000
"""Above so many characters a page is compressed in less than half the time, to an eighth more bytes."""


class UntaggedContentError(RuntimeError):
    """Something was painted outside every element and every artifact: a fault of ours."""


class _Quick(PDFStreamFilterZCompress):  # type: ignore[misc]
    """Compresses with little search for what was said before."""

    def encode(self, text: str) -> bytes:
        return zlib.compress(text.encode("utf-8"), 3)


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """Pages whose content is marked as an element of the structure tree or as an artifact.

    Coordinates are PDF's own: points from the bottom left.
    """

    _code: list[str]

    def __init__(self, size: tuple[float, float], *, language: str) -> None:
        super().__init__(
            BytesIO(), pagesize=size, pdfVersion=(1, 7), invariant=1, pageCompression=1, lang=language
        )
        self.root = Element("Document")
        self._open = False
        self._marks: list[Element] | None = None
        self._mark_index = -1
        self._parents: list[list[Element] | Element] = []
        self._level = -1
        self._upright = "1 0 0 1"

    def _make_preamble(self) -> None:
        """Begin a page with no font set: reportlab's own beginning names one that is not embedded."""
        self._preamble = "1 0 0 1 0 0 cm"

    @property
    def page(self) -> int:
        """The number of the page being painted, from 1."""
        return int(self._pageNumber)

    @contextmanager
    def mark(self, element: Element) -> Iterator[None]:
        """Paint the body as content of the element; marks do not nest.

        What belongs to `DECORATION`, such as a repeated table header, is painted as an artifact.
        """
        if element is DECORATION:
            with self.artifact("Pagination"):
                yield
            return
        if self._open:
            raise UntaggedContentError(f"the mark of a {element.tag} stands inside another")
        if self._marks is None:
            self._marks = []
            self._mark_index = len(self._parents)
            self._parents.append(self._marks)
        number = len(self._marks)
        self._marks.append(element)
        element.add(Marked(self.page, number))
        self._code.append(f"/{element.tag} <</MCID {number}>> BDC")
        self._open = True
        yield
        self._code.append("EMC")
        self._open = False

    @contextmanager
    def figure(self, left: float, top: float, scale: float) -> Iterator[None]:
        """Paint the body in lengths of a figure: from its top left corner, y down, times `scale`."""
        self._need_mark("a figure")
        self._code.append(f"q {scale:.7f} 0 0 {-scale:.7f} {left:.3f} {top:.3f} cm")
        self._upright = "1 0 0 -1"
        yield
        self._upright = "1 0 0 1"
        self._code.append("Q")

    @contextmanager
    def artifact(self, kind: str = "Layout", subtype: str = "") -> Iterator[None]:
        """Paint the body as decoration that no reader speaks: Layout, or Pagination with its subtype."""
        if self._open:
            raise UntaggedContentError("an artifact stands inside a mark")
        extra = f" /Subtype /{subtype}" if subtype else ""
        self._code.append(f"/Artifact <</Type /{kind}{extra}>> BDC")
        self._open = True
        yield
        self._code.append("EMC")
        self._open = False

    def show(
        self,
        x: float,
        y: float,
        text: str | Glyphs,
        face: Face,
        size: float,
        colour: Colour,
        *,
        spacing: float = 0.0,
        spoken: bool = False,
    ) -> None:
        """Show one line of text with its base line beginning at (x, y), letters `spacing` further apart.

        Glyphs carry the text that they stand for, unless it is `spoken` by the element already.
        """
        self.put(x, y, self.written(text, face, size, colour, spacing=spacing, spoken=spoken))

    def written(
        self,
        text: str | Glyphs,
        face: Face,
        size: float,
        colour: Colour,
        *,
        spacing: float = 0.0,
        spoken: bool = False,
    ) -> Written:
        """Return what `put` shows of one line of text, wherever on this canvas its base line begins."""
        shown = face.shown(text, size, self._doc)
        if spacing:
            shown = f"{_number(spacing)} Tc {shown} 0 Tc"
        begin, end = f"BT {_rgb(colour)} rg {self._upright}", f"Tm {shown} ET"
        if isinstance(text, Glyphs) and not spoken:
            begin, end = f"/Span <</ActualText {_hex(text.text)}>> BDC {begin}", f"{end} EMC"
        return begin, end

    def put(self, x: float, y: float, written: Written) -> None:
        """Show a line of text that was written before with its base line beginning at (x, y)."""
        if not self._open:
            self._need_mark("text")
        begin, end = written
        self._code.append(f"{begin} {x:.3f} {y:.3f} {end}")

    @contextmanager
    def kept(self, operations: list[str]) -> Iterator[None]:
        """Keep what the body paints, for `stamp`, in `operations` instead of painting it here."""
        self._need_mark("what is kept")
        painted, self._code = self._code, operations
        yield
        self._code = painted

    def stamp(self, x: float, y: float, operations: Sequence[str]) -> None:
        """Paint what was kept, moved by (x, y)."""
        self._need_mark("a stamp")
        self._code.append(f"q 1 0 0 1 {x:.3f} {y:.3f} cm")
        self._code += operations
        self._code.append("Q")

    def show_turned(
        self,
        x: float,
        y: float,
        text: str,
        face: Face,
        size: float,
        colour: Colour,
        turn: tuple[float, float],
    ) -> None:
        """Show text turned by an angle, given as its cosine and sine."""
        self._need_mark("text")
        cosine, sine = (_number(part) for part in turn)
        back = _number(-turn[1])
        shown = face.shown(text, size, self._doc)
        matrix = f"{cosine} {sine} {back} {cosine} {_number(x)} {_number(y)}"
        self._code.append(f"BT {_rgb(colour)} rg {matrix} Tm {shown} ET")

    def path(
        self,
        steps: Sequence[PathStep],
        *,
        fill: Colour | None = None,
        stroke: Colour | None = None,
        width: float = 1.0,
        dash: Sequence[float] = (),
        round_ends: bool = False,
    ) -> None:
        """Paint a path of PDF steps: ("m", (x, y)), ("l", ...), ("c", six numbers), ("h", ())."""
        self._need_mark("a path")
        if fill is None and stroke is None:
            return
        begin, paint = _brush(fill, stroke, width, tuple(dash), round_ends)
        self._code.append(
            " ".join([begin, *[_STEP[operator] % numbers for operator, numbers in steps], paint])
        )

    def straight(
        self,
        points: Sequence[Point],
        stroke: Colour,
        width: float,
        dash: tuple[float, ...] = (),
        *,
        round_ends: bool = False,
    ) -> None:
        """Draw a line from point to point."""
        self._trace(_straight(len(points)), points, _brush(None, stroke, width, dash, round_ends))

    def curves(
        self,
        points: Sequence[Point],
        stroke: Colour,
        width: float,
        dash: tuple[float, ...] = (),
        *,
        round_ends: bool = False,
    ) -> None:
        """Draw a line of Bezier curves, three points each after the first."""
        self._trace(_curved(len(points)), points, _brush(None, stroke, width, dash, round_ends))

    def filled(self, points: Sequence[Point], fill: Colour) -> None:
        """Fill the area within the points."""
        self._trace(f"{_straight(len(points))} h", points, _brush(fill, None, 1.0, (), False))

    def _trace(self, form: str, points: Sequence[Point], brush: tuple[str, str]) -> None:
        if not self._open:
            self._need_mark("a path")
        self._code.append(f"{brush[0]} {form % tuple(chain.from_iterable(points))} {brush[1]}")

    def rectangle(self, x: float, y: float, width: float, height: float, fill: Colour) -> None:
        """Fill a rectangle from its bottom left corner."""
        self._need_mark("a path")
        box = " ".join(_number(part) for part in (x, y, width, height))
        self._code.append(f"q {_rgb(fill)} rg {box} re f Q")

    def rule(self, x0: float, x1: float, y: float, width: float, colour: Colour) -> None:
        """Draw a level line from x0 to x1."""
        self.path((("m", (x0, y)), ("l", (x1, y))), stroke=colour, width=width)

    def link(self, element: Element, box: tuple[float, float, float, float], target: str, words: str) -> None:
        """Make a box of the page a link: to "#" and an anchor inside, or to an address.

        `words` is what a screen reader says of it.
        """
        inside = self._bookmarkReference(target[1:]) if target.startswith("#") else None
        annotation = link_annotation(box, words, len(self._parents), target, inside)
        self._parents.append(element)
        self._annotationCount += 1
        name = f"NUMBER{self._annotationCount}"
        self._doc.addAnnotation(name, annotation)
        self._annotatePage(name)
        element.add(Annotated(self.page, self._doc.annotationName(name)))

    def anchor(self, name: str, top: float) -> None:
        """Name a height of this page so that links can go there."""
        self.bookmarkPage(name, fit="XYZ", left=0, top=round(top, 2), zoom=0)

    def entry(self, title: str, anchor: str, level: int) -> None:
        """Add an entry to the document's outline; a level (from 0) never jumps down by more than one."""
        self._level = min(level, self._level + 1)
        self.addOutlineEntry(title, anchor, self._level, closed=False)

    def showPage(self) -> None:  # noqa: N802
        """End the page. Raises UntaggedContentError where something was painted outside every mark."""
        self._check_marks()
        super().showPage()
        self._marks = None

    def digest(self) -> bytes:
        """Return the SHA-256 of what was painted on this page so far."""
        return hashlib.sha256("\n".join(self._code).encode("utf-8", "backslashreplace")).digest()

    def finish(self) -> None:
        """Write the structure of all pages into the document."""
        write_structure(self._doc, self.root, self._parents)

    def _setXObjects(self, thing: object) -> None:  # noqa: N802
        super()._setXObjects(thing)
        if isinstance(thing, PDFPage):
            thing.__NoDefault__ = [*PDFPage.__NoDefault__, "StructParents", "Tabs"]
            thing.Tabs = PDFName("S")
            if len(thing.stream) > _LARGE:
                thing.Contents = PDFStream(content=thing.stream, filters=[_Quick()])
            if self._marks is not None:
                thing.StructParents = self._mark_index

    def _need_mark(self, what: str) -> None:
        if not self._open:
            raise UntaggedContentError(f"{what} on page {self.page} belongs to no element and no artifact")

    def _check_marks(self) -> None:
        depth = 0
        for operation in self._code:
            if operation == "EMC":
                depth -= 1
            elif operation.startswith("/") and operation.endswith(" BDC"):
                depth += 1
            elif depth == 0 and (found := _PAINTS.search(operation)):
                raise UntaggedContentError(
                    f"content on page {self.page} belongs to no element and no artifact: "
                    f"{operation[max(0, found.start() - 40) : found.end()]}"
                )
        if depth:
            raise UntaggedContentError(f"a mark on page {self.page} is left open")


def viewer_shows_title(canvas: TaggedCanvas) -> None:
    """Ask viewers to show the document's title instead of the file's name (PDF/UA-1 7.1)."""
    canvas.setViewerPreference("DisplayDocTitle", "true")


_STEP = {"m": "%.2f %.2f m", "l": "%.2f %.2f l", "c": "%.2f %.2f %.2f %.2f %.2f %.2f c", "h": "h"}
"""How each step of a path is written: to a hundredth of a point, which no printer shows."""


@cache
def _straight(count: int) -> str:
    """Return how a line through so many points is written."""
    return " ".join([_STEP["m"], *[_STEP["l"]] * (count - 1)])


@cache
def _curved(count: int) -> str:
    """Return how a line of Bezier curves through so many points is written."""
    return " ".join([_STEP["m"], *[_STEP["c"]] * ((count - 1) // 3)])


@lru_cache(maxsize=2048)
def _brush(
    fill: Colour | None, stroke: Colour | None, width: float, dash: tuple[float, ...], round_ends: bool
) -> tuple[str, str]:
    """Return what stands before and after the steps of a path."""
    begin = ["q"]
    if fill is not None:
        begin.append(f"{_rgb(fill)} rg")
    if stroke is not None:
        begin.append(f"{_rgb(stroke)} RG {_number(width)} w")
        if dash:
            begin.append(f"[{' '.join(_number(part) for part in dash)}] 0 d")
        if round_ends:
            begin.append("1 J 1 j")
    paint = "B" if fill is not None and stroke is not None else "f" if fill is not None else "S"
    return " ".join(begin), f"{paint} Q"


@lru_cache(maxsize=1024)
def _rgb(colour: Colour) -> str:
    return " ".join(_number(part) for part in colour)


def _number(value: float) -> str:
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _hex(text: str) -> str:
    return f"<{(chr(0xFEFF) + text).encode('utf-16-be', 'replace').hex().upper()}>"
