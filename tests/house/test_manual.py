"""The manual names what there is: every command of the menus with its key, every option, every folder."""

import re
from pathlib import Path

import click
import pytest

from evidencemap.cli.commands import COMMANDS
from evidencemap.cli.program import program
from evidencemap.resources import resource
from evidencemap.ui.actions import ACTIONS

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
COMMAND_LINE = resource("help", "command-line.md").read_text("utf-8")

_ENTRY = re.compile(r"- \*\*(?P<text>[^*]+)\*\*(?: \((?P<keys>[^)]+)\))?: ")
_SAID = {"Del": "Delete", "Return": "Enter"}
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
_MENU_PATH = re.compile(r"\b(File|Edit|Case|View|Insert|Analyze|Help), (?:the )?([A-Z][^.,;:*”)]+)")
_PLACE = re.compile(r"[`(]((?:\w[\w.-]*/)+[\w.-]*)[`)]")
_OF_OTHERS = {"-CAfile", "--python"}
"""Options of other programs that the manual shows."""


def commands_listed(page: str) -> list[tuple[str, str, str]]:
    """Return menu, text and key of each command that a page lists beneath the name of a menu."""
    found, menu = [], ""
    for line in page.splitlines():
        menu = line.removeprefix("# ") if line.startswith("# ") else menu
        entry = _ENTRY.match(line)
        if entry is not None:
            found.append((menu, entry["text"], entry["keys"] or ""))
    return found


def options_of(command: click.Command) -> set[str]:
    """Return the long options of a command and of those within it."""
    own = {each for param in command.params for each in param.opts if each.startswith("--")}
    within = command.commands.values() if isinstance(command, click.Group) else ()
    return own.union({"--help"}, *map(options_of, within))


def unknown_options(name: str, text: str) -> set[str]:
    """Return the options that a text names and that a command does not have."""
    with click.Context(program) as context:
        command = program.get_command(context, name)
    assert command is not None
    return set(_OPTION.findall(text)) - options_of(command) - _OF_OTHERS


def unknown_menu_entries(page: str) -> list[str]:
    """Return the entries that a page names behind their menu and that the menu does not have."""
    entries = {(each.menu.value, each.text.rstrip("…")) for each in ACTIONS}
    named = _MENU_PATH.findall(" ".join(page.split()))
    known = {text for _menu, text in entries}
    return [
        f"{menu}, {text}"
        for menu, text in named
        if not any(text.startswith(each) for each in known if (menu, each) in entries)
    ]


def places_missing(text: str) -> list[str]:
    """Return the files and folders of this project that a text names and that are not there."""
    first = {each.name for each in ROOT.iterdir()}
    return [
        each for each in _PLACE.findall(text) if each.split("/")[0] in first and not (ROOT / each).exists()
    ]


def test_the_page_of_every_command_lists_each_with_its_key_in_the_order_of_the_menus() -> None:
    listed = commands_listed(resource("help", "commands.md").read_text("utf-8"))

    held = [(each.menu.value, each.text, _SAID.get(each.keys, each.keys)) for each in ACTIONS]

    assert listed == held


@pytest.mark.parametrize("page", sorted(path.name for path in resource("help").glob("*.md")))
def test_every_menu_entry_that_a_page_names_is_there(page: str) -> None:
    text = resource("help", page).read_text("utf-8")

    assert unknown_menu_entries(text) == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_that_the_manual_shows_of_a_command_is_one(name: str) -> None:
    section = COMMAND_LINE.split(f"\n### {name}\n")[1].split("\n##")[0]
    shown = [line for line in README.splitlines() if f"`evidencemap {name} " in line]

    unknown = unknown_options(name, section) | unknown_options(name, "\n".join(shown))

    assert unknown == set()


def test_every_command_stands_in_the_readme() -> None:
    table = README.split("## The command line")[1].split("\n## ")[0]

    missing = [name for name in COMMANDS if not re.search(rf"`(?:evidencemap )?{name}\b", table)]

    assert missing == []


def test_every_file_and_folder_that_the_manual_names_is_there() -> None:
    pages = [README, *(path.read_text("utf-8") for path in resource("help").glob("*.md"))]

    missing = [place for page in pages for place in places_missing(page)]

    assert missing == []


def test_the_readme_names_every_folder_of_the_program() -> None:
    folders = [path for path in (ROOT / "evidencemap").iterdir() if (path / "__init__.py").exists()]

    missing = [path.name for path in folders if f"`evidencemap/{path.name}/`" not in README]
    data = [path.name for path in (ROOT / "resources").iterdir() if path.is_dir()]
    row = next(line for line in README.splitlines() if line.startswith("| `resources/`"))

    assert missing == []
    assert [each for each in data if each not in row] == []


def test_a_fault_of_each_kind_is_seen() -> None:
    assert commands_listed("# File\n\n- **Openn…** (Ctrl+O): opens.") == [("File", "Openn…", "Ctrl+O")]
    assert unknown_menu_entries("See View, Wobble the map.") == ["View, Wobble the map"]
    assert unknown_options("check", "`--strictly`") == {"--strictly"}
    assert places_missing("`evidencemap/nowhere/`") == ["evidencemap/nowhere/"]
