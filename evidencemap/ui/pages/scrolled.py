"""A form that scrolls while the foot under it, with what is missing and the buttons, stays in sight."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from evidencemap.ui.plain import plain_label

LARGE = 26
"""The height of a line, in pixels, above which what stands side by side stands one above the other."""

_USUAL = 16
"""About how high a line is at the usual size of text, in pixels."""


def fit(dialog: QDialog, wide: int, high: int) -> None:
    """Give a dialog a size in pixels at the usual size of text; larger text makes it larger, if it can be."""
    scale = max(1.0, dialog.fontMetrics().height() / _USUAL)
    above = dialog.parentWidget()
    room = dialog.screen().availableSize()
    if above is not None:
        room = room.expandedTo(above.window().size())
    dialog.resize(
        min(round(wide * scale), round(room.width() * 0.9)),
        min(round(high * scale), round(room.height() * 0.88)),
    )


class ScrolledForm:
    """Lays a dialog out as one scrolled column of named fields, with a foot that stays in sight.

    `called` is what a screen reader hears of the column. Fields are added from the top down.
    """

    def __init__(self, dialog: QDialog, called: str) -> None:
        self.inside = QWidget(dialog)
        self._column = QVBoxLayout(self.inside)
        self._column.setContentsMargins(0, 0, 10, 0)
        area = QScrollArea(dialog)
        area.setWidget(self.inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(called)
        self._whole = QVBoxLayout(dialog)
        self._whole.addWidget(area, 1)
        self._fields: list[QWidget] = []

    def add(self, widget: QWidget) -> None:
        """Add a widget that needs no name of its own."""
        self._column.addWidget(widget)
        self._fields.append(widget)

    def add_layout(self, layout: QLayout) -> None:
        """Add a place that is filled later."""
        self._column.addLayout(layout)

    def add_named(self, name: str, *widgets: QWidget) -> tuple[QWidget, ...]:
        """Add a field under its name, with what belongs to it beside it; return the label and these.

        The first widget gets the name and the room, and the label leads to it.
        """
        label = plain_label(name, self.inside, wrap=True)
        label.setObjectName("factname")
        label.setBuddy(widgets[0])
        widgets[0].setAccessibleName(name)
        row = QHBoxLayout()
        for at, widget in enumerate(widgets):
            row.addWidget(widget, 1 if at == 0 else 0)
            self._fields.append(widget)
        self._column.addWidget(label)
        self._column.addLayout(row)
        return (label, *widgets)

    def end(self, lacking: QLabel, *buttons: QPushButton) -> None:
        """Keep the fields at the top, and put what is missing and the buttons into the foot.

        Tab goes from one to the next as they stand, whichever was made first.
        """
        self._column.addStretch(1)
        foot = QHBoxLayout()
        if self.inside.fontMetrics().height() > LARGE:
            self._whole.addWidget(lacking)
            foot.addStretch(1)
        else:
            foot.addWidget(lacking, 1)
        for button in buttons:
            foot.addWidget(button)
        self._whole.addLayout(foot)
        for before, after in pairwise([*self._fields, *buttons]):
            QWidget.setTabOrder(before, after)
