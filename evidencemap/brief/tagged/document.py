"""What stands around the pages of a tagged file: metadata, colour, attachments, identity."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.pdfbase.pdfdoc import (
    XMP,
    PDFArray,
    PDFDate,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFObjectReference,
    PDFStream,
    PDFString,
    PDFZCompress,
)

from evidencemap.brief.tagged.canvas import TaggedCanvas, viewer_shows_title
from evidencemap.brief.tagged.intent import srgb_profile

PRODUCER = "EvidenceMap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file carried inside the PDF; `relation` is how it stands to it (Source, Data, Supplement)."""

    name: str
    data: bytes
    media_type: str
    description: str = ""
    relation: str = "Source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a reader's properties window says; `date` is YYYY-MM-DD and stands for midnight UTC."""

    title: str
    language: str
    date: str
    author: str = ""
    subject: str = ""
    keywords: str = ""


class Moment:
    """The time written into the file, in the form in which reportlab asks for it. Always UTC."""

    dhh = 0
    dmm = 0
    tzname = "UTC"

    def __init__(self, date: str) -> None:
        year, month, day = (int(part) for part in date.split("-"))
        self.YMDhms = (year, month, day, 0, 0, 0)


def tagged_file(
    canvas: TaggedCanvas,
    metadata: Metadata,
    *,
    identity: bytes,
    archival: bool = False,
    attachments: Sequence[Attachment] = (),
) -> bytes:
    """Return the finished file: PDF/UA-1, and PDF/A-3a too where `archival`.

    The same pages, metadata, attachments and identity give the same bytes.
    """
    document, catalog = canvas._doc, canvas._doc.Catalog
    canvas.finish()
    document._timeStamp = Moment(metadata.date)
    document.setTitle(metadata.title)
    document.setAuthor(metadata.author)
    document.setSubject(metadata.subject)
    document.setKeywords(metadata.keywords)
    document.setCreator(PRODUCER)
    document.setProducer(PRODUCER)
    digest = hashlib.sha256(identity).hexdigest()[:32].upper()
    document._ID = f"\n[<{digest}><{digest}>]\n".encode("ascii")
    viewer_shows_title(canvas)
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "AF", "OutputIntents"]
    packet = xmp_packet(metadata, archival=archival)
    catalog.Metadata = XMP(creator=lambda _: packet)
    _add_intent(document)
    _add_attachments(document, attachments)
    data: bytes = document.GetPDFData(canvas)
    return data


def _add_intent(document: PDFDocument) -> None:
    profile = PDFStream(PDFDictionary({"N": 3}), srgb_profile(), filters=[PDFZCompress])
    document.Reference(profile, "ColourProfile")
    intent = {
        "Type": PDFName("OutputIntent"),
        "S": PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": PDFString("sRGB"),
        "Info": PDFString("sRGB IEC61966-2.1"),
        "DestOutputProfile": PDFObjectReference("ColourProfile"),
    }
    document.Catalog.OutputIntents = PDFArray([PDFDictionary(intent)])


def _add_attachments(document: PDFDocument, attachments: Sequence[Attachment]) -> None:
    if not attachments:
        return
    files, names = [], []
    for number, item in enumerate(sorted(attachments, key=lambda one: one.name)):
        parameters = {
            "Size": len(item.data),
            "ModDate": PDFDate(document._timeStamp),
            "CheckSum": f"<{hashlib.md5(item.data, usedforsecurity=False).hexdigest()}>",
        }
        embedded = {
            "Type": PDFName("EmbeddedFile"),
            "Subtype": PDFName(item.media_type),
            "Params": PDFDictionary(parameters),
        }
        stream = PDFStream(PDFDictionary(embedded), item.data, filters=[PDFZCompress])
        document.Reference(stream, f"EmbeddedFile{number}")
        file = PDFObjectReference(f"EmbeddedFile{number}")
        specification = {
            "Type": PDFName("Filespec"),
            "F": PDFString(item.name),
            "UF": PDFString(item.name),
            "Desc": PDFString(item.description or item.name),
            "AFRelationship": PDFName(item.relation),
            "EF": PDFDictionary({"F": file, "UF": file}),
        }
        document.Reference(PDFDictionary(specification), f"Filespec{number}")
        files.append(PDFObjectReference(f"Filespec{number}"))
        names += [PDFString(item.name), PDFObjectReference(f"Filespec{number}")]
    document.Catalog.AF = PDFArray(files)
    document.Catalog.Names = PDFDictionary({"EmbeddedFiles": PDFDictionary({"Names": PDFArray(names)})})


_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_EXTENSION = """<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""


def xmp_packet(metadata: Metadata, *, archival: bool) -> bytes:
    """Return the XMP packet: the same words as the document information, and what the file conforms to."""
    moment = f"{metadata.date}T00:00:00Z"
    title, author, subject = (_escaped(text) for text in (metadata.title, metadata.author, metadata.subject))
    conformance = (
        "<pdfaid:part>3</pdfaid:part>\n<pdfaid:conformance>A</pdfaid:conformance>" if archival else ""
    )
    lines = [
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{_RDF}">',
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"',
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"',
        ' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">',
        "<dc:format>application/pdf</dc:format>",
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>',
        f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>",
        f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li>',
        "</rdf:Alt></dc:description>",
        f"<dc:language><rdf:Bag><rdf:li>{metadata.language}</rdf:li></rdf:Bag></dc:language>",
        f"<pdf:Producer>{PRODUCER}</pdf:Producer>",
        f"<pdf:Keywords>{_escaped(metadata.keywords)}</pdf:Keywords>",
        f"<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>",
        f"<xmp:CreateDate>{moment}</xmp:CreateDate>",
        f"<xmp:ModifyDate>{moment}</xmp:ModifyDate>",
        "<pdfuaid:part>1</pdfuaid:part>",
        conformance,
        "</rdf:Description>",
        _EXTENSION if archival else "",
        "</rdf:RDF></x:xmpmeta>",
        '<?xpacket end="w"?>',
    ]
    return "\n".join(line for line in lines if line).encode("utf-8")


def _escaped(text: str) -> str:
    """Return a text as XML has it between tags. The standard library loads a client for the web to do it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
