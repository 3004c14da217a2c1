"""A case file, a log to keep in it, and a folder to take it out into."""

from pathlib import Path

import pytest

from evidencemap.model import verbs
from evidencemap.model.entities import Evidence
from evidencemap.session import Session
from tests.storage.filing import CONTENT


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "night.log"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "cases"
    folder.mkdir()
    with Session.new("A case") as session:
        session.apply(verbs.add(session.case, Evidence, text="What the log shows"))
        session.save_as(folder / "case.evmap")
    return folder / "case.evmap"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder
