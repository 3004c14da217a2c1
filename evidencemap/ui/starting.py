"""The window before the first case is open: how far that is, and a way to stop it."""

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidencemap.tongue import _
from evidencemap.ui.guarded import guarded
from evidencemap.ui.jobs import Job, Jobs
from evidencemap.ui.messages import MessageBar
from evidencemap.ui.opening import Ready

LATE = 500
"""Milliseconds after which an opening shows how far it is."""


class Starting(QWidget):
    """Opens the first case while the event loop runs; shows itself once that takes long."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("EvidenceMap")
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.messages = MessageBar(self)
        self.left = False
        self._jobs = Jobs(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.messages)
        self.resize(560, 90)

    def first_case(self, work: Callable[[Job], Ready]) -> Ready | None:
        """Return the case that the work opens, None where the person stopped it. Raises what it raised."""
        made: list[Ready] = []
        faults: list[BaseException] = []
        loop = QEventLoop()
        self._jobs.idle.connect(loop.quit)
        job = self._jobs.start(
            "open", _("Opening the case"), work, made.append, faults.append, Ready.put_back
        )
        late = QTimer(self)
        late.setSingleShot(True)
        late.timeout.connect(lambda: self._show(job))
        late.start(LATE)
        loop.exec()
        late.stop()
        self.hide()
        if faults:
            raise faults[0]
        return made[0] if made else None

    @guarded
    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop the opening; the window goes once that has stopped."""
        self.left = True
        self._jobs.cancel("open")
        event.ignore()

    def _show(self, job: Job) -> None:
        self.messages.show_job(job)
        self.show()
