"""File names that are safe on three systems, made of names that came from anywhere."""

import re
import unicodedata
from pathlib import Path

LONGEST = 120
"""Bytes of UTF-8 that a safe name may have: room for a number before it, on every file system."""

_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\\/]')

_RESERVED = re.compile(r"(con|prn|aux|nul|clock\$|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\Z", re.IGNORECASE)

_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"))

_PROGRAMS = {
    "a program": (
        "exe com scr pif msi msp msix appx cpl dll sys ocx jar class app pkg mpkg dmg run bin elf appimage",
        "deb rpm apk xpi crx gadget",
    ),
    "a script": (
        "bat cmd ps1 psm1 ps1xml vbs vbe js jse mjs ws wsf wsh wsc sct hta sh bash zsh csh ksh fish command",
        "tool scpt scptd applescript workflow terminal py pyw pyc pyz pl rb php lua tcl awk ahk au3 inf reg",
    ),
    "a link that starts something": (
        "lnk url desktop webloc scf theme settingcontent-ms library-ms search-ms",
    ),
    "a document that can hold macros": (
        "docm dotm xlsm xltm xlam xlsb pptm potm ppam ppsm sldm odb accdb mdb chm xll",
    ),
    "a page that can run scripts": ("htm html xhtml xht shtml mht mhtml svg svgz xml xsl xslt swf",),
    "a disk or archive that a system may open by itself": ("iso img vhd vhdx cab",),
}

_BEGINNINGS = (
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"\xfe\xed\xfa\xce", "a program"),
    (b"\xfe\xed\xfa\xcf", "a program"),
    (b"\xce\xfa\xed\xfe", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"dex\n", "a program"),
    (b"#!", "a script"),
    (b"L\0\0\0\x01\x14\x02\0", "a link that starts something"),
)

_TYPES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
)


def safe_name(name: str) -> str:
    """Return a file name that means the same place on Linux, macOS and Windows: in the folder, a new file.

    Folders before it are left out, and so is what a person cannot see (controls, marks that turn the
    direction of writing, invisible characters); what a system forbids becomes `_`. Names of Windows
    devices get a `_` before them. The ending stays. Never empty, never beginning with a dot, a dash or a
    blank.
    """
    last = unicodedata.normalize("NFC", re.split(r"[\\/]", name.rstrip("\\/"))[-1])
    seen = "".join(each for each in last if unicodedata.category(each) not in _UNSEEN)
    blanks = "".join(" " if unicodedata.category(each) == "Zs" else each for each in seen)
    plain = _NOT_ON_WINDOWS.sub("_", unicodedata.normalize("NFC", blanks)).strip(" ").rstrip(" .")
    plain = re.sub(r"\A[.\-~ ]+", "_", plain)
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending.encode()) > 16:
        stem, dot, ending = plain, "", ""
    room = LONGEST - len((dot + ending).encode())
    stem = stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .")
    plain = f"{stem}{dot}{ending}".rstrip(" .")
    if _RESERVED.match(plain.split(".")[0].rstrip(" ")):
        plain = f"_{plain}"
    return plain or "unnamed"


def name_as_data(path: Path) -> str:
    """Return the name of a file as a text that can be kept: what is no character becomes U+FFFD."""
    plain = path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return plain if plain.strip() else "unnamed"


def danger_of(name: str, beginning: bytes) -> str:
    """Return what a file would do if it were opened, such as `a program`; empty where nothing is known.

    Judges by the ending of the name and by how the bytes begin, which need not agree.
    """
    for start, what in _BEGINNINGS:
        if beginning.startswith(start):
            return what
    ending = safe_name(name).rpartition(".")[2].casefold()
    for what, endings in _PROGRAMS.items():
        if ending in " ".join(endings).split():
            return what
    return ""


def media_type_of(name: str, beginning: bytes) -> str:
    """Return the media type that a file seems to have, by its first bytes, else by the ending of its name.

    `application/octet-stream` where neither tells. It is a label: nothing is opened because of it.
    """
    for start, found in _TYPES:
        if beginning.startswith(start):
            return found
    if beginning.startswith(b"RIFF") and beginning[8:12] == b"WEBP":
        return "image/webp"
    import mimetypes

    # Only what Python itself brings: the tables of the system differ from machine to machine.
    held = mimetypes.MimeTypes(()).guess_type(safe_name(name), strict=True)[0]
    return held or "application/octet-stream"
