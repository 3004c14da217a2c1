"""The timeline tells dates as they were written, in words, and draws what is imprecise as a bar."""

from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from evidencemap.model import verbs
from evidencemap.ui.dates import bounds_of, date_said, span_of, ticks
from evidencemap.ui.panels.timeline import lanes
from evidencemap.ui.window import CaseWindow
from tests.stories.hands import id_of, press


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("XXXX-06-10", "10 June, year not stated"),
        ("2026-06-12", "12 June 2026"),
        ("2026-02", "February 2026"),
        ("2026-21", "spring 2026"),
        ("2026-04~", "about April 2026"),
        ("2015", "2015"),
        ("2026-01/2026-03", "January 2026 – March 2026"),
        ("about six weeks", "about six weeks"),
        ("2026-13", "2026-13"),
    ],
)
def test_a_date_in_figures_is_read_in_words_and_nothing_is_added(written: str, said: str) -> None:
    assert date_said(written) == said


def test_a_season_and_a_date_in_words_have_bars_and_a_date_without_a_year_has_no_place() -> None:
    spring, words, day = bounds_of("2026-21"), bounds_of("in spring 2026"), bounds_of("10 June")

    assert spring is not None and spring == words and spring.last - spring.first > 80
    assert day is None and bounds_of("XXXX-06-10") is None
    assert span_of("2026-21") is None, "figures alone would have lost it"


def test_a_time_line_marks_years_or_within_two_years_months_and_no_two_names_touch() -> None:
    day = {year: date(year, 2, 3).toordinal() for year in (2015, 2025, 2026)}

    years = ticks(day[2015], day[2026], 400.0)
    months = ticks(day[2025], day[2026], 70.0)

    assert [name for _at, name in years] == ["2016", "2018", "2020", "2022", "2024", "2026"]
    assert months[0][1] == "Apr 2025" and all(each[1][-4:] in ("2025", "2026") for each in months)
    assert all(b[0] - a[0] >= 70 for a, b in pairwise(months))


def test_what_a_source_dates_stands_in_its_lane_and_is_walked_with_the_arrows(
    founding_window: CaseWindow,
) -> None:
    window = founding_window
    for number, when in (("E1", "XXXX-06-10"), ("E6", "2026-02"), ("E7", "2015")):
        window.editor.perform(verbs.set_field, id_of(window, number), "when", when)
    press(window, "Ctrl+3")

    held = {name: [each.written for each in dated] for name, dated in lanes(window.editor.case)}
    canvas = window.docks.timeline.canvas
    canvas.grab()
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Down)
    first = window.editor.chosen
    QTest.keyClick(canvas, Qt.Key.Key_Down)

    assert held["Anthropic"] == ["2026-02", "XXXX-06-10"], "what has a year comes first"
    assert first == id_of(window, "E6") and window.editor.chosen == id_of(window, "E1")
