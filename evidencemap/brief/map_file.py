"""The map as a file of its own: SVG by our own writer, PDF as a tagged figure, PNG rendered from that PDF."""

from io import BytesIO

from evidencemap.analysis.verdicts import Verdicts, verdicts
from evidencemap.brief.drawing import Figure
from evidencemap.brief.figure import map_drawing, map_in_words
from evidencemap.brief.words import clean_line
from evidencemap.errors import EvidenceMapError
from evidencemap.layout.cards import nodes_of
from evidencemap.model.case import Case
from evidencemap.model.collecting import uncollected
from evidencemap.tongue import _, language

MOST_PIXELS = 24_000_000
"""A PNG is scaled down so that it has no more."""

_DATE = "2000-01-01"
LONGEST_PAGE = 14_000.0
"""Points: a PDF page may be no longer, so a larger map is drawn smaller."""


def map_bytes(case: Case, ending: str, known: Verdicts | None = None) -> bytes:
    """Return the picture of a whole case as a file of its ending: .svg, .png or .pdf.

    The same case gives the same bytes. Raises EvidenceMapError for another ending or an empty map.
    """
    ending = ending.lower()
    if ending not in (".svg", ".png", ".pdf"):
        raise EvidenceMapError(_("A map is written as .svg, .png or .pdf."))
    with uncollected():
        return _drawn(case, ending, known if known is not None else verdicts(case))


def _drawn(case: Case, ending: str, found: Verdicts) -> bytes:
    nodes = [node.id for node in nodes_of(case)]
    if not nodes:
        raise EvidenceMapError(_("The map is empty: there is nothing to draw."))
    drawing = map_drawing(case, found)
    figure = Figure(
        drawing=drawing, alt=map_in_words(case, found, nodes), title=clean_line(case.header.title)[:300]
    )
    if ending == ".svg":
        return _svg(figure).encode("utf-8")
    return _pdf(figure) if ending == ".pdf" else _png(_pdf(figure))


def _svg(figure: Figure) -> str:
    from evidencemap.brief.svg import figure_svg

    markup = figure_svg(figure, "map")
    head, _gap, rest = markup.partition("<svg ")
    ground = '<rect width="100%" height="100%" fill="#FFFFFF"/>'
    first, mark, tail = rest.partition("</desc>")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{head}<svg xmlns="http://www.w3.org/2000/svg" '
        f"{first}{mark}\n{ground}{tail}\n"
    )


def _pdf(figure: Figure) -> bytes:
    from evidencemap.brief.fonts import FontBook
    from evidencemap.brief.press.drawing import Picture
    from evidencemap.brief.tagged.canvas import TaggedCanvas
    from evidencemap.brief.tagged.document import Metadata, tagged_file
    from evidencemap.brief.tagged.structure import Element

    drawing = figure.drawing
    scale = min(1.0, LONGEST_PAGE / max(drawing.width, drawing.height))
    width, height = drawing.width * scale, drawing.height * scale
    canvas = TaggedCanvas((width, height), language=language())
    element = Element("Figure", canvas.root, alt=clean_line(figure.alt))
    picture = Picture(drawing, element, FontBook(), height)
    picture.measure(width)
    picture.paint(canvas, 0.0, height)
    identity = canvas.digest()
    canvas.showPage()
    metadata = Metadata(
        title=figure.title or _("Map"),
        language=language(),
        date=_DATE,
        author="",
        subject="",
        keywords="",
    )
    return tagged_file(canvas, metadata, identity=identity, archival=False, attachments=())


def _png(pdf: bytes) -> bytes:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        width, height = page.get_size()
        scale = min(2.0, (MOST_PIXELS / max(1.0, width * height)) ** 0.5)
        bitmap = page.render(scale=scale, rev_byteorder=True)
        return _encoded(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels)
    finally:
        document.close()


def _encoded(pixels: bytes, width: int, height: int, stride: int, channels: int) -> bytes:
    """Return a PNG of 8-bit RGB pixels, without metadata (PNG, third edition, section 5)."""
    import struct
    import zlib

    rows = BytesIO()
    for row in range(height):
        line = pixels[row * stride : row * stride + width * channels]
        if channels == 4:
            line = _without_alpha(line)
        rows.write(b"\0" + line)

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    colour = 0 if channels == 1 else 2
    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    body = zlib.compress(rows.getvalue(), 6)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def _without_alpha(line: bytes) -> bytes:
    made = bytearray(len(line) // 4 * 3)
    for channel in range(3):
        made[channel::3] = line[channel::4]
    return bytes(made)
