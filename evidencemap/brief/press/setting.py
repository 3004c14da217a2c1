"""Makes boxes of paragraphs: their runs set in a step of the type scale, each with its element."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evidencemap.brief.outline import Runs
from evidencemap.brief.press import style
from evidencemap.brief.press.flow import Text
from evidencemap.brief.press.inks import Inker
from evidencemap.brief.press.style import Type
from evidencemap.brief.tagged.structure import Element
from evidencemap.brief.words import pieces


@dataclass(slots=True)
class Setter:
    """Sets the paragraphs of one document, a tenth smaller where it is `compact`."""

    inker: Inker
    compact: bool

    def text(
        self, runs: Runs, element: Element, type_: Type, *, keeps: bool = False, anchors: tuple[str, ...] = ()
    ) -> Text:
        """Return one paragraph as a box."""
        type_ = style.compact(type_) if self.compact else type_
        spans, cited = self.inker.spans(runs, element, type_)
        return Text(
            spans,
            element,
            type_,
            self.inker.book,
            anchors=(*anchors, *cited),
            keeps=keeps,
            before=type_.before,
            after=type_.after,
        )

    def texts(self, runs: Runs, parent: Element, type_: Type, tag: str = "P") -> Iterator[Text]:
        """Yield a paragraph as boxes, in several where it is very long."""
        for piece in pieces(runs):
            yield self.text(piece, Element(tag, parent), type_)
