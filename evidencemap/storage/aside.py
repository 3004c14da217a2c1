"""Something done in a thread of its own while this one goes on, and what came of it."""

from collections.abc import Callable
from threading import Thread
from typing import Generic, TypeVar

T = TypeVar("T")


class Aside(Generic[T]):
    """Begins some work at once; `result` waits for it. For work that gives way: hashing, flushing."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._made: list[T] = []
        self._fault: BaseException | None = None
        self._thread = Thread(target=self._run, name="aside", daemon=True)
        self._thread.start()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until the work is over, however it ended, at most so long; return whether it is."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def result(self) -> T:
        """Return what was made, once it is. Raises what the work raised."""
        self.wait()
        if self._fault is not None:
            raise self._fault
        return self._made[0]

    def _run(self) -> None:
        try:
            self._made.append(self._work())
        except BaseException as fault:
            self._fault = fault
