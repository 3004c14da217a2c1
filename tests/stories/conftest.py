"""Real windows on real files."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from pytestqt.qtbot import QtBot

from evidencemap.exchange.listing import read_listing
from evidencemap.resources import resource
from evidencemap.session import Session
from evidencemap.ui.app import application_made
from evidencemap.ui.settings import Settings
from evidencemap.ui.window import CaseWindow

OpenWindow = Callable[[Session], CaseWindow]
"""Opens a window on a session, shows it, and closes it when the test ends."""


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenWindow]:
    """Open windows with settings of their own."""
    import sys

    opened: list[CaseWindow] = []
    hook = sys.excepthook

    def make(session: Session) -> CaseWindow:
        application_made()
        window = CaseWindow(session, Settings(tmp_path / "settings"))
        window.resize(1680, 1050)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        window.map.setFocus()
        opened.append(window)
        return window

    yield make
    for window in opened:
        if window.isVisible():
            window.close()
        # A window that stays is polished again for each new style sheet: the later tests would crawl.
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    sys.excepthook = hook


@pytest.fixture
def from_right_to_left() -> Iterator[None]:
    """Lay everything out as Arabic and Hebrew do, and go back afterwards."""
    application = application_made()
    application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    application.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
def founding_file(tmp_path: Path) -> Path:
    """Return a case file that holds the founding case."""
    path = tmp_path / "letter.evmap"
    with Session.adopt(read_listing(resource("cases", "letter.yaml"))) as session:
        session.save_as(path)
    return path


@pytest.fixture
def founding_window(open_window: OpenWindow, founding_file: Path) -> CaseWindow:
    """Return a window on a file that holds the founding case."""
    return open_window(Session.open(founding_file))
