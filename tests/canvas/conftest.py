"""Maps on real cases, in a window of their own."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from evidencemap.analysis.verdicts import verdicts
from evidencemap.exchange.listing import read_listing
from evidencemap.model.case import Case
from evidencemap.resources import resource
from evidencemap.ui.canvas.view import MapView

OpenMap = Callable[[Case], MapView]
"""Opens a map on a case and shows it."""


@pytest.fixture
def letter() -> Case:
    return read_listing(resource("cases", "letter.yaml"))


@pytest.fixture
def open_map(qtbot: QtBot) -> OpenMap:
    def make(case: Case) -> MapView:
        view = MapView()
        qtbot.addWidget(view)
        view.resize(1500, 950)
        view.show_case(case, verdicts(case))
        with qtbot.waitExposed(view):
            view.show()
        view.finish_laying_out()
        qtbot.waitUntil(lambda: bool(view.grab()) and not view.painted.unfinished)
        return view

    return make


@pytest.fixture
def the_map(open_map: OpenMap, letter: Case) -> Iterator[MapView]:
    yield open_map(letter)
