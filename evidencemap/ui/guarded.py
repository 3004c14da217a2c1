"""One decorator for every override of a Qt virtual, so that our fault is a report and never a crash."""

import functools
import sys
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, overload

P = ParamSpec("P")
R = TypeVar("R")


@overload
def guarded(function: Callable[P, R], /) -> Callable[P, R]: ...


@overload
def guarded(*, default: R) -> Callable[[Callable[P, R]], Callable[P, R]]: ...


def guarded(function: Callable[P, Any] | None = None, /, *, default: Any = None) -> Any:
    """Guard a method that Qt calls: whatever it raises goes to the last-resort report.

    The report is `sys.excepthook`. The caller gets `default`, which must be something that Qt takes
    for this virtual: None for an event handler, `@guarded(default=False)` for an event filter. On
    Python 3.11 an exception that reaches C++ from a virtual aborts the process.
    """
    if function is None:
        return lambda method: _guard(method, default)
    return _guard(function, None)


def _guard(method: Callable[P, R], default: R) -> Callable[P, R]:
    @functools.wraps(method)
    def call(*arguments: P.args, **named: P.kwargs) -> R:
        try:
            return method(*arguments, **named)
        except Exception:
            sys.excepthook(*sys.exc_info())
            return default

    return call
