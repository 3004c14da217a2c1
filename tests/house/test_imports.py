"""Who may import whom: the floors, and what no file may import."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sources import ROOT, Source, imports, planted, sources

NETWORK = {
    "PySide6.QtHttpServer", "PySide6.QtNetwork", "PySide6.QtNetworkAuth", "PySide6.QtWebEngineCore",
    "PySide6.QtWebEngineWidgets", "PySide6.QtWebSockets", "_socket", "_ssl", "aiohttp", "ftplib", "http",
    "httpx", "imaplib", "nntplib", "poplib", "requests", "smtplib", "socket", "socketserver", "ssl",
    "telnetlib", "urllib", "urllib3", "webbrowser", "wsgiref", "xmlrpc",
}  # fmt: skip
FLOORS = "A file imports only what is below it"
OPENERS = {"PySide6.QtGui.QDesktopServices"}


def network_faults(source: Source) -> list[str]:
    """Name each import by which a source could reach a network or have something opened."""
    return [
        f"{source.place}:{line}: {name}"
        for line, name in imports(source)
        if any(name == banned or name.startswith(banned + ".") for banned in NETWORK | OPENERS)
    ]


def foreign_faults(source: Source) -> list[str]:
    """Name each import of a source that is neither of the standard library nor our own."""
    return [
        f"{source.place}:{line}: {name}"
        for line, name in imports(source)
        if name.split(".")[0] not in sys.stdlib_module_names | {"evidencemap"}
    ]


def relative_faults(source: Source) -> list[str]:
    """Name each import that does not say from the top where it leads, which no other rule here follows."""
    return [
        f"{source.place}:{node.lineno}: a relative import"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]


def floors_report(checkout: Path) -> subprocess.CompletedProcess[str]:
    """Ask import-linter about the contracts of a checkout."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Copy the package and its contracts, so that a fault can be planted."""
    compiled = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "evidencemap", tmp_path / "evidencemap", ignore=compiled)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_no_file_can_reach_a_network() -> None:
    every = sources("evidencemap")

    faults = [fault for source in every for fault in network_faults(source)]

    assert faults == []


def test_the_model_stands_on_the_standard_library_alone() -> None:
    model = sources("evidencemap/model")

    faults = [fault for source in model for fault in foreign_faults(source)]

    assert faults == []


def test_every_import_says_from_the_top_where_it_leads() -> None:
    every = sources("evidencemap", "tests", "packaging")

    faults = [fault for source in every for fault in relative_faults(source)]

    assert faults == []


def test_the_floors_hold() -> None:
    report = floors_report(ROOT)

    assert report.returncode == 0, report.stdout + report.stderr


@pytest.mark.parametrize(
    ("place", "line", "contract"),
    [
        ("model/case.py", "import evidencemap.storage", FLOORS),
        ("storage/rows.py", "from evidencemap.analysis import policy", FLOORS),
        ("cli/__init__.py", "import evidencemap.ui", FLOORS),
        ("newcomer.py", "", "newcomer"),
        ("session.py", "from PySide6.QtCore import QObject", "Qt only in ui"),
        ("exchange/__init__.py", "import sqlite3", "SQL only in storage"),
        ("model/edit.py", "import networkx", "The model stands on the standard library alone"),
        ("ui/theme.py", "import socket", "No network, ever"),
        ("brief/pdf.py", "import pyhanko", "pyHanko only in the process that signs"),
        ("storage/looking.py", "import PIL", "Pillow only in the process that looks at exhibits"),
        ("cli/telling.py", "import evidencemap.brief.signing.signer", "is started, never imported"),
    ],
)
def test_an_import_that_breaks_a_floor_is_seen(checkout: Path, place: str, line: str, contract: str) -> None:
    file = checkout / "evidencemap" / place
    text = file.read_text(encoding="utf-8") if file.exists() else '"""Planted."""\n'
    file.write_text(text + f"\n{line}\n", encoding="utf-8")

    report = floors_report(checkout)

    assert report.returncode != 0
    assert any(contract in told and "KEPT" not in told for told in report.stdout.splitlines()), report.stdout


@pytest.mark.parametrize(
    "line",
    [
        "import socket",
        "from urllib import request",
        "from PySide6 import QtNetwork",
        "from PySide6.QtNetwork import QTcpSocket",
        "from PySide6.QtGui import QDesktopServices",
        "def f():\n    import http.client",
        "import importlib\nimportlib.import_module('ssl')",
    ],
)
def test_an_import_that_reaches_a_network_is_seen(line: str) -> None:
    source = planted(f'"""Planted."""\n{line}\n')

    faults = network_faults(source)

    assert len(faults) == 1


def test_a_foreign_import_in_the_model_is_seen() -> None:
    source = planted("import json\nimport numpy\nfrom evidencemap.errors import RuleBroken\n")

    faults = foreign_faults(source)

    assert faults == ["evidencemap/ui/planted.py:2: numpy"]


@pytest.mark.parametrize(
    "line", ["from . import theme", "from ..model import case", "from .theme import Theme"]
)
def test_a_relative_import_is_seen(line: str) -> None:
    source = planted(f'"""Planted."""\n{line}\n')

    faults = relative_faults(source)

    assert faults == ["evidencemap/ui/planted.py:2: a relative import"]
