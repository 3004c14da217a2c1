"""The faults of reportlab 5.1 that a conforming file cannot live with, each mended in one place.

Every function here is guarded by a test that fails when reportlab mends the fault itself, so that
the patch can be dropped. Clauses are those of ISO 19005-3 (PDF/A-3) and ISO 14289-1 (PDF/UA-1).
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from reportlab.pdfbase import pdfdoc, ttfonts

Method: TypeAlias = Callable[..., Any]

_NOT_TEXT = frozenset((0x0000, 0xFEFF, 0xFFFE))
_DELIMITERS = frozenset("%()<>{}[]#/")


def mend() -> None:
    """Put all four patches in place; doing it twice does no harm."""
    if getattr(pdfdoc.PDFStream.format, "ends_on_its_own_line", False):
        return
    pdfdoc.PDFStream.format = stream_with_end_on_its_own_line(pdfdoc.PDFStream.format)
    pdfdoc.PDFName = escaped_name
    ttfonts.makeToUnicodeCMap = unicode_map
    ttfonts.TTFont._TTFont__addPrivate = private_character_with_own_width(ttfonts.TTFont._TTFont__addPrivate)


def stream_with_end_on_its_own_line(original: Method) -> Method:
    """Return PDFStream.format with a line end before `endstream` (PDF/A-3 6.1.7.1).

    reportlab writes the keyword straight after the data. CR LF is clear even where the data end in CR.
    """

    def formatted(self: object, document: object) -> bytes:
        written: bytes = original(self, document)
        data = written.removesuffix(b"endstream\n")
        return data + b"\r\nendstream\n" if len(data) < len(written) else written

    formatted.ends_on_its_own_line = True  # type: ignore[attr-defined]
    return formatted


@lru_cache(maxsize=4096)
def escaped_name(data: str, *_: object) -> str:
    """Return a PDF name with every byte escaped that needs it (ISO 32000-1, 7.3.5).

    reportlab leaves "/" bare, which ends the name, and writes one hex digit for characters below 16.
    """
    parts = []
    for character in data:
        if "!" <= character <= "~" and character not in _DELIMITERS:
            parts.append(character)
        else:
            parts.extend(f"#{byte:02X}" for byte in character.encode("utf-8"))
    return "/" + "".join(parts)


def unicode_map(fontname: str, subset: Sequence[int]) -> str:
    """Return the ToUnicode map of one font subset (PDF/UA-1 7.21.7).

    reportlab maps unused codes to U+0000, writes more than the hundred entries that a block may hold,
    and five hex digits for what lies above U+FFFF.
    """
    pairs = [
        (code, value)
        for code, value in enumerate(subset)
        if value not in _NOT_TEXT and not 0xD800 <= value < 0xE000
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for start in range(0, len(pairs), 100):
        block = pairs[start : start + 100]
        lines.append(f"{len(block)} beginbfchar")
        lines.extend(
            f"<{code:02X}> <{chr(value).encode('utf-16-be').hex().upper()}>" for code, value in block
        )
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


def private_character_with_own_width(original: Method) -> Method:
    """Return TTFont's method that gives a glyph without a character one, with the width of the face.

    reportlab records the advance after shaping, unscaled, where /Widths must agree with the embedded
    font (PDF/UA-1 7.21.5).
    """

    def added(self: Any, name: str, gid: int, advance: int) -> int:
        character: int = original(self, name, gid, advance)
        self.face.charWidths[character] = self.face._pdfScale(self.face.hmetrics[gid][0])
        return character

    return added
