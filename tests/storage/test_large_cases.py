"""A case of more rows than become entities at once is read whole, in parts that the window can wait for."""

from pathlib import Path

from evidencemap.model.entities import Step
from evidencemap.session import Session
from evidencemap.storage.reading import AT_ONCE
from tests.benchmarks.generate import generate


def test_a_case_of_more_rows_than_are_read_at_once_comes_back_whole(tmp_path: Path) -> None:
    case = generate(14_500, 3)
    path = tmp_path / "large.evmap"
    with Session.adopt(case) as session:
        session.save_as(path)
    heard: list[float] = []

    with Session.open(path, heard.append) as session:
        read = session.case

    assert len(case.of(Step)) > AT_ONCE
    assert read.entities == case.entities
    assert read.by_number == case.by_number and read.highest == case.highest
    assert heard == sorted(heard)
