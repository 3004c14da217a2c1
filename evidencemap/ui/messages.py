"""The message bar: one sentence at a time, in the window, never a dialog."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QToolButton, QWidget

from evidencemap.tongue import _
from evidencemap.ui.jobs import Job
from evidencemap.ui.plain import plain_label
from evidencemap.ui.wording import one_line

_READING_MS = 12_000

_MOST = 1_500
"""Letters that are shown of a message: three long sentences have room, a page that was pasted has not."""


class MessageBar(QFrame):
    """Shows a sentence, or the progress of a job with its cancel; hides itself when it was read."""

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messages")
        self.setAccessibleName(_("Messages"))
        self.sentence: QLabel = plain_label("", self, wrap=True)
        room = self.sentence.sizePolicy()
        room.setHorizontalPolicy(QSizePolicy.Policy.Ignored)  # A long word makes no window wider.
        self.sentence.setSizePolicy(room)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.progress = QProgressBar(self)
        self.progress.setMaximumWidth(180)
        self.progress.setRange(0, 1000)
        self._cancel = QToolButton(self)
        self._cancel.setText(_("Cancel"))
        self._close = QToolButton(self)
        self._close.setText("×")
        self._close.setAccessibleName(_("Dismiss the message"))
        self._close.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.progress)
        row.addWidget(self._cancel)
        row.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.dismiss)
        self._job: Job | None = None
        self._cancel.clicked.connect(self._stop_job)
        self.dismiss()

    def say(self, sentence: str, *, refusal: bool = False) -> None:
        """Show a sentence; a refusal is marked as one."""
        self._show_job(None)
        sentence = one_line(sentence, _MOST)
        self.sentence.setText(("✕  " if refusal else "") + sentence)
        self.setProperty("refusal", refusal)
        self.style().unpolish(self)
        self.style().polish(self)
        self.setVisible(True)
        self._timer.start(_READING_MS)
        announce(self, sentence)

    def keep_saying(self, sentence: str) -> None:
        """Show a sentence until it is dismissed or another one comes: it names what is looked up later."""
        self.say(sentence)
        self._timer.stop()

    def show_job(self, job: Job) -> None:
        """Show how far a job is until it ends."""
        self._show_job(job)
        self.setProperty("refusal", False)
        self.sentence.setText(job.label + "…")
        self.progress.setValue(0)
        self._timer.stop()
        job.progressed.connect(self._advance)
        job.named.connect(self._name_job)
        job.ended.connect(self._end_job)
        self.setVisible(True)

    def dismiss(self) -> None:
        """Hide the bar."""
        self._timer.stop()
        self._show_job(None)
        self.setVisible(False)
        self.dismissed.emit()

    def _show_job(self, job: Job | None) -> None:
        self._job = job
        self.progress.setVisible(job is not None)
        self._cancel.setVisible(job is not None)

    def _advance(self, fraction: float) -> None:
        self.progress.setValue(round(1000 * fraction))

    def _name_job(self, label: str) -> None:
        if self._job is not None and self.sender() is self._job:
            self.sentence.setText(label + "…")

    def _end_job(self) -> None:
        if self._job is not None and self.sender() is self._job:
            self.dismiss()

    def _stop_job(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.sentence.setText(_("Stopping") + "…")


class LateJobs(QObject):
    """Shows a job in the bar once it has taken half a second."""

    def __init__(self, bar: MessageBar) -> None:
        super().__init__(bar)
        self._bar = bar

    def follow(self, job: Job) -> None:
        """Wait half a second, then show the job if it still runs."""
        timer = QTimer(job)
        timer.setSingleShot(True)
        timer.timeout.connect(lambda: self._show(job))
        job.ended.connect(timer.stop)
        timer.start(500)

    def _show(self, job: Job) -> None:
        if not job.over:  # What it made may be told already: that is not to be covered by its progress.
            self._bar.show_job(job)


def announce(widget: QWidget, sentence: str) -> None:
    """Let a screen reader say a sentence."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))
