"""A brief as it would print: pages as pictures, how long it is, what pre-flight found, where it goes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from evidencemap.errors import EvidenceMapError
from evidencemap.tongue import _, several
from evidencemap.ui.briefs import Told, called, checks_of, length_in_words, memo_pdf
from evidencemap.ui.fields import QuietBox
from evidencemap.ui.jobs import Job, Jobs
from evidencemap.ui.lettering import isolated
from evidencemap.ui.pagepictures import Page, page_count, page_image, rendered
from evidencemap.ui.pages.scrolled import LARGE, fit
from evidencemap.ui.plain import plain_label, set_plain_tooltip
from evidencemap.ui.preflights import check_labels
from evidencemap.ui.printing import print_pdf, printer_for

if TYPE_CHECKING:
    from evidencemap.brief.preflight import Preflight

_SHOWN_DPI = 90
_MOST_PAGES = 40
"""Pages that are shown; a longer brief is read as a file."""

_MOST_BESIDE = 540
"""Pixels that what stands beside the pages takes at the most, however large its text is."""

_SETTLING_MS = 600
"""How long the case must rest before the pages are made anew."""

Tell = Callable[[str, str], Told]
"""Says what a brief of a form and on a paper is about, as the case is now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """What the window needs of a brief: pages, how many there are in all, and what the checks say."""

    pages: list[Page]
    count: int
    checks: "Preflight"


class Preview(QDialog):
    """Shows a brief in any form and on either paper, and hands it to the printer, to a file, or out.

    `export_wanted` and `issue_wanted` tell the form and the paper that are shown.
    """

    failed = Signal(str)
    printed = Signal(str)
    export_wanted = Signal(str, str)
    issue_wanted = Signal(str, str)

    def __init__(self, parent: QWidget, jobs: Jobs, tell: Tell) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Print preview"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._jobs = jobs
        self._tell = tell
        self._holder = QWidget(self)
        self.pages = QVBoxLayout(self._holder)
        self.pages.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        area = QScrollArea(self)
        area.setWidget(self._holder)
        area.setWidgetResizable(True)
        area.setAccessibleName(_("Pages"))
        row = QHBoxLayout(self)
        row.addWidget(area, 1)
        row.addLayout(self._side())
        fit(self, 1240, 860)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_SETTLING_MS)
        self._rest.timeout.connect(self.open_when_ready)

    def _side(self) -> QVBoxLayout:
        self.form = QuietBox(self)
        for name, text in called().items():
            self.form.addItem(text.partition(": ")[0], name)
        self.form.setAccessibleName(_("Form of the brief"))
        self.paper = QuietBox(self)
        self.paper.addItem("Letter", "letter")
        self.paper.addItem("A4", "a4")
        self.paper.setAccessibleName(_("Paper"))
        for box in (self.form, self.paper):
            box.activated.connect(self.open_when_ready)
        self.meters = {name: QProgressBar(self) for name in ("letter", "a4")}
        gauges = QGridLayout()
        for at, (name, meter) in enumerate(self.meters.items()):
            meter.setRange(0, 100)
            meter.setTextVisible(False)
            meter.setFixedHeight(8)
            gauges.addWidget(plain_label(name.capitalize(), self), at, 0)
            gauges.addWidget(meter, at, 1)
        self.count = plain_label("", self, wrap=True)
        inside = QWidget(self)
        self.checks = QVBoxLayout()
        stack = QVBoxLayout(inside)
        stack.setContentsMargins(0, 0, 8, 0)
        stack.addWidget(self.count)
        stack.addLayout(self.checks)
        stack.addStretch(1)
        area = QScrollArea(self)
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(_("Pre-flight"))
        self.issue = QPushButton(isolated(_("Issue…")), self)
        self.issue.setObjectName("primary")
        self.issue.clicked.connect(lambda: self.issue_wanted.emit(*self.chosen))
        export = QPushButton(isolated(_("Export…")), self)
        export.setObjectName("act")
        export.clicked.connect(lambda: self.export_wanted.emit(*self.chosen))
        print_it = QPushButton(isolated(_("Print…")), self)
        print_it.setObjectName("act")
        print_it.clicked.connect(self.print_pages)
        column = QVBoxLayout()
        wide = min(self.fontMetrics().averageCharWidth() * 52, _MOST_BESIDE)
        for choice in (self.form, self.paper):
            column.addWidget(choice)
        column.addLayout(gauges)
        area.setFixedWidth(wide)
        column.addWidget(area, 1)
        foot = QVBoxLayout() if self.fontMetrics().height() > LARGE else QHBoxLayout()
        for button in (print_it, export, self.issue):
            foot.addWidget(button)
        column.addLayout(foot)
        return column

    @property
    def chosen(self) -> tuple[str, str]:
        """The form and the paper that are shown."""
        return str(self.form.currentData()), str(self.paper.currentData())

    def choose(self, template: str) -> None:
        """Show another form of brief, once the pages are made."""
        self.form.setCurrentIndex(self.form.findData(template))

    def follow(self) -> None:
        """Make the pages anew once the case has rested a moment: it has changed."""
        self._rest.start()

    def open_when_ready(self) -> None:
        """Make the pages beside the window, then open."""
        told = self._tell(*self.chosen)

        def work(job: Job) -> _Made:
            data = memo_pdf(told)
            count = page_count(data)
            pages = []
            for page in rendered(data, _SHOWN_DPI, _MOST_PAGES):
                pages.append(page)
                job.report(0.9 * len(pages) / min(count, _MOST_PAGES))
            return _Made(pages=pages, count=count, checks=checks_of(told))

        self._jobs.start("preview", _("Making the pages"), work, self._show, self._fail)

    def print_pages(self) -> None:
        """Ask for a printer and print the pages beside the window, at their own size."""
        from PySide6.QtPrintSupport import QPrintDialog

        template, paper = self.chosen
        printer = printer_for(paper)
        dialog = QPrintDialog(printer, self)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        if dialog.exec() != QPrintDialog.DialogCode.Accepted:
            return
        told = self._tell(template, paper)

        def work(job: Job) -> int:
            return print_pdf(memo_pdf(told), printer, job.report)

        def tell(count: int) -> None:
            pages = several("{count} page", "{count} pages", count)
            if isValid(self):  # It may have been closed meanwhile; printing goes on.
                self.printed.emit(_("Printed: {pages}.").format(pages=pages))

        self._jobs.start("print", _("Printing"), work, tell, self._fail)

    def _show(self, made: _Made) -> None:
        _empty(self.pages)
        for at, page in enumerate(made.pages, 1):
            label = QLabel(self._holder)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setPixmap(QPixmap.fromImage(page_image(page)))
            label.setAccessibleName(_("Page {number} of {count}").format(number=at, count=made.count))
            self.pages.addWidget(label)
        if made.count > len(made.pages):
            self.pages.addWidget(plain_label(_more(made.count - len(made.pages)), self._holder))
        self._tell_checks(made.checks)
        self.show()

    def _tell_checks(self, found: "Preflight") -> None:
        from evidencemap.brief.preflight import in_short

        said = []
        for paper, length in found.lengths.items():
            said.append(length_in_words(paper, length))
            self.meters[paper].setValue(round(length.last * 100))
            self.meters[paper].setAccessibleName(said[-1])
            set_plain_tooltip(self.meters[paper], said[-1])
        self.count.setText(" ".join([*said, in_short(found)]))
        _empty(self.checks)
        for label in check_labels(found, self):
            self.checks.addWidget(label)

    def _fail(self, error: BaseException) -> None:
        if not isinstance(error, EvidenceMapError):
            raise error
        if isValid(self):
            self.failed.emit(str(error))


def _more(count: int) -> str:
    return several(
        "{count} more page: export the brief to read it.",
        "{count} more pages: export the brief to read them.",
        count,
    )


def _empty(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
