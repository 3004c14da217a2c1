"""The memo as it would print: pages as pictures, made beside the window, and the printer."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from evidencemap.errors import EvidenceMapError
from evidencemap.tongue import _
from evidencemap.ui.briefs import Told, checks_of, memo_pdf
from evidencemap.ui.jobs import Job, Jobs
from evidencemap.ui.plain import plain_label

_SHOWN_DPI, _PRINTED_DPI = 96, 300

Page = tuple[bytes, int, int, int]
"""A page as grey or coloured pixels: the bytes, width, height and bytes a line, in RGB."""


class Preview(QDialog):
    """Shows the pages of the memo and hands them to the system's print dialog."""

    failed = Signal(str)

    def __init__(self, parent: QWidget, jobs: Jobs, told: Told) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Print preview"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._jobs = jobs
        self._told = told
        self._holder = QWidget(self)
        self.pages = QVBoxLayout(self._holder)
        self.pages.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        area = QScrollArea(self)
        area.setWidget(self._holder)
        area.setWidgetResizable(True)
        self.count = plain_label("", self, wrap=True)
        print_it = QPushButton(_("Print…"), self)
        print_it.setObjectName("primary")
        print_it.clicked.connect(self.print_pages)
        foot = QHBoxLayout()
        foot.addWidget(self.count, 1)
        foot.addWidget(print_it)
        column = QVBoxLayout(self)
        column.addWidget(area, 1)
        column.addLayout(foot)
        self.resize(920, 820)

    def open_when_ready(self) -> None:
        """Make the pages beside the window, then open."""
        told = self._told

        def work(job: Job) -> tuple[list[Page], str]:
            return pages_of(told, _SHOWN_DPI, job), checks_of(told)

        self._jobs.start("preview", _("Making the pages"), work, self._show, self._fail)

    def print_pages(self) -> None:
        """Ask for a printer and print the pages at its resolution."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec() != QPrintDialog.DialogCode.Accepted:
            return
        pages = pages_of(self._told, _PRINTED_DPI)
        painter = QPainter(printer)
        for at, page in enumerate(pages):
            if at:
                printer.newPage()
            image = _image(page)
            target = QRectF(painter.viewport())
            scale = min(target.width() / image.width(), target.height() / image.height())
            painter.drawImage(QRectF(0, 0, image.width() * scale, image.height() * scale), image)
        painter.end()

    def _show(self, made: tuple[list[Page], str]) -> None:
        pages, checks = made
        for page in pages:
            label = QLabel(self._holder)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setPixmap(QPixmap.fromImage(_image(page)))
            self.pages.addWidget(label)
        self.count.setText(checks)
        self.show()

    def _fail(self, error: BaseException) -> None:
        if not isinstance(error, EvidenceMapError):
            raise error
        self.failed.emit(str(error))


def pages_of(told: Told, dpi: int, job: Job | None = None) -> list[Page]:
    """Return the pages of the memo as RGB pixels at a resolution."""
    import pypdfium2

    made: list[Page] = []
    document = pypdfium2.PdfDocument(memo_pdf(told))
    try:
        for at in range(len(document)):
            if job is not None:
                job.report(at / len(document))
            bitmap = document[at].render(scale=dpi / 72, rev_byteorder=True)
            made.append((bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride))
    finally:
        document.close()
    return made


def _image(page: Page) -> QImage:
    data, width, height, stride = page
    return QImage(data, width, height, stride, QImage.Format.Format_RGB888).copy()
