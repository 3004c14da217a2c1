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


def ask_to_open(parent: QWidget, beside: Path | None = None) -> Path | None:
    """Ask which case or listing to open; None where the person changed their mind.

    Begins in the folder of the case that is open, `beside`, where there is one.
    """
    offered = f"{_('Cases and listings')} (*.evmap *.yaml *.yml *.json)"
    chosen, _filter = QFileDialog.getOpenFileName(parent, _("Open"), _folder(beside), offered)
    return Path(chosen) if chosen else None


def ask_for_case(parent: QWidget, title: str, beside: Path | None) -> Path | None:
    """Ask for a case file to put beside the one that is open; None where the person changed their mind."""
    offered = f"{_('Cases')} (*.evmap)"
    chosen, _filter = QFileDialog.getOpenFileName(parent, title, _folder(beside), offered)
    return Path(chosen) if chosen else None


def ask_to_save(
    parent: QWidget, title: str, name: str, suffix: str, beside: Path | None = None, *, over: bool = True
) -> Path | None:
    """Ask where to write; None where the person changed their mind. The name gets the suffix.

    What is offered lies in the folder of the case that is open, `beside`, where there is one.
    Where a file has the name that comes of that, the dialog is shown again with it: it asks whether
    that file may be replaced, as it did for the name that was typed. Where nothing is written `over`
    it never asks that.
    """
    asks = QFileDialog.Option(0) if over else QFileDialog.Option.DontConfirmOverwrite
    offered = str(Path(_folder(beside), safe_name(name) + suffix))
    while True:
        chosen, _filter = QFileDialog.getSaveFileName(parent, title, offered, _FILTERS[suffix], options=asks)
        if not chosen:
            return None
        path = with_ending(Path(chosen), suffix)
        if not over or str(path) == chosen or not path.exists():
            return path
        offered = str(path)


def _folder(beside: Path | None) -> str:
    """Return the folder of a case as a dialog takes it; empty for the one that the system begins in."""
    return str(beside.parent) if beside is not None and beside.parent.is_dir() else ""


def with_ending(path: Path, suffix: str) -> Path:
    """Return a path whose name ends as what is written does: `Draft 1.2` becomes `Draft 1.2.evmap`.

    Another known-looking ending stays: whoever writes the file says that it cannot be.
    """
    ending = path.suffix.casefold()
    if ending in re.findall(r"\*(\.\w+)", _FILTERS[suffix]):
        return path
    if suffix != ".evmap" and ending[1:].isalpha():
        return path
    return path.with_name(path.name + suffix)


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
