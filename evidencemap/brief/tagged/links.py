"""Link annotations: boxes of a page that lead elsewhere."""

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFString

_PRINTED = 4


def link_annotation(
    box: tuple[float, float, float, float], words: str, parent: int, address: str, inside: object | None
) -> PDFDictionary:
    """Return the annotation of one link.

    `box` is left, bottom, right, top in points; `words` is its description (PDF/UA-1 7.18.5); `parent`
    its index in the parent tree; `inside` a destination in the file, else the address is used.
    """
    entry: dict[str, object] = {
        "Type": PDFName("Annot"),
        "Subtype": PDFName("Link"),
        "Rect": PDFArray([round(side, 2) for side in box]),
        "Border": PDFArray([0, 0, 0]),
        "Contents": PDFString(words),
        "StructParent": parent,
        "F": _PRINTED,
    }
    if inside is not None:
        entry["Dest"] = inside
    else:
        action = {"Type": PDFName("Action"), "S": PDFName("URI"), "URI": PDFString(address)}
        entry["A"] = PDFDictionary(action)
    return PDFDictionary(entry)
