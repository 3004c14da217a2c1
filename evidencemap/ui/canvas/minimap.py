"""The small picture of the whole map in the corner, with the part that is seen; a press there goes there."""

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from evidencemap.ui.canvas.bulk import draw_boxes
from evidencemap.ui.canvas.looking import Looking
from evidencemap.ui.canvas.looks import LOOKS

WIDTH, HEIGHT, GAP = 132.0, 84.0, 14.0


class Minimap:
    """Keeps its picture until the map changes. Hides where everything is seen anyway or there is no room."""

    def __init__(self) -> None:
        self.dragging = False
        self._picture: tuple[object, QPixmap] | None = None

    def forget(self) -> None:
        """Paint the picture again next time."""
        self._picture = None

    def paint(self, painter: QPainter, view: Looking) -> None:
        """Paint it in the lower corner where the window ends, in pixels."""
        frame = self._frame(view)
        if frame is None:
            return
        whole, scale, inner = self._scale(view, frame)
        theme = view.theme
        painter.setPen(QPen(theme.color("card_edge"), 1))
        painter.setBrush(theme.color("panel"))
        painter.drawRoundedRect(frame, 4, 4)
        painter.drawPixmap(frame.topLeft(), self._painted(view, whole, scale, inner, frame))
        seen = view.camera.seen(QSizeF(view.size()))
        box = QRectF(
            inner.left() + (seen.left() - whole.left()) * scale,
            inner.top() + (seen.top() - whole.top()) * scale,
            seen.width() * scale,
            seen.height() * scale,
        ).intersected(frame.adjusted(2, 2, -2, -2))
        painter.setPen(QPen(theme.color("focus"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 2, 2)

    def press(self, at: QPointF, view: Looking) -> bool:
        """Go where it is pressed; say whether it was."""
        frame = self._frame(view)
        if frame is None or not frame.contains(at):
            return False
        self.dragging = True
        self.drag(at, view)
        return True

    def drag(self, at: QPointF, view: Looking) -> None:
        """Bring what lies under the pointer to the middle."""
        frame = self._frame(view)
        if frame is not None:
            whole, scale, inner = self._scale(view, frame)
            there = (at - inner.topLeft()) / scale + whole.topLeft()
            view.camera.center(there, QSizeF(view.size()))
            view.seen_changed()

    def _frame(self, view: Looking) -> QRectF | None:
        if len(view.scene.index) < 2 or view.width() < 480 or view.height() < 320:
            return None
        left, top, right, bottom = view.scene.extent()
        if view.camera.seen(QSizeF(view.size())).contains(QRectF(left, top, right - left, bottom - top)):
            return None
        left_of_it = GAP if view.isRightToLeft() else view.width() - WIDTH - GAP
        return QRectF(left_of_it, view.height() - HEIGHT - GAP, WIDTH, HEIGHT)

    def _scale(self, view: Looking, frame: QRectF) -> tuple[QRectF, float, QRectF]:
        left, top, right, bottom = view.scene.extent()
        whole = QRectF(left, top, max(1.0, right - left), max(1.0, bottom - top))
        scale = min((WIDTH - 14) / whole.width(), (HEIGHT - 14) / whole.height())
        inner = QRectF(0, 0, whole.width() * scale, whole.height() * scale)
        inner.moveCenter(frame.center())
        return whole, scale, inner

    def _painted(self, view: Looking, whole: QRectF, scale: float, inner: QRectF, frame: QRectF) -> QPixmap:
        ratio = view.devicePixelRatioF()
        key = (view.theme.name, whole.getRect(), ratio)
        if self._picture is not None and self._picture[0] == key:
            return self._picture[1]
        picture = QPixmap(QSizeF(WIDTH * ratio, HEIGHT * ratio).toSize())
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.translate(inner.topLeft() - frame.topLeft())
        painter.scale(scale, scale)
        painter.translate(-whole.topLeft())
        scene = view.scene
        for place, look in enumerate(LOOKS):
            chosen = scene.boxes[scene.looks == place]
            if len(chosen):
                painter.setBrush(view.theme.color("muted" if look.color == "request" else look.color))
                draw_boxes(painter, chosen)
        painter.end()
        self._picture = (key, picture)
        return picture
