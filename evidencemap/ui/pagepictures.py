"""The pages of a brief as pictures, to be looked at or printed."""

from collections.abc import Iterator

from PySide6.QtGui import QImage

Page = tuple[bytes, int, int, int]
"""A page as coloured pixels: the bytes, width, height and bytes a line, in RGB."""


def rendered(data: bytes, dpi: int, most: int | None = None) -> Iterator[Page]:
    """Yield the pages of a PDF, at most so many, as RGB pixels at a resolution; one at a time in memory."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        for at in range(len(document) if most is None else min(most, len(document))):
            bitmap = document[at].render(scale=dpi / 72, rev_byteorder=True)
            yield bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride
    finally:
        document.close()


def page_count(data: bytes) -> int:
    """Return how many pages a PDF has."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        return len(document)


def page_image(page: Page) -> QImage:
    """Return a page as an image of its own."""
    data, width, height, stride = page
    return QImage(data, width, height, stride, QImage.Format.Format_RGB888).copy()
