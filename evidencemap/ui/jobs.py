"""Longer work beside the window: a thread a job, with progress and cancel; the case stays as it is."""

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal


class CancelledError(Exception):
    """Raised inside a job once the person has cancelled it."""


class Job(QObject):
    """One piece of work in a thread of its own; what it makes reaches `done` on the main thread."""

    progressed = Signal(float)
    done = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, label: str, work: Callable[["Job"], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.label = label
        self._work = work
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

    def report(self, fraction: float) -> None:
        """Called by the work: how far it is (0 to 1). Raises CancelledError once it should stop."""
        if self._stop.is_set():
            raise CancelledError
        self.progressed.emit(fraction)

    def _run(self) -> None:
        try:
            made = self._work(self)
        except CancelledError:
            pass
        except BaseException as error:
            if not self._stop.is_set():
                self.failed.emit(error)
        else:
            if not self._stop.is_set():
                self.done.emit(made)
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
        then: Callable[[Any], None],
        otherwise: Callable[[BaseException], None] | None = None,
    ) -> Job:
        """Run `work` beside the window, then hand what it made to `then` on the main thread."""
        self.cancel(key)
        job = Job(label, work, self)
        self._running[key] = job
        queued = Qt.ConnectionType.QueuedConnection
        job.done.connect(then, queued)
        if otherwise is not None:
            job.failed.connect(otherwise, queued)
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
