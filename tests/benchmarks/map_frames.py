"""Measures one map in a process of its own: `python -m tests.benchmarks.map_frames ours|peer NODES`.

Prints one line of JSON: CPU milliseconds of each frame by act, seconds to build, and memory a node.
"""

import gc
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

FRAMES = 40
SIZE = (1280, 800)

Act = Callable[[int], object]


def main(which: str, nodes: int) -> None:
    """Measure our map, or the peer, on a generated case of so many nodes."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from evidencemap.analysis.verdicts import verdicts
    from tests.benchmarks.generate import generate

    application = QApplication([])
    case = generate(nodes)
    found = verdicts(case)
    for node in (*found.claims, *found.steps):
        found.claims.get(node), found.steps.get(node)
    case.users(case.id)
    told = _ours(case, found, application) if which == "ours" else _peer(case, found, application)
    print(json.dumps(told))


def _ours(case: Any, found: Any, application: Any) -> dict[str, Any]:
    from PySide6.QtCore import QPoint, QPointF, Qt
    from PySide6.QtTest import QTest

    from evidencemap.layout.geometry import positions_of
    from evidencemap.model.verbs import place
    from evidencemap.ui.canvas.scene import Scene
    from evidencemap.ui.canvas.view import MapView

    case = case.after(place(case, positions_of(case), pinned=False))
    case.users(case.id)
    before = _resident()
    clock = time.process_time()
    view = MapView()
    view.resize(*SIZE)
    view.show()
    view.show_case(case, found)
    view.finish_laying_out()
    application.processEvents()
    view.repaint()
    built = time.process_time() - clock
    frames = {"whole": _frames(lambda turn: view.set_theme(view.theme), view.repaint)}
    frames["pan, whole"] = _frames(lambda turn: view.camera.pan(15, 7), view.repaint)
    node = view.scene.ids[len(view.scene.ids) // 2]
    view.focus_on(node)
    _settle(view, application)
    frames["pan"] = _frames(lambda turn: view.camera.pan(15, 7), view.repaint)
    view.focus_on(node)
    _settle(view, application)
    middle = QPointF(SIZE[0] / 2, SIZE[1] / 2)
    frames["zoom"] = _frames(
        lambda turn: view.glide.at_once(middle, 0.93 if turn < FRAMES / 2 else 1 / 0.93), view.repaint
    )
    view.glide.stop()
    frames["zoom, at rest"] = _frames(lambda turn: view.zoom_to(0.7 + turn / 100), view.repaint)
    view.focus_on(node)
    _settle(view, application)
    start = view.point_of(node)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(view, start + QPoint(9, 9))
    frames["drag"] = _frames(
        lambda turn: QTest.mouseMove(view, start + QPoint(10 + 3 * turn, 9 + turn)), view.repaint
    )
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start)
    resident = _resident() - before
    arrays = _held(lambda: Scene(), lambda scene: scene.show(case, found))
    return {"frames": frames, "built": built, "resident": resident, "arrays": arrays}


def _settle(view: Any, application: Any) -> None:
    """Let the map do what it does in a pause, as a person makes before the next move."""
    view.repaint()
    while view.painted.unfinished or not view.painted_around:
        application.processEvents()


def _peer(case: Any, found: Any, application: Any) -> dict[str, Any]:
    from evidencemap.layout.geometry import positions_of
    from tests.benchmarks.graphics_view import GraphicsMap

    places = positions_of(case)
    before = _resident()
    clock = time.process_time()
    peer = GraphicsMap(case, found, places)
    peer.resize(*SIZE)
    peer.show()
    peer.show_whole()
    application.processEvents()
    built = time.process_time() - clock
    paint = peer.viewport().repaint
    frames = {
        "whole": _frames(lambda turn: None, paint),
        "pan, whole": _frames(lambda turn: peer.pan(15, 7), paint),
    }
    peer.focus_on(len(places) // 2)
    frames["pan"] = _frames(lambda turn: peer.pan(15, 7), paint)
    peer.focus_on(len(places) // 2)
    frames["zoom"] = _frames(lambda turn: peer.zoom(0.93 if turn < FRAMES / 2 else 1 / 0.93), paint)
    peer.focus_on(len(places) // 2)
    frames["drag"] = _frames(lambda turn: peer.drag(3, 1), paint)
    return {"frames": frames, "built": built, "resident": _resident() - before, "arrays": None}


def _frames(act: Act, paint: Callable[[], object]) -> list[float]:
    """Return the CPU milliseconds of each frame; fewer frames where they take seconds."""
    spent: list[float] = []
    for turn in range(FRAMES):
        before = time.process_time()
        act(turn)
        paint()
        spent.append((time.process_time() - before) * 1000)
        if turn >= 1 and sum(spent) > 4000:
            break
    return spent


def _resident() -> int:
    """Return the resident memory of this process in bytes; 0 where the system does not tell."""
    gc.collect()
    told = Path("/proc/self/statm")
    return int(told.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") if told.exists() else 0


def _held(make: Callable[[], Any], fill: Callable[[Any], object]) -> int:
    """Return the bytes that Python and numpy hold for what `fill` makes."""
    import tracemalloc

    gc.collect()
    tracemalloc.start()
    made = make()
    fill(made)
    gc.collect()
    held, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return held


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
