"""Searching finds what is there now, whatever is typed, and no case file carries an index."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from evidencemap.model import verbs
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Source
from evidencemap.model.records import Id
from evidencemap.session import Session
from evidencemap.storage.search import Index


@pytest.fixture
def session() -> Session:
    made = Session.new("Of harbours and ships")
    made.apply(verbs.add(made.case, Source, name="The harbour master"))
    made.apply(verbs.add(made.case, Evidence, text="A ship left at night", quote="left, unlit, at 02:10"))
    made.apply(verbs.add(made.case, Claim, text="The café's cargo was moved; Ärger folgte"))
    made.apply(verbs.add(made.case, Claim, text="船は夜に出た"))
    return made


def numbers(session: Session, typed: str) -> list[str]:
    return [session.case.number(each) for each in session.search(typed)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("harb", ["S1", "case"]),
        ("night ship", ["E1"]),
        ("unlit", ["E1"]),
        ("CAFE", ["C1"]),
        ("cafe\u0301", ["C1"]),
        ("arger", ["C1"]),
        ("出", ["C2"]),
        ("夜に", ["C2"]),
        ("c2", ["C2"]),
        ("elephant", []),
        ("ship elephant", []),
        ("", []),
    ],
)
def test_words_and_beginnings_of_words_are_found_while_typing(
    session: Session, typed: str, found: list[str]
) -> None:
    with session:
        assert sorted(numbers(session, typed)) == sorted(found)


def test_what_was_reworded_removed_or_undone_is_found_as_it_is_now(session: Session) -> None:
    with session:
        claim = session.case.by_number["C1"]
        assert numbers(session, "cargo") == ["C1"]

        session.apply(verbs.reword(session.case, claim, "Nothing but ballast"))
        assert (numbers(session, "cargo"), numbers(session, "ballast")) == ([], ["C1"])
        session.undo()
        assert (numbers(session, "cargo"), numbers(session, "ballast")) == (["C1"], [])
        session.apply(verbs.remove(session.case, [claim]))
        assert numbers(session, "cargo") == []


def test_an_edit_is_taken_up_alone_where_the_index_knows_what_was_before(session: Session) -> None:
    with session:
        first, claim = session.case, session.case.by_number["C1"]
        edit = verbs.reword(first, claim, "Nothing but ballast")
        second = first.after(edit)
        third = second.after(verbs.reword(second, claim, "Sand"))
        knows, does_not = Index(first), Index(third)

        knows.learn(first, edit, second)
        does_not.learn(first, edit, second)

        assert (knows.find("ballast", 5), knows.find("cargo", 5)) == ([claim], [])
        assert (does_not.find("sand", 5), does_not.find("ballast", 5)) == ([claim], [])


def test_an_index_that_was_not_brought_up_would_find_what_is_gone(session: Session) -> None:
    with session:
        stale = Index(session.case)
        session.apply(verbs.reword(session.case, session.case.by_number["C1"], "Nothing but ballast"))

        assert stale.find("cargo", 5) != []
        stale.follow(session.case)

        assert stale.find("cargo", 5) == []


def test_the_best_match_comes_first_and_no_more_than_asked_for(session: Session) -> None:
    with session:
        for count in range(30):
            filler = "and other words of no weight at all " * (30 - count)
            session.apply(verbs.add(session.case, Claim, text=f"lantern {filler}"))

        found = numbers(session, "lantern")

        assert len(found) == 30
        assert found[0] == "C32"
        assert len(session.search("lantern", 7)) == 7


HOSTILE = [
    '"', '""', '"""', "'", "*", "**", "a*", "-a", "^a", "a:b", "text:ship", "{text}:ship", "(", ")", "((",
    "()", "AND", "OR", "NOT", "NEAR", "NEAR(a b, 3)", "a AND", "OR b", "a NOT", "ship OR", "NOT NOT", "+",
    "\0", "ship\0left", "\ud800", "\U0010ffff", "\u202e", ";", "-- drop", "'; drop table texts; --", "%",
    "_", "\\", "a" * 100_000, "a " * 10_000, "\n", "\t", "🏴\u200d☠️", "ﷺ", "\u0301", "१", "𐀀", "ᢆ", "𞤀",
    "𛰀", "٣", "²", "ⅷ",
]  # fmt: skip


def test_nothing_that_is_typed_can_go_wrong(session: Session) -> None:
    with session:
        before = session.case

        found = [len(session.search(typed)) for typed in HOSTILE]

        assert max(found) <= 60
        assert session.case is before
        assert numbers(session, "unlit") == ["E1"]


def test_words_of_the_query_language_are_words_like_others(session: Session) -> None:
    with session:
        session.apply(verbs.add(session.case, Claim, text="Either near or far"))

        assert numbers(session, "NEAR OR") == ["C3"]
        assert numbers(session, "OR") == ["C3"]


def test_the_old_number_of_a_newcomer_finds_it_too(session: Session) -> None:
    with session:
        header = session.case.header
        session.apply(verbs.set_field(session.case, header.id, "aliases", (("C2", "C1"),)))

        assert numbers(session, "C2") == ["C2", "C1"]


def test_a_large_case_gives_the_same_after_many_edits_as_from_scratch() -> None:
    from tests.benchmarks.generate import generate

    case = generate(400)
    index = Index(case)
    changed: Case = case
    for claim in case.sorted(Claim)[::7]:
        changed = changed.after(verbs.reword(changed, claim.id, f"Changed {claim.number} entirely"))
    index.follow(changed)

    fresh = Index(changed)

    for word in ("changed", "accounts", "the", "provider audit"):
        assert set(index.find(word, 1_000)) == set(fresh.find(word, 1_000)) != set[Id]()


def test_no_case_file_carries_an_index(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "case.evmap"
    with session:
        session.search("ship")
        session.save_as(path)

    with closing(sqlite3.connect(path)) as read:
        names = [name for (name,) in read.execute("select name from sqlite_schema")]

    assert "entity" in names
    assert not [name for name in names if "texts" in name]
