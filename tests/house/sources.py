"""Finds and reads the sources that the house rules speak about."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One Python file: its place below the root, with slashes, and its text."""

    place: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """The parsed text."""
        return ast.parse(self.text, self.place)

    @property
    def module(self) -> str:
        """The dotted name under which it is imported."""
        return self.place.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def sources(*folders: str) -> list[Source]:
    """Return every Python file below the folders, sorted by place."""
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return [
        Source(place=path.relative_to(ROOT).as_posix(), text=path.read_text(encoding="utf-8"))
        for path in paths
    ]


def planted(text: str, place: str = "evidencemap/ui/planted.py") -> Source:
    """Return a source that nobody wrote, for showing that a rule sees the fault in it."""
    return Source(place=place, text=text)


def files_kept() -> list[str]:
    """Return every file that git keeps or would keep, by its place below the root."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return sorted(line for line in run.stdout.splitlines() if (ROOT / line).exists())


def imports(source: Source) -> Iterator[tuple[int, str]]:
    """Yield line and full dotted name of everything that a source imports, by statement or by name."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and last_name(node.func) in ("import_module", "__import__"):
            yield from (
                (node.lineno, str(word.value)) for word in node.args[:1] if isinstance(word, ast.Constant)
            )


def last_name(node: ast.expr) -> str:
    """Return the last word of a name or an attribute: `setText` of `self.label.setText`; else nothing."""
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""
