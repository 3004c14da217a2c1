"""reportlab runs nothing from the home folder or the search path, and obeys no variable, when we print."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TRAP = "open({!r}, 'w').close()\n"
PRINTS = """
from evidencemap.brief.pdf import pdf_bytes
from evidencemap.brief.outline import Outline
import hashlib
data, _ = pdf_bytes(Outline(title="T", date="2026-01-31", blocks=()), identity=b"")
print(hashlib.sha256(data).hexdigest())
"""
IMPORTS = "import reportlab.rl_config\n"


def run(program: str, home: Path, **variables: str) -> str:
    environment = {**os.environ, "HOME": str(home), "PYTHONPATH": f"{home}{os.pathsep}{ROOT}", **variables}
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        cwd=home,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return done.stdout


def trapped_home(folder: Path) -> None:
    folder.mkdir()
    for name in (".reportlab_settings", ".reportlab_mods", "reportlab_settings.py", "reportlab_mods.py"):
        (folder / name).write_text(TRAP.format(str(folder / f"sprung by {name}")), encoding="utf-8")


def sprung(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("sprung*"))


def test_printing_a_brief_springs_no_trap_in_the_home_folder(tmp_path: Path) -> None:
    home = tmp_path / "home"
    trapped_home(home)

    run(PRINTS, home)

    assert sprung(home) == []


def test_a_plain_import_of_reportlab_would_spring_them(tmp_path: Path) -> None:
    home = tmp_path / "home"
    trapped_home(home)

    run(IMPORTS, home)

    assert sprung(home) == ["sprung by reportlab_mods.py", "sprung by reportlab_settings.py"]


@pytest.mark.parametrize("variable", ["RL_pageCompression", "RL_invariant", "RL_ttfAsciiReadable"])
def test_a_variable_does_not_change_a_brief(tmp_path: Path, variable: str) -> None:
    usual = run(PRINTS, tmp_path)

    other = run(PRINTS, tmp_path, **{variable: "0"})

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
