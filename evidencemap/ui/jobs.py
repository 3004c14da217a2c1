"""Longer work beside the window: a thread a job, with progress and cancel; the case stays as it is."""

import threading
from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal


class CancelledError(Exception):
    """Raised inside a job once the person has cancelled it."""


class Job(QObject):
    """One piece of work in a thread of its own; what it makes is handed over on the main thread.

    `drop` gets what was made for nobody: the person cancelled, or the window went. It is `over` once the
    work is done, whether or not anybody has been told yet.
    """

    progressed = Signal(float)
    named = Signal(str)
    done = Signal()
    failed = Signal(object)
    ended = Signal()

    def __init__(
        self,
        label: str,
        work: Callable[["Job"], Any],
        parent: QObject | None = None,
        drop: Callable[[Any], object] = lambda made: None,
    ) -> None:
        super().__init__(parent)
        self.label = label
        self._work = work
        self._drop = drop
        self.over = False
        self._made: deque[Any] = deque()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="job", daemon=True)

    def start(self) -> None:
        """Begin the work."""
        self._thread.start()

    def cancel(self) -> None:
        """Ask the work to stop at its next report of progress."""
        self._stop.set()

    def wait(self, seconds: float = 10.0) -> bool:
        """Wait for the thread to end; return whether it did."""
        if self._thread.is_alive():
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def report(self, fraction: float, label: str = "") -> None:
        """Called by the work: how far it is (0 to 1), and what it does from now on.

        Raises CancelledError once it should stop.
        """
        if self._stop.is_set():
            raise CancelledError
        if label and label != self.label:
            self.label = label
            self.named.emit(label)
        self.progressed.emit(fraction)

    def hand_over(self, then: Callable[[Any], object]) -> None:
        """Give what was made to `then`, once; to `drop` if it is not wanted any more."""
        if self._made:
            made = self._made.popleft()
            (self._drop if self._stop.is_set() else then)(made)

    def let_go(self) -> None:
        """Drop what was made and has not been handed over."""
        self.cancel()
        self.hand_over(self._drop)

    def _run(self) -> None:
        try:
            self._made.append(self._work(self))
            self.over = True
        except CancelledError:
            self.over = True
        except BaseException as error:
            self.over = True
            if not self._stop.is_set():
                self.failed.emit(error)
        else:
            if self._stop.is_set():
                self.let_go()
            else:
                self.done.emit()
        self.ended.emit()


class Jobs(QObject):
    """The jobs that run now. A job started under a key replaces the one that ran under it."""

    started = Signal(object)
    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: dict[str, Job] = {}

    def start(
        self,
        key: str,
        label: str,
        work: Callable[[Job], Any],
        then: Callable[[Any], object],
        otherwise: Callable[[BaseException], None] | None = None,
        drop: Callable[[Any], object] = lambda made: None,
    ) -> Job:
        """Run `work` beside the window, then hand what it made to `then` on the main thread.

        Where it is cancelled too late for that, what it made goes to `drop`. What it raises goes to
        `otherwise`; without one it is a fault of ours, for the last-resort report.
        """
        self.cancel(key)
        job = Job(label, work, self, drop)
        self._running[key] = job
        queued = Qt.ConnectionType.QueuedConnection
        job.done.connect(lambda: job.hand_over(then), queued)
        job.failed.connect(_let_fly if otherwise is None else otherwise, queued)
        job.ended.connect(lambda: self._forget(key, job), queued)
        self.started.emit(job)
        job.start()
        return job

    def cancel(self, key: str) -> None:
        """Cancel the job that runs under a key, if one does."""
        job = self._running.get(key)
        if job is not None:
            job.cancel()

    def close(self) -> None:
        """Cancel all jobs and wait for their threads."""
        for job in list(self._running.values()):
            job.cancel()
            job.wait()
            job.let_go()
        self._running.clear()

    @property
    def busy(self) -> bool:
        """Return whether any job runs."""
        return bool(self._running)

    def _forget(self, key: str, job: Job) -> None:
        if self._running.get(key) is job:
            del self._running[key]
        job.wait()
        job.deleteLater()
        if not self._running:
            self.idle.emit()


def _let_fly(error: BaseException) -> None:
    raise error
