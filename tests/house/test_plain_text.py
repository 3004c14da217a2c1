"""No text of a case is ever shown as markup: Qt guesses, so the window never lets it guess."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.sources import Source, last_name, planted, sources

GUESSING_CLASSES = {"QLabel", "QStaticText", "QMessageBox"}
MARKUP_CLASSES = {
    "QErrorMessage", "QGraphicsTextItem", "QInputDialog", "QProgressDialog", "QSplashScreen", "QTextBrowser",
    "QTextEdit", "QToolTip", "QWebEngineView", "QWhatsThis", "QWizard", "QWizardPage",
}  # fmt: skip
MARKUP_METHODS = {
    "appendHtml", "convertFromPlainText", "fromHtml", "fromMarkdown", "insertHtml", "insertMarkdown",
    "setDefaultStyleSheet", "setHtml", "setMarkdown",
}  # fmt: skip
STATIC_BOXES = {"about", "critical", "information", "question", "warning"}
TIP_METHODS = {"setToolTip", "setWhatsThis"}
TIP_ROLES = {"ToolTipRole", "WhatsThisRole"}
MARKUP_FORMATS = {"RichText", "AutoText", "MarkdownText"}
ESCAPED = "plain_tooltip"
LABEL = "plain_label"
Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Module


def markup_faults(source: Source) -> list[str]:
    """Name each place where a text could be taken for markup."""
    return [
        f"{source.place}:{line}: {why}"
        for function in functions(source.tree)
        for line, why in (*guesses(function), *tips(function))
    ] + [f"{source.place}:{line}: {why}" for line, why in markup(source)]


def functions(tree: ast.Module) -> list[Function]:
    """Return the module and each function in it."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    return [tree, *(node for node in ast.walk(tree) if isinstance(node, kinds))]


def own(function: Function) -> Iterator[ast.AST]:
    """Yield what stands in a function itself, not in the functions inside it."""
    waiting: list[ast.AST] = list(ast.iter_child_nodes(function))
    while waiting:
        node = waiting.pop()
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
            waiting += ast.iter_child_nodes(node)


def guesses(function: Function) -> Iterator[tuple[int, str]]:
    """Yield each label, message box or static text that is made and not told in place that its text is plain.

    Such a thing is made without a text, given a name, and told by that name: `x.setTextFormat(PlainText)`.
    A class that inherits from one tells itself, in its `__init__`.
    """
    nodes = list(own(function))
    told = {
        ast.unparse(node.func.value)
        for node in nodes
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "setTextFormat"
        and last_name(node.args[0]) == "PlainText"
    }
    named = {
        id(node.value): ast.unparse(target)
        for node in nodes
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
    }
    for node in nodes:
        if isinstance(node, ast.Call) and last_name(node.func) in GUESSING_CLASSES:
            if named.get(id(node)) not in told:
                yield node.lineno, f"{last_name(node.func)} guesses whether its text is markup: use {LABEL}"
        elif isinstance(node, ast.ClassDef) and guesses_itself(node):
            yield node.lineno, f"{node.name} does not tell itself that its text is plain"


def guesses_itself(node: ast.ClassDef) -> bool:
    """Say whether a class inherits the guessing and never tells itself that its text is plain."""
    told = "self.setTextFormat(Qt.TextFormat.PlainText)" in ast.unparse(node)
    return bool({last_name(base) for base in node.bases} & GUESSING_CLASSES) and not told


def tips(function: Function) -> Iterator[tuple[int, str]]:
    """Yield each tooltip or role of a tooltip whose text is not escaped where it is given."""
    nodes = list(own(function))
    escapes = any(isinstance(node, ast.Call) and last_name(node.func) == ESCAPED for node in nodes)
    for node in nodes:
        if isinstance(node, ast.Call) and last_name(node.func) in TIP_METHODS:
            given = node.args[-1] if node.args else None
            if not (isinstance(given, ast.Call) and last_name(given.func) == ESCAPED):
                yield node.lineno, f"{last_name(node.func)} takes only {ESCAPED}(text)"
        elif isinstance(node, ast.Attribute) and node.attr in TIP_ROLES and not escapes:
            yield node.lineno, f"{node.attr} takes only {ESCAPED}(text)"


def markup(source: Source) -> Iterator[tuple[int, str]]:
    """Yield each use of a class, method or format whose very purpose is markup, and labels made of a text."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6"):
            for alias in node.names:
                if alias.name in MARKUP_CLASSES:
                    yield node.lineno, f"{alias.name} shows markup: use a class that does not"
        elif isinstance(node, ast.Attribute):
            if node.attr in MARKUP_METHODS | MARKUP_FORMATS:
                yield node.lineno, f"{node.attr} shows markup"
            elif last_name(node.value) == "QMessageBox" and node.attr in STATIC_BOXES:
                yield node.lineno, f"QMessageBox.{node.attr} guesses whether its text is markup"
        elif isinstance(node, ast.Call) and last_name(node.func) == "addRow" and len(node.args) == 2:
            first = node.args[0]
            if not (isinstance(first, ast.Call) and last_name(first.func) == LABEL):
                yield node.lineno, f"addRow makes a label that guesses: give it {LABEL}(text)"


def test_no_text_of_a_case_is_shown_as_markup() -> None:
    window = sources("evidencemap/ui")

    faults = [fault for source in window for fault in markup_faults(source)]

    assert faults == []


@pytest.mark.parametrize(
    "fault",
    [
        "def f(text):\n    return QLabel(text)",
        "def f(text):\n    label = QLabel()\n    label.setText(text)",
        "def f(a, b):\n    label = QLabel()\n    other.setTextFormat(Qt.TextFormat.PlainText)",
        "class Heading(QLabel):\n    pass",
        "def f(widget, text):\n    widget.setToolTip(text)",
        "def f(item, text):\n    item.setToolTip(0, text)",
        "def data(self, role):\n    if role == Qt.ItemDataRole.ToolTipRole:\n        return self.text",
        "def f(view, text):\n    view.setHtml(text)",
        "from PySide6.QtWidgets import QTextBrowser",
        "def f(label):\n    label.setTextFormat(Qt.TextFormat.RichText)",
        "def f(text):\n    QMessageBox.warning(None, 'x', text)",
        "def f(form, field):\n    form.addRow('Name', field)",
    ],
)
def test_a_text_that_could_be_markup_is_seen(fault: str) -> None:
    source = planted(fault + "\n")

    faults = markup_faults(source)

    assert len(faults) == 1


def test_a_text_that_is_told_to_be_plain_passes() -> None:
    source = planted("""
class Heading(QLabel):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
def f(widget, form, item, text):
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    self.other = QLabel()
    self.other.setTextFormat(Qt.TextFormat.PlainText)
    widget.setToolTip(plain_tooltip(text))
    item.setToolTip(0, plain_tooltip(text))
    form.addRow(plain_label(text), widget)
def data(self, role):
    return plain_tooltip(self.text) if role == Qt.ItemDataRole.ToolTipRole else None
""")

    faults = markup_faults(source)

    assert faults == []
