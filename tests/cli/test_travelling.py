"""Cases are made, imported and exported on the command line, and nothing is lost on the way."""

import json
from pathlib import Path

from evidencemap.exchange.listing import read_listing, write_listing
from evidencemap.session import Session
from tests.cli.conftest import Ask


def test_a_new_case_is_a_case_file_that_opens(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "mine.evmap"

    answer = ask("new", path, "--title", "A case of mine")

    assert answer.code == 0
    with Session.open(path) as session:
        assert session.case.header.title == "A case of mine"


def test_the_founding_case_comes_through_a_case_file_as_the_same_listing(
    ask: Ask, tmp_path: Path, letter: Path, letter_file: Path
) -> None:
    answer = ask("export", letter_file, tmp_path / "out.yaml")

    assert answer.code == 0
    assert (tmp_path / "out.yaml").read_text("utf-8") == write_listing(read_listing(letter))


def test_listing_json_and_case_file_hold_the_same(ask: Ask, tmp_path: Path, letter_file: Path) -> None:
    assert ask("export", letter_file, tmp_path / "one.json").code == 0
    assert ask("import", tmp_path / "one.json", tmp_path / "two.evmap").code == 0
    assert ask("export", tmp_path / "two.evmap", tmp_path / "three.json").code == 0

    one, three = ((tmp_path / name).read_text("utf-8") for name in ("one.json", "three.json"))
    assert one == three
    assert json.loads(one)["steps"]["P7"] == {
        "from": ["C1"],
        "to": "C2",
        "scheme": "attribution",
        "warrant": "M1",
    }


def test_an_export_says_what_did_not_come_along(ask: Ask, tmp_path: Path, letter_file: Path) -> None:
    answer = ask("export", letter_file, tmp_path / "out.yaml")

    assert "The journal did not come along" in answer.err
    assert answer.out == f"Wrote {tmp_path / 'out.yaml'}.\n"


def test_commands_that_read_leave_the_case_file_and_its_folder_alone(
    ask: Ask, tmp_path: Path, letter_file: Path
) -> None:
    before = letter_file.read_bytes()

    for words in (("check",), ("history",), ("verify",), ("origins",), ("profiles",)):
        assert ask(words[0], letter_file, *words[1:]).code == 0

    assert letter_file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["letter.evmap"]


def test_edits_that_are_not_published_yet_are_mentioned(ask: Ask, letter_file: Path) -> None:
    from evidencemap.model import verbs
    from evidencemap.model.entities import Claim

    session = Session.open(letter_file)
    first = session.case.sorted(Claim)[0]
    session.apply(verbs.reword(session.case, first.id, "Reworded"))

    answer = ask("export", letter_file, letter_file.parent / "out.yaml")

    session.discard()
    assert answer.code == 0
    assert "1 edit of letter.evmap is not published yet" in answer.err
    assert "Reworded" not in (letter_file.parent / "out.yaml").read_text("utf-8")
