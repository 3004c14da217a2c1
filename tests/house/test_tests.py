"""Tests use real things: no mocks, no patched attributes, no sleeping, no private names of ours."""

import ast

import pytest

from tests.house.sources import Source, imports, last_name, planted, sources

BANNED_CALLS = {
    "msleep": "QThread", "patch": "mock", "qSleep": "QTest", "setattr": "monkeypatch", "sleep": "time",
}  # fmt: skip
OWN = {"self", "cls", "os", "sys"}


def unreal_things(source: Source) -> list[str]:
    """Name each thing in a test that is not real."""
    found = [
        f"{source.place}:{line}: {name}"
        for line, name in imports(source)
        if name.startswith(("unittest.mock", "mock.", "pytest_mock")) or name == "time.sleep"
    ]
    found += [
        f"{source.place}:{line}: {name} is private"
        for line, name in imports(source)
        if name.startswith("evidencemap.") and is_private(name.rpartition(".")[2])
    ]
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and is_private(node.attr) and last_name(node.value) not in OWN:
            found.append(f"{source.place}:{node.lineno}: {node.attr} is private")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = BANNED_CALLS.get(node.func.attr)
            if owner and last_name(node.func.value) == owner:
                found.append(f"{source.place}:{node.lineno}: {owner}.{node.func.attr}")
    return found


def is_private(name: str) -> bool:
    """Say whether a name is meant for its own file only; the gettext word `_` is not."""
    return name.startswith("_") and not name.startswith("__") and name != "_"


def test_every_test_uses_real_things() -> None:
    every = sources("tests")

    faults = [fault for source in every for fault in unreal_things(source)]

    assert faults == []


@pytest.mark.parametrize(
    "fault",
    [
        "from unittest.mock import Mock",
        "import unittest.mock",
        "from time import sleep",
        "def test(monkeypatch):\n    monkeypatch.setattr('a.b', 1)",
        "import time\ntime.sleep(1)",
        "def test(window):\n    assert window._canvas",
        "from evidencemap.model.case import _check",
    ],
)
def test_a_mock_a_patch_a_sleep_or_a_private_name_is_seen(fault: str) -> None:
    source = planted(fault + "\n", "tests/ui/test_planted.py")

    faults = unreal_things(source)

    assert len(faults) == 1
