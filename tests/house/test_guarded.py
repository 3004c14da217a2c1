"""Every override of a Qt method in the window is guarded: an exception that reaches C++ is a crash."""

import ast
import importlib

import pytest

from tests.house.sources import Source, last_name, planted, sources

GUARD = "guarded"


def guard_faults(window: list[Source]) -> list[str]:
    """Name each method that overrides one of Qt's and is not guarded, or gives Qt nothing to return."""
    classes = {
        f"{source.module}.{node.name}": (source, node)
        for source in window
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef)
    }
    names = {source.module: imported_names(source) for source in window}
    faults = [fault for source in window for fault in patch_faults(source)]
    for source, node in classes.values():
        taken = {name for base in qt_bases(source, node, classes, names) for name in qt_methods(base)}
        for method in node.body:
            if isinstance(method, ast.FunctionDef) and method.name in taken:
                faults += [f"{source.place}:{method.lineno}: {node.name}.{why}" for why in unguarded(method)]
    return faults


def unguarded(method: ast.FunctionDef) -> list[str]:
    """Say why a method that Qt calls is not guarded as it must be: at most one sentence."""
    guards = [word for word in method.decorator_list if last_name(called(word)) == GUARD]
    if not guards:
        return [f"{method.name} overrides Qt and is not @{GUARD}"]
    told = ast.unparse(method.returns) if method.returns else ""
    may_be_none = told in ("object", "Any") or "None" in told.split(" | ")
    if may_be_none or isinstance(guards[0], ast.Call):
        return []
    return [f"{method.name} returns a value: @{GUARD}(default=...)"]


def patch_faults(source: Source) -> list[str]:
    """Name each assignment that puts a function in the place of a Qt event handler."""
    return [
        f"{source.place}:{node.lineno}: {target.attr} is assigned, not overridden"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Attribute) and target.attr.endswith("Event") and target.attr != "Event"
    ]


def qt_bases(
    source: Source,
    node: ast.ClassDef,
    classes: dict[str, tuple[Source, ast.ClassDef]],
    names: dict[str, dict[str, str]],
) -> list[str]:
    """Return the dotted names of the Qt classes from which a class inherits, through our own too."""
    found = []
    for base in node.bases:
        full = dotted(base, names[source.module], source.module)
        if full.startswith("PySide6."):
            found.append(full)
        elif full in classes and classes[full][1] is not node:
            found += qt_bases(*classes[full], classes, names)
    return found


def qt_methods(full: str) -> set[str]:
    """Return the names of the methods that a Qt class has, its own ancestors' included."""
    module, _, name = full.rpartition(".")
    qt = getattr(importlib.import_module(module), name)
    return {word for word in dir(qt) if not word.startswith("__") and callable(getattr(qt, word))}


def imported_names(source: Source) -> dict[str, str]:
    """Return what each imported name of a source stands for, in full."""
    found: dict[str, str] = {}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.asname: alias.name for alias in node.names if alias.asname}
    return found


def dotted(node: ast.expr, names: dict[str, str], module: str) -> str:
    """Return the full dotted name that an expression in a module stands for."""
    if isinstance(node, ast.Subscript):
        return dotted(node.value, names, module)
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value, names, module)}.{node.attr}"
    if isinstance(node, ast.Name):
        return names.get(node.id, node.id if node.id == "PySide6" else f"{module}.{node.id}")
    return ""


def called(node: ast.expr) -> ast.expr:
    """Return what is called by an expression, or the expression where nothing is."""
    return node.func if isinstance(node, ast.Call) else node


def test_every_method_that_qt_calls_is_guarded() -> None:
    window = sources("evidencemap/ui")

    faults = guard_faults(window)

    assert faults == []


HEAD = """
import PySide6.QtCore as core
from PySide6.QtCore import QAbstractListModel, QObject, QSize
from PySide6.QtWidgets import QWidget
from evidencemap.ui.guarded import guarded
"""


@pytest.mark.parametrize(
    "fault",
    [
        "class A(QWidget):\n    def paintEvent(self, event) -> None: ...",
        "class A(QWidget):\n    @guarded\n    def sizeHint(self) -> QSize: ...",
        "class A(QAbstractListModel):\n    def rowCount(self, parent) -> int: ...",
        "class A(core.QThread):\n    def run(self) -> None: ...",
        "class A(QWidget): ...\nclass B(A):\n    def keyPressEvent(self, event) -> None: ...",
        "def make():\n    class A(QObject):\n        def eventFilter(self, it, event) -> bool: ...",
        "def patch(widget, function):\n    widget.mousePressEvent = function",
    ],
)
def test_an_unguarded_override_is_seen(fault: str) -> None:
    window = [planted(HEAD + fault + "\n")]

    faults = guard_faults(window)

    assert len(faults) == 1


def test_an_override_of_our_own_class_in_another_file_is_seen() -> None:
    first = planted(HEAD + "class A(QWidget): ...\n", "evidencemap/ui/first.py")
    text = "from evidencemap.ui.first import A\nclass B(A):\n    def closeEvent(self, event) -> None: ...\n"
    second = planted(text, "evidencemap/ui/second.py")

    faults = guard_faults([first, second])

    assert faults == ["evidencemap/ui/second.py:3: B.closeEvent overrides Qt and is not @guarded"]


def test_a_guarded_override_and_a_method_of_our_own_pass() -> None:
    text = """
class A(QWidget):
    def __init__(self) -> None: ...
    @guarded
    def paintEvent(self, event) -> None: ...
    @guarded(default=QSize())
    def sizeHint(self) -> QSize: ...
    def show_claim(self) -> int: ...
class B:
    def paintEvent(self, event) -> None: ...
"""

    faults = guard_faults([planted(HEAD + text)])

    assert faults == []
