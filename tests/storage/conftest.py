"""Case files: one with an item in it, the founding case, and one that is sealed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evidencemap.model import verbs
from evidencemap.model.entities import Evidence
from evidencemap.session import Session
from tests.storage.forging import founding_file
from tests.storage.tampering import sealed_file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "cases"
    folder.mkdir()
    with Session.new("A case") as session:
        session.apply(verbs.add(session.case, Evidence, text="What the log shows"))
        session.save_as(folder / "case.evmap")
    return folder / "case.evmap"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield a file of the founding case, which no test may change."""
    folder = tmp_path_factory.mktemp("founding")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(folder / "state"))
        yield founding_file(folder / "case.evmap")


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[bytes, str]]:
    """Yield the bytes of a sealed case file, and the fingerprint of its seal."""
    folder = tmp_path_factory.mktemp("sealed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(folder / "state"))
        fingerprint = sealed_file(folder / "case.evmap")
        yield (folder / "case.evmap").read_bytes(), fingerprint
