"""A window that shows everything of a case once: `python -m tests.stories.everything_seen FOLDER WAY ...`.

Every text of the case holds markup that names a file. A WAY adds a fault or a filter: `shut` kills the
process as it asks for a network, `asks` asks for one, `markup` lets one label take a text for markup.
Prints how many texts hold the markup and how many things were shown.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from evidencemap.errors import EvidenceMapError
from evidencemap.exchange.listing import read_listing
from evidencemap.model.case import Case, case_of, everything
from evidencemap.model.entities import Exhibit
from evidencemap.model.rules import check
from evidencemap.model.shape import FieldKind, shape
from evidencemap.resources import resource
from evidencemap.session import Session
from evidencemap.ui.app import application_made
from evidencemap.ui.settings import Settings
from evidencemap.ui.window import CaseWindow
from tests.storage.evil_exhibits import pdf_that_acts, picture

MARKUP = '<img src="file:///canary/one.png">[x](file:///canary/two)<a href="http://canary.example/">x</a>'


def marked(case: Case) -> tuple[Case, int]:
    """Return a case with the markup in every text that takes it, and how many those are."""
    count, entities = 0, {each.id: each for each in everything(case)}
    for held in list(entities.values()):
        for name in text_fields(type(held)):
            made: Any = entities[held.id]
            try:
                made = replace(made, **{name: f"{getattr(made, name) or ''} {MARKUP}"})
                check(case_of({**entities, held.id: made}.values(), case.highest), {held.id})
            except (EvidenceMapError, ValueError):
                continue
            entities[held.id] = made
            count += 1
    return case_of(entities.values(), case.highest), count


def text_fields(kind: type[Any]) -> Iterator[str]:
    """Yield the names of the fields of a kind that hold a text."""
    texts = (each.name for each in shape(kind) if each.kind is FieldKind.TEXT)
    return (name for name in texts if name != "profile")  # only the name of a profile is one


def look_at(window: CaseWindow) -> int:
    """Show every tab, every pane and everything of the case; return how many things those were."""
    seen = 0
    for dock in window.docks.all:
        dock.show()
        dock.raise_()
        QApplication.processEvents()
    for held in everything(window.editor.case):
        window.editor.select([held.id])
        QApplication.processEvents()
        seen += 1
    for tab in range(window.docks.tabs.count()):
        window.docks.tabs.setCurrentIndex(tab)
        QApplication.processEvents()
        window.grab()
    window.docks.tabs.setCurrentIndex(0)
    for name in ("find", "show_shortcuts", "page_setup", "light_weakest", "explain", "history"):
        if name in window.actions_set.by_name:
            window.run(name)
            QApplication.processEvents()
            window.picker.leave()
    window.editor.refused.emit(MARKUP)
    window.grab()
    return seen


def look_at_exhibits(window: CaseWindow, folder: Path) -> int:
    """Keep files in the case that name others, and look at each; return how many there are."""
    evil = {
        "acts.pdf": pdf_that_acts("/canary/three"),
        "page.html": MARKUP.encode(),
        "dot.png": picture("PNG"),
    }
    for name, data in evil.items():
        (folder / name).write_bytes(data)
    window.exhibiting.take([folder / name for name in evil])
    wait_until(lambda: len(window.editor.case.of(Exhibit)) == len(evil) and not window.jobs.busy)
    for held in window.editor.case.sorted(Exhibit):
        window.exhibiting.looking.show(held.id)
        seen = window.exhibiting.looking.window
        assert seen is not None
        wait_until(lambda seen=seen: seen.look is not None)  # type: ignore[misc]
        seen.grab()
    return len(evil)


def wait_until(true: Callable[[], bool]) -> None:
    """Let the event loop run until something is so, a minute at the most."""
    end = monotonic() + 60
    while not true() and monotonic() < end:
        QTest.qWait(20)
    assert true()


def wait_for(path: Path) -> None:
    """Let the event loop run until a job has written a file, a minute at the most."""
    wait_until(path.exists)


def take_for_markup(window: CaseWindow) -> None:
    """Show a text of the case as markup."""
    label = QLabel(f"<p>{window.editor.case.header.title}</p>", window)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.show()
    window.grab()


def ask_for_a_network(window: CaseWindow) -> None:
    """Make a socket, and do nothing with it."""
    import socket

    socket.socket(socket.AF_INET).close()


FAULTS = {"markup": take_for_markup, "asks": ask_for_a_network}


def main(words: list[str]) -> None:
    """Show everything, save it, write briefs and a map of it, and close."""
    folder, ways = Path(words[0]), words[1:]
    if "shut" in ways:
        from evidencemap.storage.filter import shut

        shut()
    application_made()
    case, count = marked(read_listing(resource("cases", "letter.yaml")))
    window = CaseWindow(Session.adopt(case), Settings(folder / "settings"))
    window.show()
    assert QTest.qWaitForWindowExposed(window)
    if ways and ways[-1] in FAULTS:
        FAULTS[ways[-1]](window)
        return
    seen = look_at(window) + look_at_exhibits(window, folder)
    assert window.files.save_to(folder / "seen.evmap")
    for name in ("memo.pdf", "memo.html"):
        window.files.export_brief_to(folder / name)
        wait_for(folder / name)
    window.files.export_map_to(folder / "map.svg")
    wait_for(folder / "map.svg")
    assert window.close()
    sys.stdout.write(f"MARKED {count} SEEN {seen}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
