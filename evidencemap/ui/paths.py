"""The system's own dialogs for files: they give a path and remember nothing of the case."""

import re
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from evidencemap.tongue import _

_FILTERS = {
    ".evmap": "Case (*.evmap)",
    ".yaml": "Listing (*.yaml);;JSON (*.json)",
    ".proof.json": "JSON (*.json)",
    ".svg": "SVG (*.svg);;PNG (*.png);;PDF (*.pdf)",
    ".pdf": "PDF (*.pdf);;HTML (*.html);;Text (*.txt)",
}


def ask_to_open(parent: QWidget) -> Path | None:
    """Ask which case or listing to open; None where the person changed their mind."""
    offered = f"{_('Cases and listings')} (*.evmap *.yaml *.yml *.json)"
    chosen, _filter = QFileDialog.getOpenFileName(parent, _("Open"), "", offered)
    return Path(chosen) if chosen else None


def ask_to_save(parent: QWidget, title: str, name: str, suffix: str) -> Path | None:
    """Ask where to write; None where the person changed their mind. The name gets the suffix."""
    chosen, _filter = QFileDialog.getSaveFileName(parent, title, safe_name(name) + suffix, _FILTERS[suffix])
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix else path.with_suffix(suffix)


def safe_name(title: str) -> str:
    """Return a file name made of a title that is safe on every system."""
    kept = re.sub(r"[^\w -]", "", title).strip(" .-")
    return re.sub(r"\s+", "-", kept)[:60].lower() or "case"


def ask_to_add(parent: QWidget, title: str) -> Path | None:
    """Ask for a file, whatever it is; None where the person changed their mind."""
    chosen, _filter = QFileDialog.getOpenFileName(parent, title, "")
    return Path(chosen) if chosen else None


def ask_for_copy(parent: QWidget, title: str, name: str) -> Path | None:
    """Ask where a copy goes and what it is called; None where the person changed their mind.

    A name without an ending gets that of `name`. Nothing is asked about a file that is there already: none
    is written over, the copy gets a number.
    """
    keeps = QFileDialog.Option.DontConfirmOverwrite
    chosen, _filter = QFileDialog.getSaveFileName(parent, title, name, "", options=keeps)
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix else path.with_suffix(Path(name).suffix)
