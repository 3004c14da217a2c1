"""The structure tree: what each piece of the page is, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFObjectReference,
    PDFString,
)

# Names of our own for whose sentence a stretch of text is; readers that do not know them see a Span.
ROLES = {"Reported": "Span", "Inferred": "Span", "Assumed": "Span"}
_NEEDS_PAGE = frozenset(("Table", "Figure", "L", "TOC", "Note"))

Attribute: TypeAlias = "str | int | tuple[float, float, float, float]"


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked piece of content: its page (from 1) and its number on that page."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Annotated:
    """An annotation on a page, by its internal name."""

    page: int
    name: str


class Element:
    """One node of the tree. It joins its parent when its first content is painted, so that children
    stand in painting order; parts of one paragraph on two pages are one element.
    """

    __slots__ = (
        "actual",
        "alt",
        "attached",
        "attributes",
        "bbox",
        "identity",
        "kids",
        "language",
        "number",
        "parent",
        "tag",
        "title",
    )

    def __init__(
        self,
        tag: str,
        parent: Element | None = None,
        *,
        alt: str = "",
        actual: str = "",
        language: str = "",
        title: str = "",
        identity: str = "",
        attributes: Mapping[str, Mapping[str, Attribute]] | None = None,
    ) -> None:
        self.tag = tag
        self.parent = parent
        self.kids: list[Element | Marked | Annotated] = []
        self.alt = alt
        self.actual = actual
        self.language = language
        self.title = title
        self.identity = identity
        self.attributes = dict(attributes or {})
        self.bbox: tuple[float, float, float, float] | None = None
        self.number = -1
        self.attached = parent is None

    def attach(self) -> None:
        """Take the next place under the parent, once."""
        if not self.attached:
            self.attached = True
            if self.parent is not None:
                self.parent.attach()
                self.parent.kids.append(self)

    def add(self, content: Marked | Annotated) -> None:
        """Record content that was painted for this element."""
        self.attach()
        self.kids.append(content)


def walk(root: Element) -> Iterator[Element]:
    """Yield the attached elements in reading order, the root first."""
    stack = [root]
    while stack:
        element = stack.pop()
        yield element
        stack.extend(kid for kid in reversed(element.kids) if isinstance(kid, Element))


def write_structure(document: PDFDocument, root: Element, parents: list[list[Element] | Element]) -> None:
    """Write the tree, its parent tree and its roles into the document and mark it as tagged.

    `parents` holds, by StructParents index, the elements of a page's marks or that of an annotation.
    """
    order = list(walk(root))
    for number, element in enumerate(order):
        element.number = number
    for element in order:
        document.Reference(_dictionary(element), _name(element))
    numbers: list[object] = []
    for index, entry in enumerate(parents):
        entry_value = PDFArray([_reference(one) for one in entry]) if isinstance(entry, list) else None
        numbers += [index, entry_value if isinstance(entry, list) else _reference(entry)]
    document.Reference(PDFDictionary({"Nums": PDFArray(numbers)}), "ParentTree")
    tree = {
        "Type": PDFName("StructTreeRoot"),
        "K": _reference(root),
        "ParentTree": PDFObjectReference("ParentTree"),
        "ParentTreeNextKey": len(parents),
        "RoleMap": PDFDictionary({name: PDFName(role) for name, role in ROLES.items()}),
    }
    named = sorted((element.identity, element.number) for element in order if element.identity)
    if named:
        pairs: list[object] = []
        for identity, number in named:
            pairs += [PDFString(identity), PDFObjectReference(f"Element{number}")]
        tree["IDTree"] = PDFDictionary({"Names": PDFArray(pairs)})
    document.Reference(PDFDictionary(tree), "StructRoot")
    document.Catalog.StructTreeRoot = PDFObjectReference("StructRoot")
    document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})


def _name(element: Element) -> str:
    return f"Element{element.number}"


def _reference(element: Element) -> PDFObjectReference:
    return PDFObjectReference(_name(element))


def _page(number: int) -> PDFObjectReference:
    return PDFObjectReference(f"Page{number}")


def _dictionary(element: Element) -> PDFDictionary:
    parent = "StructRoot" if element.parent is None else _name(element.parent)
    entry: dict[str, object] = {
        "Type": PDFName("StructElem"),
        "S": PDFName(element.tag),
        "P": PDFObjectReference(parent),
    }
    page = next((kid.page for kid in element.kids if isinstance(kid, Marked)), None)
    kids = [_kid(kid, page) for kid in element.kids]
    if page is None and element.tag in _NEEDS_PAGE:
        page = _first_page(element)
    if page is not None:
        entry["Pg"] = _page(page)
    if kids:
        entry["K"] = kids[0] if len(kids) == 1 else PDFArray(kids)
    for key, text in (
        ("Alt", element.alt),
        ("ActualText", element.actual),
        ("Lang", element.language),
        ("T", element.title),
        ("ID", element.identity),
    ):
        if text:
            entry[key] = PDFString(text)
    attributes = [_attributes(owner, values) for owner, values in element.attributes.items()]
    if element.bbox is not None:
        attributes.append(_attributes("Layout", {"BBox": element.bbox, "Placement": "Block"}))
    if attributes:
        entry["A"] = attributes[0] if len(attributes) == 1 else PDFArray(attributes)
    return PDFDictionary(entry)


def _kid(kid: Element | Marked | Annotated, page: int | None) -> object:
    if isinstance(kid, Element):
        return _reference(kid)
    if isinstance(kid, Annotated):
        values = {"Type": PDFName("OBJR"), "Pg": _page(kid.page), "Obj": PDFObjectReference(kid.name)}
        return PDFDictionary(values)
    if kid.page == page:
        return kid.number
    return PDFDictionary({"Type": PDFName("MCR"), "Pg": _page(kid.page), "MCID": kid.number})


def _first_page(element: Element) -> int | None:
    for below in walk(element):
        for kid in below.kids:
            if not isinstance(kid, Element):
                return kid.page
    return None


def _attributes(owner: str, values: Mapping[str, Attribute]) -> PDFDictionary:
    entry: dict[str, object] = {"O": PDFName(owner)}
    for key, value in values.items():
        if isinstance(value, str):
            entry[key] = PDFString(value) if key == "Summary" else PDFName(value)
        elif isinstance(value, tuple):
            entry[key] = PDFArray(list(value))
        else:
            entry[key] = value
    return PDFDictionary(entry)
