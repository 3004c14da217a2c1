"""Two analysts work on copies of the founding case, and their work is put together without a third file."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evidencemap.model import verbs
from evidencemap.model.case import Case
from evidencemap.model.edit import Edit
from evidencemap.model.entities import Claim, Evidence
from evidencemap.model.plain import plain_entity
from evidencemap.model.records import Id
from evidencemap.model.words import Grade
from evidencemap.session import Session, read_case, verify
from tests.cli.conftest import Ask, snapshot


@pytest.fixture
def anna(letter_file: Path) -> Path:
    return letter_file


@pytest.fixture
def ben(letter_file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "ben.evmap"
    path.write_bytes(letter_file.read_bytes())
    return path


def at(case: Case, number: str) -> Id:
    return case.by_number[number]


def work(path: Path, *acts: Callable[[Case], Edit]) -> None:
    with Session.open(path) as session:
        for act in acts:
            session.apply(act(session.case))


def reword(number: str, text: str) -> Callable[[Case], Edit]:
    return lambda case: verbs.reword(case, at(case, number), text)


def put(number: str, name: str, value: object) -> Callable[[Case], Edit]:
    return lambda case: verbs.set_field(case, at(case, number), name, value)


def add_claim(text: str) -> Callable[[Case], Edit]:
    return lambda case: verbs.add(case, Claim, text=text)


def connect(ground: str, target: str) -> Callable[[Case], Edit]:
    return lambda case: verbs.connect(case, [at(case, ground)], at(case, target))


def remove(number: str) -> Callable[[Case], Edit]:
    return lambda case: verbs.remove(case, [at(case, number)])


def text_of(case: Case, number: str) -> str:
    return str(getattr(case[at(case, number)], "text"))  # noqa: B009


def answer(ask: Ask, *words: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ask(*words, "--json").out)
    return found


def test_what_each_did_goes_through_and_the_merged_case_verifies(
    ask: Ask, anna: Path, ben: Path, tmp_path: Path
) -> None:
    work(anna, reword("C3", "Anna's words"), add_claim("Anna's claim"), connect("E1", "C3"))
    work(ben, put("C3", "stated", Grade.SUGGESTIVE), add_claim("Ben's claim"), add_claim("Ben's other"))
    new = f"C{read_case(ben)[0].highest['C'] - 1}"
    work(ben, connect("E1", new))

    made = ask("merge", anna, ben, "-o", tmp_path / "both.evmap")

    assert (made.code, made.out[:5]) == (0, "Made ")
    both = read_case(tmp_path / "both.evmap")[0]
    renumbered = dict(both.header.aliases)[new]
    assert text_of(both, "C3") == "Anna's words"
    assert both.get(Claim, at(both, "C3")).stated is Grade.SUGGESTIVE  # type: ignore[union-attr]
    assert [text_of(both, each) for each in (new, renumbered)] == ["Anna's claim", "Ben's claim"]
    assert f"{new} of ben.evmap is {renumbered} now." in made.err
    assert [each[0] for each in map(both.number, both.users(at(both, renumbered)))] == ["P"]
    assert verify(tmp_path / "both.evmap").ok
    assert ask("history", tmp_path / "both.evmap").out.count(" merge ") == 1


def test_what_both_did_differently_is_left_to_a_person_field_by_field(
    ask: Ask, anna: Path, ben: Path, tmp_path: Path
) -> None:
    work(anna, reword("C3", "Anna's words"), put("E1", "quote", "Anna's quote"), put("E1", "credibility", 5))
    work(ben, reword("C3", "Ben's words"), put("E1", "quote", "Ben's quote"), put("E1", "credibility", 5))
    before = snapshot(tmp_path)

    refused = ask("merge", anna, ben, "-o", tmp_path / "both.evmap")

    assert refused.code == 1
    assert "C3.text" in refused.out and "Anna's words" in refused.out and "Ben's words" in refused.out
    names = [
        each["name"] for each in answer(ask, "merge", anna, ben, "-o", tmp_path / "c.evmap")["conflicts"]
    ]
    assert names == ["E1.quote", "C3.text"]
    assert {name: data for name, data in snapshot(tmp_path).items() if "private" not in name} == before

    made = ask("merge", anna, ben, "-o", tmp_path / "both.evmap", "--ours", "C3.text", "--theirs", "E1.quote")

    assert made.code == 0
    both = read_case(tmp_path / "both.evmap")[0]
    item = both.get(Evidence, at(both, "E1"))
    assert item is not None
    assert (text_of(both, "C3"), item.quote, item.credibility) == ("Anna's words", "Ben's quote", 5)
    assert verify(tmp_path / "both.evmap").ok


def test_decisions_can_come_from_a_file_and_one_about_nothing_is_refused(
    ask: Ask, anna: Path, ben: Path, tmp_path: Path
) -> None:
    work(anna, reword("C3", "Anna's words"))
    work(ben, reword("C3", "Ben's words"))
    decisions, out = tmp_path / "decisions.json", tmp_path / "both.evmap"
    decisions.write_text('{"C3.text": "theirs"}', "utf-8")

    assert ask("merge", anna, ben, "-o", out, "--ours", "C4.text").code == 2
    assert ask("merge", anna, ben, "-o", out, "--ours", "C3.text", "--theirs", "C3.text").code == 2
    assert ask("merge", anna, ben, "-o", out, "--resolutions", decisions).code == 0

    assert text_of(read_case(out)[0], "C3") == "Ben's words"
    decisions.write_text('["C3.text"]', "utf-8")
    assert "decides nothing" in ask("merge", anna, ben, "-o", f"{out}.evmap", "--resolutions", decisions).err


def test_what_one_removed_and_the_other_needs_is_asked_about(
    ask: Ask, anna: Path, ben: Path, tmp_path: Path
) -> None:
    work(anna, remove("R1"))
    work(ben, lambda case: verbs.set_field(case, at(case, "R1"), "held_by", "The registry"))

    found = answer(ask, "merge", anna, ben, "-o", tmp_path / "no.evmap")

    assert "R1" in [each["name"] for each in found["conflicts"]]
    assert not (tmp_path / "no.evmap").exists()
    names = [each["name"] for each in found["conflicts"]]
    for side, there in (("ours", False), ("theirs", True)):
        out = tmp_path / f"{side}.evmap"
        decided = [word for name in names for word in (f"--{side}", name)]
        assert ask("merge", anna, ben, "-o", out, *decided).code == 0
        assert ("R1" in read_case(out)[0].by_number) is there
        assert verify(out).ok


@pytest.mark.parametrize("keeps", ["ours", "theirs"])
def test_what_stays_keeps_its_steps_and_what_points_at_it(
    ask: Ask, anna: Path, ben: Path, tmp_path: Path, keeps: str
) -> None:
    before = read_case(anna)[0]
    keeper, remover = (anna, ben) if keeps == "ours" else (ben, anna)
    work(keeper, reword("C6", "It is enormous, and here is why"))
    work(remover, remove("C6"), remove("R2"), reword("C5", "Other words"))
    loses = "theirs" if keeps == "ours" else "ours"
    merged = ("merge", anna, ben, "-o")

    kept = ask(*merged, tmp_path / "kept.evmap", f"--{keeps}", "C6")
    lost = ask(*merged, tmp_path / "lost.evmap", f"--{loses}", "C6")

    assert (kept.code, lost.code) == (0, 0)
    both, without = read_case(tmp_path / "kept.evmap")[0], read_case(tmp_path / "lost.evmap")[0]
    assert text_of(both, "C6") == "It is enormous, and here is why"
    assert plain_entity(both, both[at(both, "P11")]) == plain_entity(before, before[at(before, "P11")])
    assert plain_entity(both, both[at(both, "R3")]) == plain_entity(before, before[at(before, "R3")])
    assert text_of(both, "C5") == "Other words" and "R2" not in both.by_number
    assert not {"C6", "P11", "R2"} & without.by_number.keys() and "R3" in without.by_number
    assert verify(tmp_path / "kept.evmap").ok and verify(tmp_path / "lost.evmap").ok


def test_exhibits_that_both_added_to_one_item_are_both_kept_with_it(
    ask: Ask, anna: Path, ben: Path, tmp_path: Path
) -> None:
    shared, files = tmp_path / "shared.txt", {}
    shared.write_bytes(b"in both")
    with Session.open(anna) as session:
        session.add_exhibit(shared, to=at(session.case, "E3"))
    ben.write_bytes(anna.read_bytes())
    for path in (anna, ben):
        files[path] = path.with_suffix(".txt")
        files[path].write_bytes(f"only of {path.stem}".encode())
        with Session.open(path) as session:
            session.add_exhibit(files[path], to=at(session.case, "E3"))

    merged = ask("merge", anna, ben, "-o", tmp_path / "both.evmap")

    both = read_case(tmp_path / "both.evmap")[0]
    assert merged.code == 0
    item = both.of(Evidence)[at(both, "E3")]
    assert [both.number(each) for each in item.exhibits] == ["X1", "X2", "X3"]
    assert ask("exhibit", "verify", tmp_path / "both.evmap").code == 0
    assert verify(tmp_path / "both.evmap").ok


def test_a_new_step_to_what_the_other_removed_is_asked_about(
    ask: Ask, anna: Path, ben: Path, tmp_path: Path
) -> None:
    work(anna, add_claim("Something to remove"))
    ben.write_bytes(anna.read_bytes())
    number = f"C{read_case(anna)[0].highest['C']}"
    work(anna, remove(number))
    work(ben, connect("E1", number))

    (conflict,) = answer(ask, "merge", anna, ben, "-o", tmp_path / "no.evmap")["conflicts"]

    assert conflict["name"] == number
    assert conflict["ours"] is None
    (step,) = conflict["used_by"]
    for side, there in (("ours", False), ("theirs", True)):
        out = tmp_path / f"{side}.evmap"
        assert ask("merge", anna, ben, "-o", out, f"--{side}", number).code == 0
        both = read_case(out)[0]
        assert (number in both.by_number, step in both.by_number) == (there, there)


def test_a_second_merge_takes_up_where_the_first_ended(
    ask: Ask, anna: Path, ben: Path, tmp_path: Path
) -> None:
    work(anna, add_claim("Anna's claim"))
    work(ben, add_claim("Ben's claim"))
    once, twice = tmp_path / "once.evmap", tmp_path / "twice.evmap"
    assert ask("merge", anna, ben, "-o", once).code == 0
    number = f"C{read_case(ben)[0].highest['C']}"
    work(ben, reword(number, "Ben's claim, put better"))

    assert ask("merge", once, ben, "-o", twice).code == 0
    assert ask("merge", ben, once, "-o", tmp_path / "back.evmap").code == 0

    for path in (twice, tmp_path / "back.evmap"):
        texts = [each.text for each in read_case(path)[0].sorted(Claim)]
        assert texts.count("Anna's claim") == 1
        assert texts.count("Ben's claim, put better") == 1
        assert "Ben's claim" not in texts


def test_merging_changes_neither_copy_and_undo_stops_at_it(
    ask: Ask, anna: Path, ben: Path, tmp_path: Path
) -> None:
    work(anna, add_claim("Anna's claim"))
    work(ben, add_claim("Ben's claim"))
    before = anna.read_bytes(), ben.read_bytes()

    assert ask("merge", anna, ben, "-o", tmp_path / "both.evmap").code == 0

    assert (anna.read_bytes(), ben.read_bytes()) == before
    with Session.open(tmp_path / "both.evmap") as session:
        assert session.undo() is None
    assert ask("merge", anna, ben, "-o", tmp_path / "both.evmap").code == 2


def test_a_merge_from_a_wrong_fork_would_lose_what_was_removed(anna: Path, ben: Path) -> None:
    from evidencemap.model.merging import merge

    work(anna, add_claim("A claim"))
    ben.write_bytes(anna.read_bytes())
    fork = read_case(anna)[0]
    number = f"C{fork.highest['C']}"
    work(anna, remove(number))
    work(ben, reword("C3", "Ben's words"))
    ours, theirs = read_case(anna)[0], read_case(ben)[0]

    right = merge(fork, ours, theirs, label="Merge").edit
    wrong = merge(ours, ours, theirs, label="Merge").edit

    assert right is not None and wrong is not None
    assert number not in ours.after(right).by_number
    assert "A claim" in [each.text for each in ours.after(wrong).of(Claim).values()]


def test_diff_says_who_did_what(ask: Ask, anna: Path, ben: Path, letter: Path) -> None:
    work(anna, reword("C3", "Anna's words"), reword("C4", "The same"))
    work(ben, reword("C5", "Ben's words"), reword("C4", "The same"), remove("R1"))

    told = ask("diff", anna, ben)
    found = answer(ask, "diff", anna, ben)

    assert told.code == 0
    assert "Only in letter.evmap: 1 difference" in told.out and "Anna's words" in told.out
    assert [(each["number"], each["field"]) for each in found["ours"]] == [("C3", "text")]
    assert ("C5", "text") in [(each["number"], each["field"]) for each in found["theirs"]]
    assert [(each["number"], each["after"]) for each in found["both"]] == [("C4", "The same")]
    assert ("R1", None) in [(each["number"], each["after"]) for each in found["theirs"]]
    assert answer(ask, "diff", anna, letter)["forked"] is False
    assert "Both copies say the same." in ask("diff", anna, anna).out


def test_files_of_other_cases_are_not_merged(ask: Ask, anna: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.evmap"
    assert ask("new", other, "--title", "Another case").code == 0

    refused = ask("merge", anna, other, "-o", tmp_path / "both.evmap")

    assert (refused.code, refused.out) == (2, "")
    assert "no common history" in refused.err
    assert ask("diff", anna, other).code == 0
