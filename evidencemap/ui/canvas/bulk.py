"""Many rectangles or strokes given to Qt at once, straight from an array, without an object for each."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter
from shiboken6 import wrapInstance

Rows = NDArray[np.float64]


def draw_boxes(painter: QPainter, boxes: Rows) -> None:
    """Draw rectangles with the painter's pen and brush; a row holds left, top, right and bottom."""
    if len(boxes):
        rows = np.ascontiguousarray(boxes, dtype=np.float64).copy()
        rows[:, 2:] -= rows[:, :2]
        painter.drawRects(_first(rows, QRectF), len(rows))


def draw_strokes(painter: QPainter, ends: Rows) -> None:
    """Draw straight lines with the painter's pen; a row holds x and y of one end, then of the other."""
    if len(ends):
        rows = np.ascontiguousarray(ends, dtype=np.float64)
        painter.drawLines(_first(rows, QLineF), len(rows))


def _first(rows: Rows, kind: type[Any]) -> Any:
    """Return the first row as Qt sees it: QRectF and QLineF are four doubles, and rows lie one by one."""
    return wrapInstance(rows.ctypes.data, kind)
