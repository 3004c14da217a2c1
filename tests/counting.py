"""Counts work: how often functions run while something is done, whatever the clock says."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def calls_in(act: Callable[[], object], name: str = "") -> int:
    """Return how many functions written in Python begin while something is done, or those of one name."""
    calls = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal calls
        calls += event == "call" and name in ("", frame.f_code.co_name)

    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(None)
    return calls
