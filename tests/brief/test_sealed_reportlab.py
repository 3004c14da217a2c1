"""reportlab runs nothing from the home folder or the search path, and obeys no variable, when we print."""

from pathlib import Path

import pytest

from tests.brief.processes import ROOT, printed

TRAP = "open({!r}, 'w').close()\n"
PRINTS = """
from evidencemap.brief.pdf import pdf_bytes
from evidencemap.brief.outline import Outline
import hashlib
data, _ = pdf_bytes(Outline(title="T", date="2026-01-31", blocks=()), identity=b"")
print(hashlib.sha256(data).hexdigest())
"""
IMPORTS = "import reportlab.rl_config\n"


def trapped_home(folder: Path) -> None:
    folder.mkdir()
    for name in (".reportlab_settings", ".reportlab_mods", "reportlab_settings.py", "reportlab_mods.py"):
        (folder / name).write_text(TRAP.format(str(folder / f"sprung by {name}")), encoding="utf-8")


def sprung(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("sprung*"))


def test_printing_a_brief_springs_no_trap_in_the_home_folder(tmp_path: Path) -> None:
    home = tmp_path / "home"
    trapped_home(home)

    printed(PRINTS, {}, home)

    assert sprung(home) == []


def test_a_plain_import_of_reportlab_would_spring_them(tmp_path: Path) -> None:
    home = tmp_path / "home"
    trapped_home(home)

    printed(IMPORTS, {}, home)

    assert sprung(home) == ["sprung by reportlab_mods.py", "sprung by reportlab_settings.py"]


@pytest.mark.parametrize("variable", ["RL_pageCompression", "RL_invariant", "RL_ttfAsciiReadable"])
def test_a_variable_does_not_change_a_brief(tmp_path: Path, variable: str) -> None:
    usual = printed(PRINTS, {}, tmp_path)

    other = printed(PRINTS, {variable: "0"}, tmp_path)

    assert other == usual


def test_only_the_tagged_layer_imports_reportlab() -> None:
    files = (ROOT / "evidencemap").rglob("*.py")

    outside = [
        path.relative_to(ROOT).as_posix()
        for path in files
        if "tagged" not in path.parts and "reportlab" in _imports(path.read_text(encoding="utf-8"))
    ]

    assert outside == []


def _imports(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if line.lstrip().startswith(("import ", "from ")))
