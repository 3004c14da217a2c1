"""Files are where they belong, say what they are in their first line, and stay short."""

import ast
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath

import pytest

from tests.house.sources import Source, files_kept, planted, sources

TOP_LEVEL = {
    ".ci", ".gitignore", "CHANGELOG.md", "LICENSE", "README.md",
    "evidencemap", "packaging", "pyproject.toml", "resources", "tests",
}  # fmt: skip
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"}
ASKS_TO_BE_SPLIT = 400
TOO_LONG = 450
ALLOWED_TO_BE_LONG: frozenset[str] = frozenset()


def first_line_fault(source: Source) -> str:
    """Say what is wrong with the first line of a source, or nothing."""
    docstring = ast.get_docstring(source.tree, clean=False) or ""
    if not docstring.partition("\n")[0].strip():
        return f"{source.place}: its first line does not say its one thing"
    return ""


def name_fault(place: str) -> str:
    """Say which part of a path has a name that says nothing, or nothing."""
    for part in PurePosixPath(place).parts:
        stem = part.split(".")[0].lower()
        if stem in FORBIDDEN_NAMES or any(word in FORBIDDEN_NAMES for word in stem.split("_")):
            return f"{place}: {part} is a name that says nothing"
    return ""


def length_fault(source: Source) -> str:
    """Say that a source has outgrown its file, or nothing."""
    lines = len(source.text.splitlines())
    if lines > TOO_LONG and source.place not in ALLOWED_TO_BE_LONG:
        return f"{source.place}: {lines} lines"
    return ""


def top_level_fault(place: str) -> str:
    """Say that a file makes an entry at the top of the checkout that is none of ours, or nothing."""
    top = PurePosixPath(place).parts[0]
    return "" if top in TOP_LEVEL else f"{place}: {top} does not belong at the top"


def folder_faults(kept: Sequence[str]) -> list[str]:
    """Name each folder of the package without an `__init__.py`: no rule about imports would see into it."""
    files = {place for place in kept if place.startswith("evidencemap/") and place.endswith(".py")}
    folders = {str(folder) for place in files for folder in PurePosixPath(place).parents} - {"."}
    return [f"{each}: no __init__.py" for each in sorted(folders) if f"{each}/__init__.py" not in files]


def test_every_module_says_its_one_thing_in_its_first_line() -> None:
    every = [
        source
        for source in sources("evidencemap", "tests", "packaging")
        if source.text or source.place.startswith("evidencemap")
    ]

    faults = [fault for source in every if (fault := first_line_fault(source))]

    assert faults == []


def test_no_file_or_folder_has_a_name_that_says_nothing() -> None:
    kept = files_kept()

    faults = [fault for place in kept if (fault := name_fault(place))]

    assert faults == []


def test_a_file_that_outgrows_its_one_thing_is_named(record_property: Callable[[str, object], None]) -> None:
    every = sources("evidencemap", "tests", "packaging")

    asking = {s.place: lines for s in every if (lines := len(s.text.splitlines())) > ASKS_TO_BE_SPLIT}
    record_property("asks to be split", str(asking))

    assert [fault for source in every if (fault := length_fault(source))] == []


def test_every_folder_of_the_package_is_one_that_the_floors_see() -> None:
    kept = files_kept()

    faults = folder_faults(kept)

    assert faults == []


def test_nothing_else_lies_at_the_top_of_the_checkout() -> None:
    kept = files_kept()

    faults = [fault for place in kept if (fault := top_level_fault(place))]

    assert faults == []
    assert not any(place.startswith("packaging/") and place.endswith("__init__.py") for place in kept)


@pytest.mark.parametrize("text", ["", "import os\n", "# a comment\nx = 1\n", '"""\n"""\n'])
def test_a_module_with_no_first_line_is_seen(text: str) -> None:
    source = planted(text)

    fault = first_line_fault(source)

    assert fault.startswith("evidencemap/ui/planted.py")


@pytest.mark.parametrize("place", ["evidencemap/utils.py", "tests/ui/helpers/x.py", "ui/base_panel.py"])
def test_a_name_that_says_nothing_is_seen(place: str) -> None:
    kept = [place, "evidencemap/database.py"]

    faults = [fault for name in kept if (fault := name_fault(name))]

    assert len(faults) == 1
    assert faults[0].startswith(place)


def test_a_file_that_is_too_long_is_seen() -> None:
    short, long = planted("x = 1\n" * TOO_LONG), planted("x = 1\n" * (TOO_LONG + 1))

    faults = [length_fault(short), length_fault(long)]

    assert faults == ["", f"evidencemap/ui/planted.py: {TOO_LONG + 1} lines"]


def test_a_stray_entry_at_the_top_is_seen() -> None:
    kept = ["README.md", "docs/index.md"]

    faults = [top_level_fault(place) for place in kept]

    assert faults == ["", "docs/index.md: docs does not belong at the top"]


def test_a_folder_that_the_floors_do_not_see_is_seen() -> None:
    kept = [
        *("evidencemap/__init__.py", "evidencemap/ui/__init__.py", "evidencemap/ui/inner/thing.py"),
        *("evidencemap/newcomer/deep/__init__.py", "resources/help/x.py"),
    ]

    faults = folder_faults(kept)

    assert faults == ["evidencemap/newcomer: no __init__.py", "evidencemap/ui/inner: no __init__.py"]
