"""A case file with one item in it."""

from pathlib import Path

import pytest

from evidencemap.model import verbs
from evidencemap.model.entities import Evidence
from evidencemap.session import Session


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "cases"
    folder.mkdir()
    with Session.new("A case") as session:
        session.apply(verbs.add(session.case, Evidence, text="What the log shows"))
        session.save_as(folder / "case.evmap")
    return folder / "case.evmap"
