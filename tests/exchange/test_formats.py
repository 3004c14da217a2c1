"""The registry of formats, and files that are written whole or not at all."""

import stat
from pathlib import Path

import pytest

from evidencemap.errors import CaseFileRefused, EvidenceMapError, ListingRefused
from evidencemap.exchange.files import write_new
from evidencemap.exchange.formats import format_of, formats
from evidencemap.exchange.listing import read_listing
from evidencemap.model import verbs
from evidencemap.model.case import Case
from evidencemap.model.entities import Source
from evidencemap.resources import resource


@pytest.fixture
def letter() -> Case:
    return read_listing(resource("cases", "letter.yaml"))


@pytest.mark.parametrize("name", sorted(formats()))
def test_every_format_says_what_it_leaves_behind(name: str, letter: Case) -> None:
    first = letter.sorted(Source)[0]
    placed = letter.after(verbs.place(letter, {first.id: (1.0, 2.0)}))

    said = formats()[name].losses(placed)

    assert any("1 position on the map" in sentence for sentence in said)
    assert any("journal" in sentence for sentence in said)
    assert not any("position" in sentence for sentence in formats()[name].losses(letter))


def test_a_remark_on_what_does_not_come_along_is_named_in_the_report(letter: Case) -> None:
    marked = letter.after(verbs.checkpoint(letter, "before the vote", when="", entries=1, head=""))
    named = marked.numbered("Z1")
    assert named is not None
    noted = marked.after(verbs.remark(marked, named.id, "why now?"))

    said = formats()["listing"].losses(noted)

    assert "K1 pointed at what did not come along." in said


@pytest.mark.parametrize("name", ["case.YAML", "case.yml", "case.json"])
def test_the_ending_of_a_name_says_the_format(name: str) -> None:
    assert Path(name).suffix.lower() in format_of(Path(name), writing=True).endings


def test_a_name_without_a_known_ending_is_refused_with_those_that_are() -> None:
    with pytest.raises(ListingRefused, match=r"\.yaml, \.yml, \.json"):
        format_of(Path("case.doc"))


def test_a_new_file_is_there_whole_and_nothing_else_beside_it(tmp_path: Path) -> None:
    write_new(tmp_path / "a.yaml", b"content")

    assert [path.name for path in tmp_path.iterdir()] == ["a.yaml"]
    assert (tmp_path / "a.yaml").read_bytes() == b"content"
    assert stat.S_ISREG((tmp_path / "a.yaml").lstat().st_mode)


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("mine")

    with pytest.raises(CaseFileRefused, match="exists already"):
        write_new(tmp_path / "a.yaml", b"content")

    assert (tmp_path / "a.yaml").read_text() == "mine"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_is_not_there_is_an_error_for_a_person(tmp_path: Path) -> None:
    with pytest.raises(EvidenceMapError, match=r"a\.yaml cannot be written: no such file"):
        write_new(tmp_path / "none" / "a.yaml", b"content")
