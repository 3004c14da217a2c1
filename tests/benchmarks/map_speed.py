"""How long a frame of the map takes: the whole map, a pan, a zoom and a drag, in an offscreen window."""

import os
import time
from collections.abc import Callable
from statistics import quantiles

from evidencemap.analysis.verdicts import verdicts
from tests.benchmarks.generate import generate

Row = tuple[str, str, str]

FRAMES = 40


def rows() -> list[Row]:
    """Return what was measured: what, the 95th percentile of a frame, the goal."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication([])
    found: list[Row] = []
    for nodes, goals in ((10_000, (16, 16, 16, 16)), (100_000, (50, 33, 40, 16))):
        found.extend(_measured(nodes, goals, application.processEvents))
    return found


def _measured(nodes: int, goals: tuple[int, ...], settle: Callable[[], object]) -> list[Row]:
    from PySide6.QtCore import QPointF

    from evidencemap.ui.canvas.view import MapView

    case = generate(nodes)
    view = MapView()
    view.resize(1280, 800)
    view.show_case(case, verdicts(case))
    view.show()
    settle()
    node = view.scene.ids[nodes // 2]
    found = [("whole map", _frames(view.repaint, lambda turn: None))]
    view.focus_on(node)
    found.append(("pan", _frames(view.repaint, lambda turn: view.camera.pan(15, 7))))
    view.focus_on(node)
    middle = QPointF(640, 400)
    zoom = _frames(
        view.repaint, lambda turn: view.camera.zoom_at(middle, 0.93 if turn < FRAMES / 2 else 1.07)
    )
    found.append(("zoom", zoom))
    view.focus_on(node)
    x, y = view.scene.place(node)
    drag = _frames(view.repaint, lambda turn: view.scene.move({node: (x + turn * 3, y + turn)}))
    found.append(("drag", drag))
    view.close()
    return [
        (f"map of {nodes:,} nodes: {what}, 95th percentile", f"{spent:.0f} ms", f"{goal} ms")
        for (what, spent), goal in zip(found, goals, strict=True)
    ]


def _frames(paint: Callable[[], None], act: Callable[[int], object]) -> float:
    spent = []
    for turn in range(FRAMES):
        before = time.perf_counter()
        act(turn)
        paint()
        spent.append((time.perf_counter() - before) * 1000)
    return quantiles(spent, n=20)[18]
