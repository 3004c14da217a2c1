"""What a file that somebody made to do harm, or that a journey damaged, can do to its receiver."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.storage.forging import founding_file


@pytest.fixture(scope="module")
def file(original: Path) -> Path:
    return original


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("other")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(folder / "state"))
        # Imported in the same second under the same label, one page would make it the other file, whole.
        yield founding_file(folder / "case.evmap", "Import it once more")


def test_no_damaged_file_crashes_hangs_or_says_something_else(
    file: Path, other: Path, tmp_path: Path, mutants: int
) -> None:
    original, *outcomes = batch("mutants", file, other, tmp_path, seed=7, count=mutants)

    assert len(outcomes) == mutants
    assert {each["content"] for each in outcomes} <= {"", original["content"]}
    assert max(float(each["seconds"]) for each in outcomes) < 10
    assert {each.name for each in tmp_path.iterdir()} <= {"copy.db", "damaged.evmap", "target.db"}


@pytest.mark.parametrize("digests", [True, False])
def test_only_the_digests_keep_a_damaged_file_from_saying_something_else(
    file: Path, other: Path, tmp_path: Path, digests: bool
) -> None:
    way = "reworded" if digests else "reworded-without-digests"
    original, *outcomes = batch(way, file, other, tmp_path, seed=7, count=20)

    missed = {each["content"] for each in outcomes} - {"", original["content"]}

    assert len(outcomes) > 3
    assert bool(missed) is not digests


def test_every_changed_bit_of_the_case_is_noticed(
    file: Path, other: Path, tmp_path: Path, flips: int
) -> None:
    original, *outcomes = batch("flips", file, other, tmp_path, seed=3, count=flips)

    assert len(outcomes) == flips
    assert {each["content"] for each in outcomes} <= {"", original["content"]}
    assert sum(1 for each in outcomes if not each["content"]) > flips / 10


def test_the_library_alone_does_not_notice_every_changed_bit(file: Path, other: Path, tmp_path: Path) -> None:
    original, *outcomes = batch("flips-without-digests", file, other, tmp_path, seed=3, count=300)

    missed = {each["content"] for each in outcomes} - {"", original["content"]}

    assert len(missed) > 3


@pytest.fixture(params=["quick", pytest.param("long", marks=pytest.mark.long)])
def mutants(request: pytest.FixtureRequest) -> int:
    return 2_000 if request.param == "quick" else 100_000


@pytest.fixture(params=["quick", pytest.param("long", marks=pytest.mark.long)])
def flips(request: pytest.FixtureRequest) -> int:
    return 600 if request.param == "quick" else 10_000


def batch(way: str, file: Path, other: Path, folder: Path, seed: int, count: int) -> list[dict[str, str]]:
    words = [way, str(file), str(other), str(folder), str(seed), str(count)]
    run = subprocess.run(
        [sys.executable, "-m", "tests.storage.batch", *words], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr[-2000:]
    return [json.loads(line) for line in run.stdout.splitlines()]
