"""What a person does with their hands on a map, and what they see there."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from evidencemap.ui.canvas.view import MapView

LEFT = Qt.MouseButton.LeftButton
NOTHING_HELD = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def drag(
    view: MapView,
    start: QPoint,
    end: QPoint,
    modifier: Qt.KeyboardModifier = NOTHING_HELD,
    *,
    let_go: bool = True,
) -> None:
    """Press, move in five steps and, unless told otherwise, let go."""
    QTest.mousePress(view, LEFT, modifier, start)
    for part in range(1, 6):
        QTest.mouseMove(view, start + (end - start) * part / 5)
    if let_go:
        QTest.mouseRelease(view, LEFT, modifier, end)


def wheel(view: MapView, at: QPoint, turns: int, modifier: Qt.KeyboardModifier = NOTHING_HELD) -> None:
    """Turn the wheel by so many notches; away from the person is more."""
    event = QWheelEvent(
        QPointF(at),
        QPointF(view.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * turns),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def rest(view: MapView) -> None:
    """Wait until nothing that is seen is only sketched."""
    frames = 0
    while (view.grab(), view.painted.unfinished)[1]:
        frames += 1
        assert frames < 200, "the map never finishes its picture"


def seen(view: MapView) -> QImage:
    """Return what is on the screen once the map is at rest."""
    rest(view)
    return view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def unlike(one: QImage, other: QImage) -> float:
    """Return the share of pixels that clearly differ."""
    assert one.size() == other.size()
    apart = np.abs(_pixels(one) - _pixels(other)).max(axis=2) > 40
    return float(apart.mean())


def _pixels(picture: QImage) -> NDArray[np.int16]:
    flat = np.frombuffer(picture.constBits(), dtype=np.uint8)
    rows = flat.reshape(picture.height(), picture.bytesPerLine())[:, : picture.width() * 4]
    return rows.reshape(picture.height(), picture.width(), 4)[:, :, :3].astype(np.int16)
