"""A name that came from anywhere becomes a file name that three systems take for a new file in the folder."""

import json
import random
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from evidencemap.storage.naming import danger_of, media_type_of, safe_name

DEVICES = {"con", "prn", "aux", "nul", "clock$", "conin$", "conout$"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"
}

PIECES = [
    "a",
    "report",
    "é",
    "日本",
    "🏴\u200d☠️",
    " ",
    ".",
    "..",
    "/",
    "\\",
    ":",
    "*",
    "?",
    '"',
    "<",
    ">",
    "|",
    "\0",
    "\n",
    "\u202e",
    "\u2066",
    "\u200f",
    "\ufeff",
    "\u00a0",
    "\u3000",
    "\ud800",
    "con",
    "NUL",
    "com1",
    "LPT³",
    "AUX.",
    "-",
    "--",
    "~",
    "$",
    "%",
    "&",
    ";",
    "`",
    "'",
    ".txt",
    ".exe",
    ".pdf",
    ".tar.gz",
    "CLOCK$",
    "\x7f",
    "\x85",
    "\u2028",
    "\ue000",
    "x" * 300,
    "ü" * 200,
    "🏴" * 100,
]


def fault_of(name: str) -> str:
    """Return why a name is not safe as a new file on one of three systems; empty where it is."""
    if not name or name in (".", ".."):
        return "is no name"
    if any(each in '<>:"|?*\\/' for each in name):
        return "holds what Windows or a folder forbids"
    if any(unicodedata.category(each) in ("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp") for each in name):
        return "holds what nobody sees"
    if name[0] in " .-~" or name[-1] in " .":
        return "begins or ends with what means something else"
    if name.split(".")[0].strip().casefold() in DEVICES:
        return "is a device"
    if len(name.encode()) > 200 or unicodedata.normalize("NFC", name) != name:
        return "is too long or not in one form"
    return ""


def careless(name: str) -> str:
    """Do what many programs do: the fault that the test must see."""
    return Path(name.replace("\0", "")).name or "unnamed"


def test_every_generated_name_becomes_safe() -> None:
    chance = random.Random(5)
    names = ["".join(chance.choices(PIECES, k=chance.randint(0, 5))) for _ in range(5_000)]

    assert faults(safe_name, names) == {}


def test_every_naughty_string_becomes_safe(corpora: Path) -> None:
    (found,) = corpora.rglob("blns.json")
    names = json.loads(found.read_text("utf-8"))

    assert len(names) == 515
    assert faults(safe_name, names) == {}


def test_a_careless_program_is_found_out() -> None:
    chance = random.Random(5)
    names = ["".join(chance.choices(PIECES, k=chance.randint(0, 5))) for _ in range(500)]

    assert len(faults(careless, names)) > 100


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("report.pdf", "report.pdf"),
        ("Bericht für März.pdf", "Bericht für März.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ada\\letter.docx", "letter.docx"),
        ("con", "_con"),
        ("NUL.tar.gz", "_NUL.tar.gz"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a:b?.txt", "a_b_.txt"),
        (".bashrc", "_bashrc"),
        ("-rf", "_rf"),
        ("trailing. . ", "trailing"),
        ("...", "unnamed"),
        ("", "unnamed"),
    ],
)
def test_a_name_stays_what_it_can(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_long_name_keeps_its_ending() -> None:
    assert safe_name("ä" * 500 + ".pdf").endswith("ä.pdf")


@pytest.mark.parametrize(
    ("name", "beginning", "danger"),
    [
        ("photo.jpg", b"\xff\xd8\xff\xe0", ""),
        ("photo.jpg", b"MZ\x90\0", "a program"),
        ("photo.jpg.EXE", b"", "a program"),
        ("setup.exe ", b"", "a program"),
        ("notes", b"#!/bin/sh\n", "a script"),
        ("page.svg", b"<svg", "a page that can run scripts"),
        ("sheet.xlsm", b"PK", "a document that can hold macros"),
        ("Read me.lnk", b"", "a link that starts something"),
        ("gpj.\u202eexe", b"", "a program"),
    ],
)
def test_what_could_do_harm_is_named(name: str, beginning: bytes, danger: str) -> None:
    assert danger_of(name, beginning) == danger


def test_the_media_type_is_told_by_the_bytes_before_the_name() -> None:
    assert media_type_of("scan.txt", b"%PDF-1.7") == "application/pdf"
    assert media_type_of("scan.txt", b"plain words") == "text/plain"
    assert media_type_of("scan", b"plain words") == "application/octet-stream"


def faults(make: Callable[[str], str], names: list[str]) -> dict[str, str]:
    return {name: fault for name in names if (fault := fault_of(make(name)))}
