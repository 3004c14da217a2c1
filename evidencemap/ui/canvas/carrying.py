"""What is dragged out of the map: cards as text and as a picture, for another program to take."""

from collections.abc import Collection

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDrag, QPixmap
from PySide6.QtWidgets import QWidget

from evidencemap.model.records import Id
from evidencemap.ui.canvas.scene import Scene
from evidencemap.ui.canvas.standing import Marks
from evidencemap.ui.canvas.whole import part_image
from evidencemap.ui.copying import as_text
from evidencemap.ui.theme import Theme

MOST = 3_000
"""The most pixels on a side of the picture."""

HELD = 220
"""The most pixels on a side of what is seen under the pointer."""


def carry(view: QWidget, scene: Scene, theme: Theme, marks: Marks, ids: Collection[Id]) -> None:
    """Let another program, or a field of ours, take cards as text or picture; nothing here changes.

    Returns when they are let go.
    """
    assert scene.verdicts is not None
    picture = part_image(scene, theme, marks, ids, MOST)
    data = QMimeData()
    data.setText(as_text(scene.case_needed(), scene.verdicts, ids))
    data.setImageData(picture)
    drag = QDrag(view)
    drag.setMimeData(data)
    how = (Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    drag.setPixmap(QPixmap.fromImage(picture.scaled(HELD, HELD, *how)))
    drag.exec(Qt.DropAction.CopyAction)
