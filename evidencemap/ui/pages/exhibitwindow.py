"""The window in which an exhibit is looked at: its page or picture, or its plain text; nothing is opened."""

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QIntValidator, QKeySequence, QPixmap, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from evidencemap.model.entities import Exhibit
from evidencemap.storage.looking import Kind, Look, Picture, PlainText, Wish
from evidencemap.tongue import _, several
from evidencemap.ui.guarded import guarded
from evidencemap.ui.messages import announce
from evidencemap.ui.pages.exhibittext import ExhibitText
from evidencemap.ui.pages.scrolled import LARGE, fit
from evidencemap.ui.panels.exhibits import size_said
from evidencemap.ui.plain import plain_label, set_plain_tooltip
from evidencemap.ui.wording import name_shown

_ZOOMS = (1.0, 1.5, 2.0, 3.0, 4.0)
"""How much larger than the window a page may be shown."""

_MARGIN = 2

_SETTLING_MS = 400
"""How long the window must keep its size before the picture is made anew for it."""


class ExhibitWindow(QDialog):
    """Shows one exhibit, page by page, beside the case.

    `wanted` asks for another picture, as `wish` says; `stopped` wants none any more; `act_wanted` asks
    for an act of the inspector, with the id of the exhibit, and with a passage where it is about one.
    """

    wanted = Signal()
    stopped = Signal()
    act_wanted = Signal(str, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.exhibit: Exhibit | None = None
        self.look: Look | None = None
        self._page, self._zoom, self._quote = 1, 0, ""
        self._made_for = Wish()
        self._found = False
        self.title = plain_label("", self, wrap=True)
        self.title.setObjectName("title")
        self.facts = plain_label("", self, wrap=True)
        self.facts.setObjectName("hint")
        self.about = plain_label("", self, wrap=True)
        self.picture = QLabel(self)
        self.picture.setTextFormat(Qt.TextFormat.PlainText)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setStyleSheet("background: palette(mid);")
        self.area = QScrollArea(self)
        self.area.setWidget(self.picture)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.text = ExhibitText(self)
        self.sentence = plain_label("", self, wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence.setMargin(40)
        self.stack = QStackedWidget(self)
        for each in (self.area, self.text, self.sentence):
            self.stack.addWidget(each)
        self.page = QLineEdit(self)
        self.page.setValidator(QIntValidator(1, 99_999_999, self))
        self.page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.page.setFixedWidth(self.fontMetrics().horizontalAdvance("000000"))
        self.page.setAccessibleName(_("Page"))
        self.page.returnPressed.connect(lambda: self._turn_to(int(self.page.text())))
        self.count = plain_label("", self)
        self.previous = self._button("‹", _("Previous page"), lambda: self._turn(-1))
        self.next = self._button("›", _("Next page"), lambda: self._turn(1))
        self.smaller = self._button("−", _("Smaller"), lambda: self._enlarge(-1))
        self.larger = self._button("+", _("Larger"), lambda: self._enlarge(1))
        self.copy = self._button(_("Copy the text"), "", self._copy)
        self.as_text = self._button(_("As text"), "", self._show_controls)
        self.as_text.setCheckable(True)
        self.strike = self._button(_("Strike out"), "", self._strike)
        set_plain_tooltip(
            self.strike, _("What was clipped along and belongs to nothing here: select its words first.")
        )
        self.text.selectionChanged.connect(self._offer_to_strike)
        self.text.cursorPositionChanged.connect(self._offer_to_strike)
        self.stop = self._button(_("Cancel"), "", self._stop)
        self.progress = QProgressBar(self)
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setMaximumWidth(140)
        self.progress.setAccessibleName(_("Making the picture"))
        self._lay_out()
        for keys, act in (
            ("PgDown", lambda: self._scroll(1)),
            ("PgUp", lambda: self._scroll(-1)),
            ("Ctrl++", lambda: self._enlarge(1)),
            ("Ctrl+=", lambda: self._enlarge(1)),
            ("Ctrl+-", lambda: self._enlarge(-1)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self.finished.connect(self.stopped)
        self._rest_of_size = QTimer(self)
        self._rest_of_size.setSingleShot(True)
        self._rest_of_size.setInterval(_SETTLING_MS)
        self._rest_of_size.timeout.connect(self._fit)
        fit(self, 900, 1_000)

    def begin(self, exhibit: Exhibit, page: int, about: str = "", quote: str = "") -> None:
        """Turn to an exhibit and ask for one of its pages; 0 is the one with the quote."""
        self.exhibit, self.look = exhibit, None
        self._page, self._zoom, self._quote = page, 0, quote
        self.as_text.setChecked(False)
        name = f"{exhibit.number}  {name_shown(exhibit.name)}"
        self.setWindowTitle(name)
        self.title.setText(name)
        self.facts.setText(size_said(exhibit.size))
        self.about.setText(about)
        self.about.setVisible(bool(about))
        self.picture.clear()
        self.stack.setCurrentWidget(self.area)
        self._show_controls()
        self.show()
        self.area.setFocus()
        self.wanted.emit()

    def follow(self, exhibit: Exhibit) -> None:
        """Show what is struck out of the exhibit now."""
        if self.exhibit is not None and exhibit.struck != self.exhibit.struck:
            self.exhibit = exhibit
            self.text.strike(exhibit.struck)
            self._show_controls()
            self._fit()
            announce(self, self._of_what_is_struck() or _("nothing is struck out"))
        self.exhibit = exhibit

    @property
    def wish(self) -> Wish:
        """Which page is wanted, and how large it may be here."""
        room, zoom = self.area.contentsRect().size(), _ZOOMS[self._zoom] * self.devicePixelRatioF()
        bar = self.area.verticalScrollBar().sizeHint().width() + _MARGIN
        wide, high = (round(max(200, side - bar) * zoom) for side in (room.width(), room.height()))
        struck = () if self.exhibit is None else self.exhibit.struck
        return Wish(page=self._page, wide=wide, high=high, quote=self._quote, struck=struck)

    def wait(self) -> None:
        """Say that a picture is being made; what is shown stays until it is there."""
        self._made_for = self.wish
        self.progress.setValue(0)
        self.progress.show()
        self.stop.show()
        if self.look is None:
            self.sentence.setText(_("Making the picture") + "…")
            self.stack.setCurrentWidget(self.sentence)

    def advance(self, part: float) -> None:
        """Say how far that is, from 0 to 1."""
        self.progress.setValue(round(1000 * part))

    def show_look(self, look: Look) -> None:
        """Show what there is to see."""
        self.look = look
        self._rest()
        struck = () if self.exhibit is None else self.exhibit.struck
        self._found = self.text.show_text(look.text, self._quote, struck)
        if isinstance(look, Picture):
            self._page = look.page
            self._made_for = replace(self._made_for, page=look.page)
            self._show_picture(look)
        self._show_controls()
        announce(self, self.called)

    def say(self, sentence: str) -> None:
        """Say in one sentence why there is nothing to see."""
        self.look = None
        self._rest()
        self.sentence.setText(sentence)
        self.stack.setCurrentWidget(self.sentence)
        self._show_controls()
        announce(self, sentence)

    @property
    def called(self) -> str:
        """What a screen reader says of it: number and name, kind, page and size."""
        if self.exhibit is None:
            return ""
        parts = [f"{self.exhibit.number} {name_shown(self.exhibit.name)}", *self._kind_and_page()]
        return ", ".join((*parts, size_said(self.exhibit.size)))

    @guarded
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the picture anew once the window has its new size."""
        super().resizeEvent(event)
        self._rest_of_size.start()

    def _fit(self) -> None:
        wish = self.wish
        if isinstance(self.look, Picture) and self.isVisible() and wish != self._made_for:
            self.wanted.emit()

    def _kind_and_page(self) -> list[str]:
        look = self.look
        if isinstance(look, PlainText):
            return [_("plain text")]
        if isinstance(look, Picture):
            place = _("page {page} of {pages}").format(page=look.page, pages=look.pages)
            return [look.kind.value] if look.pages == 1 else [look.kind.value, place]
        return []

    def _show_picture(self, look: Picture) -> None:
        data, line = look.pixels, look.width * 3
        image = QImage(data, look.width, look.height, line, QImage.Format.Format_RGB888)
        shown, wish, zoom = QPixmap.fromImage(image), self.wish, _ZOOMS[self._zoom]
        if zoom > 1 and look.width < wish.wide and look.height < wish.high and look.kind is not Kind.PDF:
            wide, high = min(wish.wide, look.width * zoom), min(wish.high, look.height * zoom)
            shown = shown.scaled(round(wide), round(high), Qt.AspectRatioMode.KeepAspectRatio)
        shown.setDevicePixelRatio(self.devicePixelRatioF())
        self.picture.setPixmap(shown)
        self.picture.setAccessibleName(self.called)
        self.picture.setAccessibleDescription(look.text)
        self.area.setAccessibleName(self.called)
        self.area.setAccessibleDescription(look.text)
        above = look.top / self.devicePixelRatioF() if look.marked else 0
        self.area.verticalScrollBar().setValue(0)
        QTimer.singleShot(0, self, lambda: self._go_down_to(above))

    def _go_down_to(self, above: float) -> None:
        third = self.area.viewport().height() / 3
        self.area.verticalScrollBar().setValue(max(0, round(above - third)))

    def _show_controls(self) -> None:
        look = self.look
        pages = look.pages if isinstance(look, Picture) else 1
        for each in (self.previous, self.page, self.count, self.next):
            each.setVisible(pages > 1)
        for each in (self.smaller, self.larger):
            each.setVisible(isinstance(look, Picture))
        self.smaller.setEnabled(self._zoom > 0)
        self.larger.setEnabled(self._zoom < len(_ZOOMS) - 1)
        legible = isinstance(look, PlainText) or bool(isinstance(look, Picture) and look.text.strip())
        self.copy.setVisible(legible)
        self.as_text.setVisible(legible and isinstance(look, Picture))
        self.strike.setVisible(self._show_either(legible))
        self.page.setText(str(self._page))
        self.count.setText(_("of {pages}").format(pages=pages))
        self.previous.setEnabled(self._page > 1)
        self.next.setEnabled(self._page < pages)
        if self.exhibit is not None:
            said = [*self._kind_and_page(), size_said(self.exhibit.size)]
            said += [self._of_the_quote(), self._of_what_is_struck()]
            if isinstance(look, PlainText) and not look.whole:
                said.append(_("only the beginning is shown"))
            self.facts.setText(" · ".join(each for each in said if each))
            self.text.setAccessibleName(self.called)

    def _show_either(self, legible: bool) -> bool:
        """Show the picture or the text, whichever is wanted; return whether it is the text."""
        as_text = legible and (isinstance(self.look, PlainText) or self.as_text.isChecked())
        if self.look is not None:
            shown = self.text if as_text else self.area
            focused = self.focusWidget() in (self.text, self.area)
            self.stack.setCurrentWidget(shown)
            if focused:
                shown.setFocus()
        self._offer_to_strike()
        return as_text

    def _offer_to_strike(self) -> None:
        here = self.text.struck_here
        self.strike.setText(_("Put back") if here else _("Strike out"))
        self.strike.setEnabled(bool(here or self.text.chosen))

    def _strike(self) -> None:
        if self.exhibit is not None:
            here = self.text.struck_here
            self.act_wanted.emit(
                "put back" if here else "strike", (self.exhibit.id, here or self.text.chosen)
            )

    def _of_what_is_struck(self) -> str:
        count = 0 if self.exhibit is None else len(self.exhibit.struck)
        return (
            several("{count} passage is struck out", "{count} passages are struck out", count)
            if count
            else ""
        )

    def _of_the_quote(self) -> str:
        look = self.look
        if isinstance(look, PlainText) and self._quote:
            return (
                _("the quote is marked") if self._found else _("the quote does not stand here word for word")
            )
        if not self._quote or not isinstance(look, Picture) or look.kind is not Kind.PDF:
            return ""
        if look.marked:
            return _("the quote is marked")
        if look.text.strip():
            return _("the quote does not stand here word for word")
        return _("this page holds no text in which the quote could be found")

    def _turn(self, by: int) -> None:
        self._turn_to(self._page + by)

    def _turn_to(self, page: int) -> None:
        look = self.look
        if isinstance(look, Picture) and page != self._page and 1 <= page <= look.pages:
            self._page = page
            self.wanted.emit()
        self._show_controls()

    def _enlarge(self, by: int) -> None:
        zoom = min(max(self._zoom + by, 0), len(_ZOOMS) - 1)
        if zoom != self._zoom and isinstance(self.look, Picture):
            self._zoom = zoom
            self.wanted.emit()

    def _scroll(self, by: int) -> None:
        """Go on by a screen; where the page ends, to the next one."""
        shown = self.text if self.stack.currentWidget() is self.text else self.area
        bar = shown.verticalScrollBar()
        at_end = bar.value() == (bar.maximum() if by > 0 else bar.minimum())
        if at_end and isinstance(self.look, Picture):
            self._turn(by)
        else:
            bar.setValue(bar.value() + by * bar.pageStep())

    def _copy(self) -> None:
        if self.look is not None:
            QApplication.clipboard().setText(self.look.text)

    def _stop(self) -> None:
        self._rest()
        self.stopped.emit()
        if self.look is None:
            self.say(_("You stopped it: there is no picture."))
        else:
            self._page = self.look.page if isinstance(self.look, Picture) else 1
            self._show_controls()

    def _rest(self) -> None:
        self.progress.hide()
        self.stop.hide()

    def _ask(self, act: str) -> None:
        if act == "save exhibit":
            self.close()  # who takes the copy, and why, is asked in the window of the case
        if self.exhibit is not None:
            self.act_wanted.emit(act, self.exhibit.id)

    def _button(self, text: str, tip: str, act: object) -> QPushButton:
        made = QPushButton(text, self)
        made.setObjectName("act")
        made.setAutoDefault(False)
        if tip:
            made.setAccessibleName(tip)
            set_plain_tooltip(made, tip)
        made.clicked.connect(act)
        return made

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.facts, 1)
        head.addWidget(self.progress)
        head.addWidget(self.stop)
        turning, acts = QHBoxLayout(), QHBoxLayout()
        for each in (self.previous, self.page, self.count, self.next, self.smaller, self.larger):
            turning.addWidget(each)
        turning.addStretch(1)
        for each in (self.as_text, self.strike, self.copy):
            acts.addWidget(each)
        acts.addWidget(self._button(_("Custody…"), "", lambda: self._ask("custody")))
        acts.addWidget(self._button(_("Save exhibit as…"), "", lambda: self._ask("save exhibit")))
        acts.addWidget(self._button(_("Close"), "", self.reject))
        large = self.fontMetrics().height() > LARGE
        foot = QVBoxLayout() if large else QHBoxLayout()
        foot.addLayout(turning)
        foot.addLayout(acts)
        whole = QVBoxLayout(self)
        for label in (self.title, self.about):
            whole.addWidget(label)
        whole.addLayout(head)
        whole.addWidget(self.stack, 1)
        whole.addLayout(foot)
