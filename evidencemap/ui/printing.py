"""Puts the pages of a brief on paper: on the paper that they were made for, at their own size."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageSize, QPainter

from evidencemap.errors import EvidenceMapError
from evidencemap.tongue import _
from evidencemap.ui.pagepictures import page_count, page_image, rendered

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

DPI = 300

_SIZES = {"letter": QPageSize.PageSizeId.Letter, "a4": QPageSize.PageSizeId.A4}


def printer_for(paper: str) -> "QPrinter":
    """Return a printer that is set to a paper, whole, as the pages have margins of their own."""
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(_SIZES[paper]))
    printer.setFullPage(True)
    return printer


def print_pdf(data: bytes, printer: "QPrinter", report: Callable[[float], None]) -> int:
    """Print the pages of a PDF, or those that were asked for, and return how many.

    Whatever `report`, which hears how far it is, raises stops it. Raises EvidenceMapError where the printer
    takes no page.
    """
    count = page_count(data)
    asked_for = printer.pageRanges()
    last = count if asked_for.isEmpty() else min(asked_for.lastPage(), count)
    painter = QPainter()
    if not painter.begin(printer):
        raise EvidenceMapError(_("The printer took no page."))
    done = 0
    try:
        for at, page in enumerate(rendered(data, DPI), 1):
            if at > last:
                break
            if asked_for.isEmpty() or asked_for.contains(at):
                if done:
                    printer.newPage()
                _draw(painter, page_image(page))
                done += 1
            report(at / last)
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    return done


def _draw(painter: QPainter, image: QImage) -> None:
    """Draw a page in the middle of the paper, as large as the paper allows."""
    paper = QRectF(painter.viewport())
    scale = min(paper.width() / image.width(), paper.height() / image.height())
    target = QRectF(0, 0, image.width() * scale, image.height() * scale)
    target.moveCenter(paper.center())
    painter.drawImage(target, image)
