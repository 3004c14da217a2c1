"""Exhibits made to harm whoever looks at them: bombs, loops and files that are two things at once."""

import io
import struct
import zipfile
import zlib

from PIL import Image

PNG_BEGINS = b"\x89PNG\r\n\x1a\n"
RED = (200, 30, 30)


def picture(form: str, size: tuple[int, int] = (64, 48)) -> bytes:
    """Return a sound picture of one colour."""
    made = io.BytesIO()
    Image.new("RGB", size, RED).save(made, form)
    return made.getvalue()


def pages_of(form: str, count: int) -> bytes:
    """Return a file of grey pictures, each lighter than the one before."""
    made = io.BytesIO()
    frames = [Image.new("L", (20, 20), 20 * at) for at in range(count)]
    frames[0].save(made, form, save_all=True, append_images=frames[1:])
    return made.getvalue()


def png(width: int, height: int, *, depth: int = 8, lines: int, more: bytes = b"") -> bytes:
    """Return a grey PNG that says how large it is and holds so many lines."""
    line, squeeze = bytes(1 + (width * depth + 7) // 8), zlib.compressobj(9)
    squeezed = b"".join(squeeze.compress(line) for _line in range(lines)) + squeeze.flush()
    head = struct.pack(">IIBBBBB", width, height, depth, 0, 0, 0, 0)
    return PNG_BEGINS + _chunk(b"IHDR", head) + more + _chunk(b"IDAT", squeezed) + _chunk(b"IEND", b"")


def png_of_2500_million_points() -> bytes:
    return png(50_000, 50_000, depth=1, lines=50_000)


def png_with_a_text_that_swells() -> bytes:
    return png(8, 8, lines=8, more=_chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(64 << 20), 9)))


def gif(width: int, height: int, frames: list[tuple[int, int]]) -> bytes:
    """Return a GIF of a size, with frames of whatever sizes."""
    head = b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\0\0" + b"\0\0\0\xff\xff\xff"
    held = [b"," + struct.pack("<HHHH", 0, 0, *size) + b"\0\x02\x02\x44\x01\0" for size in frames]
    return head + b"".join(held) + b";"


def tiff(width: int, height: int, strip: int, *, packed: int = 1, then: int = 0) -> bytes:
    """Return a TIFF with one strip that says how long it is; `then` is where the next picture stands."""
    said = ((256, width), (257, height), (258, 8), (259, packed), (262, 1), (273, 8), (277, 1), (278, height))
    fields = [struct.pack("<HHII", tag, 4, 1, value) for tag, value in (*said, (279, strip))]
    return b"II*\0" + struct.pack("<IH", 8, len(fields)) + b"".join(fields) + struct.pack("<I", then)


def tiff_of_many(count: int) -> bytes:
    """Return a TIFF with so many pictures, each a directory of its own."""
    one = tiff(10, 10, 100)[8:-4]
    places = [8 + (at + 1) * (len(one) + 4) for at in range(count - 1)] + [0]
    return b"II*\0" + struct.pack("<I", 8) + b"".join(one + struct.pack("<I", place) for place in places)


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >> stream\n" % (len(data), more) + data + b"\nendstream"


def pdf(*objects: bytes, box: bytes = b"[0 0 600 800]", page: bytes = b"", root: bytes = b"") -> bytes:
    """Return a PDF of one page; of its objects, from number 4 on, the first one draws the page."""
    shown = b"<< /Type /Page /Parent 2 0 R /MediaBox " + box + b" /Contents 4 0 R " + page + b" >>"
    first = (
        b"<< /Type /Catalog /Pages 2 0 R " + root + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        shown,
    )
    made, places = b"%PDF-1.7\n", []
    for number, each in enumerate((*first, *objects), 1):
        places.append(len(made))
        made += b"%d 0 obj\n" % number + each + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    return made + head + table + b"trailer << /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(made)


def pdf_whose_table_is_before_itself() -> bytes:
    made = b"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
    trailer = b"trailer << /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF" % (len(made), len(made))
    return made + b"xref\n0 1\n0000000000 65535 f \n" + trailer


def pdf_that_draws_itself(depth: int, times: int) -> bytes:
    """Return a PDF in which each drawing draws the next one many times, and the last one the first."""
    use = b"/Resources << /XObject << /F %d 0 R >> >>"
    begins = b"/Type /XObject /Subtype /Form /BBox [0 0 100 100] "
    held = [stream(b"/F Do " * times, begins + use % (5 + (at + 1) % depth)) for at in range(depth)]
    return pdf(stream(b"/F Do"), *held, page=use % 5)


def pdf_that_swells(size: int) -> bytes:
    """Return a PDF whose page has so many bytes, a multiple of a million."""
    squeeze = zlib.compressobj(1)
    squeezed = b"".join(squeeze.compress(b" " * 1_000_000) for _part in range(size // 1_000_000))
    return pdf(stream(squeezed + squeeze.flush(), b"/Filter /FlateDecode"))


def pdf_that_acts(program: str) -> bytes:
    """Return a PDF that asks, as it opens and as it closes, to start a program, run a script and go out."""
    launch = b"<< /S /Launch /F (%s) /Win << /F (%s) >> >>" % ((program.encode(),) * 2)
    script = (
        b"<< /S /JavaScript /JS (app.launchURL\\('http://127.0.0.1/'\\); this.exportDataObject\\(\\);) >>"
    )
    link = b"<< /Type /Annot /Subtype /Link /Rect [0 0 600 800] /A << /S /URI /URI (file://%s) >> >>"
    acts = b"/AA << /O " + launch + b" /C " + script + b" >> /Annots [" + link % program.encode() + b"]"
    root = b"/OpenAction " + launch + b" /AA << /WC " + script + b" >> /Names << /JavaScript << /Names [(a) "
    return pdf(stream(b"1 0 0 rg 0 0 600 800 re f"), page=acts, root=root + script + b"] >> >>")


def archive() -> bytes:
    """Return a ZIP that holds a script."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as held:
        held.writestr("run.sh", "#!/bin/sh\n")
    return made.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
