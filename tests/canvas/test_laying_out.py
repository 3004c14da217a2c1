"""A large case is laid out beside the window, which goes on meanwhile."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from evidencemap.analysis.verdicts import verdicts
from evidencemap.model import verbs
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim
from evidencemap.ui.canvas.scene import Scene
from evidencemap.ui.canvas.view import MapView
from evidencemap.ui.jobs import Job, Jobs
from tests.benchmarks.generate import generate

LARGE = 3000


def opened(qtbot: QtBot, case: Case) -> MapView:
    view = MapView()
    qtbot.addWidget(view)
    view.resize(1200, 800)
    with qtbot.waitExposed(view):
        view.show()
    view.show_case(case, verdicts(case))
    return view


def beats(act: Callable[[], None], view: MapView, qtbot: QtBot) -> int:
    """Return how often the window came round while the map was laid out."""
    count = 0

    def beat() -> None:
        nonlocal count
        count += 1

    timer = QTimer()
    timer.timeout.connect(beat)
    timer.start(5)
    act()
    qtbot.waitUntil(lambda: not view.laying_out, timeout=60_000)
    return count


def test_the_window_goes_on_while_a_large_case_is_laid_out(qtbot: QtBot) -> None:
    case = generate(LARGE)
    known = verdicts(case)
    view = opened(qtbot, generate(5))

    beside = beats(lambda: view.show_case(case, known), view, qtbot)

    assert beside > 10
    assert len(view.scene.ids) == LARGE


def test_the_count_of_beats_sees_a_window_that_waits(qtbot: QtBot) -> None:
    case = generate(LARGE)
    view = opened(qtbot, generate(5))
    known = verdicts(case)

    def waiting() -> None:
        view.show_case(case, known)
        view.finish_laying_out()

    assert beats(waiting, view, qtbot) <= 2


def test_the_share_that_is_told_counts_what_comes_after_the_layout(qtbot: QtBot) -> None:
    case = generate(LARGE)
    known = verdicts(case)
    scene = Scene()
    heard: list[tuple[float, bool, bool]] = []

    scene.show(
        case, known, progress=lambda share: heard.append((share, bool(scene.ids), bool(scene.ends.owners)))
    )

    shares = [share for share, _laid, _lined in heard]
    assert shares == sorted(shares) and shares[-1] == 1.0
    assert max(share for share, laid, _lined in heard if not laid) < 0.7
    assert max(share for share, _laid, lined in heard if not lined) < 0.8


def test_a_map_that_is_laid_out_is_never_said_to_be_finished(qtbot: QtBot) -> None:
    case = generate(LARGE)
    jobs = Jobs()
    heard: list[float] = []
    jobs.started.connect(lambda job: job.progressed.connect(heard.append))
    view = MapView(jobs=jobs)
    qtbot.addWidget(view)

    view.show_case(case, verdicts(case))
    qtbot.waitUntil(lambda: not view.laying_out, timeout=60_000)

    assert 0.9 < max(heard) < 1.0
    jobs.close()


def test_an_edit_made_meanwhile_is_on_the_map_when_it_is_ready(qtbot: QtBot) -> None:
    case = generate(400)
    view = opened(qtbot, case)
    edit = verbs.add(case, Claim, text="Somebody else used the same proxies")
    after = case.after(edit)

    laying = view.laying_out
    view.refresh(after, verdicts(after), edit.ids)
    qtbot.waitUntil(lambda: not view.laying_out)

    assert laying
    assert set(edit.ids) & set(view.scene.ids)


def test_a_person_who_cancels_the_layout_gets_plain_rows_and_can_work(qtbot: QtBot) -> None:
    case = generate(LARGE)
    jobs = Jobs()
    started: list[Job] = []
    jobs.started.connect(started.append)
    view = MapView(jobs=jobs)
    qtbot.addWidget(view)
    view.show_case(case, verdicts(case))

    started[0].cancel()
    qtbot.waitUntil(lambda: not view.laying_out)

    boxes = sorted((box.y, box.x, box.right) for node in view.scene.ids if (box := view.scene.box(node)))
    assert len(boxes) == LARGE
    assert all(one[2] < other[1] for one, other in pairwise(boxes) if one[0] == other[0])
    jobs.close()


def test_a_map_that_is_closed_lays_out_no_longer(qtbot: QtBot) -> None:
    case = generate(LARGE)
    view = opened(qtbot, generate(5))

    view.show_case(case, verdicts(case))
    view.show_case(generate(6), verdicts(generate(6)))

    assert not view.laying_out
    assert len(view.scene.ids) == len({*view.scene.ids}) < 12
