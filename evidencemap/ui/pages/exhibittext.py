"""The text of an exhibit, letter by letter: its quote selected, and what is struck out drawn so."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from evidencemap.storage.decoder import place_of
from evidencemap.ui.guarded import guarded

Span = tuple[int, int]
"""From where to where a passage stands, as Qt counts: in units of UTF-16."""


class ExhibitText(QPlainTextEdit):
    """Shows the text of an exhibit, to be read and to choose passages from; nothing in it can be changed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._strokes = _Strokes(self.document())
        self._struck: dict[str, Span] = {}

    def show_text(self, text: str, quote: str, struck: Sequence[str]) -> bool:
        """Show a text with the passages struck out that are; return whether the quote stands in it.

        A quote that does is selected and stands in the middle.
        """
        self.setPlainText(text)
        self.strike(struck)
        span = self._span(quote)
        if span is not None:
            cursor = self.textCursor()
            cursor.setPosition(span[0])
            cursor.setPosition(span[1], QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)
            self.centerCursor()
        return span is not None

    def strike(self, struck: Sequence[str]) -> None:
        """Draw these passages as struck out, wherever they stand."""
        found = {passage: self._span(passage) for passage in struck}
        self._struck = {passage: span for passage, span in found.items() if span is not None}
        self._strokes.draw(list(self._struck.values()))

    @property
    def chosen(self) -> str:
        """The words that are selected, with single spaces between them."""
        return " ".join(self.textCursor().selection().toPlainText().split())

    @property
    def struck_here(self) -> str:
        """The passage in which the cursor stands, where it is struck out; else an empty text."""
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        within = (passage for passage, span in self._struck.items() if span[0] <= start and end <= span[1])
        return next(within, "")

    def _span(self, words: str) -> Span | None:
        text = self.toPlainText()
        found = place_of(words, text)
        if found is None:
            return None
        start, end = (len(text[:at].encode("utf-16-le", "surrogatepass")) // 2 for at in found.span())
        return start, end


class _Strokes(QSyntaxHighlighter):
    """Draws a line through passages of a document, whose letters stay as they are."""

    _spans: Sequence[Span] = ()

    def draw(self, spans: Sequence[Span]) -> None:
        """Draw a line through these passages and no others."""
        self._spans = spans
        self.rehighlight()

    @guarded
    def highlightBlock(self, text: str) -> None:
        """Draw what of the passages stands in one line of the text."""
        through = QTextCharFormat()
        through.setFontStrikeOut(True)
        block = self.currentBlock()
        begin, end = block.position(), block.position() + block.length()
        for span in self._spans:
            first, last = max(begin, span[0]), min(end, span[1])
            if first < last:
                self.setFormat(first - begin, last - first, through)
