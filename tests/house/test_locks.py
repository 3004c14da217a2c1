"""What is installed is pinned: every dependency that we name, by version and by hash."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.house.sources import ROOT

PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)(?:\s*;\s*([^\\]+?))?\s*\\?$")
Pins = set[tuple[str, str, str]]


def pins(text: str) -> Pins:
    """Return name, version and condition of everything that a lock pins.

    Raises ValueError where a line pins nothing or a pin has no hash.
    """
    found: Pins = set()
    for block in re.split(r"\n(?=\S)", "\n".join(_without_remarks(text))):
        first, *rest = block.splitlines()
        match = PIN.match(first)
        if match is None or not any("--hash=sha256:" in line for line in rest):
            raise ValueError(f"not pinned by hash: {first}")
        found.add((match[1], match[2], match[3] or ""))
    return found


def _without_remarks(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]


def lock(name: str) -> Pins:
    """Return what one of our locks pins."""
    return pins((ROOT / "packaging" / name).read_text(encoding="utf-8"))


def named(requirements: list[str]) -> set[str]:
    """Return the bare names in a list of requirements."""
    return {re.split(r"[<>=!~ ;\[]", word)[0].lower().replace("_", "-") for word in requirements}


@pytest.fixture
def project() -> dict[str, list[str]]:
    """Return what pyproject.toml asks for: to run, to build, to develop."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups: dict[str, list[str]] = table["dependency-groups"]
    return {"run": table["project"]["dependencies"], **groups}


def test_the_lock_names_all_that_the_program_needs(project: dict[str, list[str]]) -> None:
    wanted = named(project["run"]) | named(project["build"])

    pinned = {name for name, _, _ in lock("lock.txt")}

    assert wanted - pinned == set()


def test_the_lock_for_development_names_all_of_it_and_more_in_the_same_versions(
    project: dict[str, list[str]],
) -> None:
    running = lock("lock.txt")

    developing = lock("lock-dev.txt")

    assert {(name, version) for name, version, _ in running - developing} == set()
    assert named(project["dev"]) - {name for name, _, _ in developing} == set()


@pytest.mark.parametrize(
    "text", ["numpy==2.1\n", "numpy>=2.1\n    --hash=sha256:00\n", "--index-url https://x\n"]
)
def test_what_is_not_pinned_by_hash_is_seen(text: str) -> None:
    good = "click==8.1 \\\n    --hash=sha256:00\n"

    with pytest.raises(ValueError, match="not pinned by hash"):
        pins(good + text)


def without_licence(folder: Path) -> set[str]:
    """Return the families of a folder of fonts that come without the text of the Open Font License."""
    licences = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("OFL*.txt")}
    families = {path.stem.partition("-")[0] for path in folder.glob("*.ttf")}
    wanted = {family: "OFL" if family == "Inter" else f"OFL-{family}" for family in families}
    return {
        family
        for family, name in wanted.items()
        if "SIL Open Font License, Version 1.1" not in licences.get(name, "")
    }


def test_every_font_comes_with_its_licence() -> None:
    folder = ROOT / "resources" / "fonts"

    bare = without_licence(folder)

    assert bare == set()
    assert (folder / "Inter-SemiBold.ttf").is_file()


def test_a_font_without_its_licence_is_seen(tmp_path: Path) -> None:
    (tmp_path / "Inter-Bold.ttf").touch()
    (tmp_path / "Other-Regular.ttf").touch()
    (tmp_path / "OFL.txt").write_text("SIL Open Font License, Version 1.1", encoding="utf-8")

    bare = without_licence(tmp_path)

    assert bare == {"Other"}
