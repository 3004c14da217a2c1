"""Where a large map was laid out is remembered, within bounds, and never where it could tell anything."""

import os
from pathlib import Path

import pytest

from evidencemap.model.records import Id, new_id
from evidencemap.session import Session
from evidencemap.storage.mapplaces import (
    LARGE_MAPS,
    LARGEST,
    MAPS,
    SMALL,
    forget_places,
    keep_places,
    kept_places,
)
from evidencemap.storage.places import state_folder

WAY = "left to right"


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    forget_places()


def some_places(count: int) -> dict[Id, tuple[float, float]]:
    return {new_id(): (12.25 * at, -0.5 * at) for at in range(count)}


def remembered() -> list[Path]:
    return sorted((state_folder() / "maps").glob("*"))


def test_what_was_kept_is_found_again_each_way_for_itself() -> None:
    case, across, upwards = new_id(), some_places(40), some_places(3)

    keep_places(case, WAY, across)
    keep_places(case, "bottom to top", upwards)

    assert kept_places(case, WAY) == across
    assert kept_places(case, "bottom to top") == upwards
    assert kept_places(new_id(), WAY) == {}


def test_it_holds_no_word_and_no_name_and_only_its_owner_reads_it() -> None:
    case, places = new_id(), some_places(40)

    keep_places(case, WAY, places)

    (path,) = remembered()
    ids = "\n".join(places).encode()
    held = path.read_bytes()
    assert len(held) == len(b"EvidenceMap places 1\n") + 32 + len(ids) + 2 + 16 * len(places)
    assert case not in path.name
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_a_memory_with_any_byte_changed_or_lost_is_no_memory() -> None:
    case, places = new_id(), some_places(3)
    keep_places(case, WAY, places)
    (path,) = remembered()
    held = path.read_bytes()

    for at in range(len(held)):
        path.write_bytes(held[:at] + bytes([held[at] ^ 1]) + held[at + 1 :])
        assert kept_places(case, WAY) == {}, at
        path.write_bytes(held[:at])
        assert kept_places(case, WAY) == {}, at
    path.write_bytes(held)
    assert kept_places(case, WAY) == places


def test_places_that_are_no_numbers_are_not_taken() -> None:
    case, node = new_id(), new_id()

    for at in (float("nan"), float("inf"), 1e300):
        keep_places(case, WAY, {node: (0.0, at)})

        assert kept_places(case, WAY) == {}


def test_only_so_many_maps_are_remembered_and_none_that_is_too_large() -> None:
    cases = [new_id() for _ in range(MAPS + 3)]

    for at, case in enumerate(cases):
        before = set(remembered())
        keep_places(case, WAY, some_places(2))
        (path,) = set(remembered()) - before
        os.utime(path, (at, at))
    keep_places(cases[0], WAY, {Id("x" * LARGEST): (0.0, 0.0)})

    assert len(remembered()) == MAPS
    assert [bool(kept_places(case, WAY)) for case in cases] == [False] * 3 + [True] * MAPS


def test_large_maps_are_few_and_push_no_small_one_out() -> None:
    small, large = new_id(), [new_id() for _ in range(LARGE_MAPS + 2)]
    keep_places(small, WAY, some_places(2))
    places = some_places(SMALL // 50)

    for at, case in enumerate(large):
        before = set(remembered())
        keep_places(case, WAY, places)
        (path,) = set(remembered()) - before
        os.utime(path, (at, at))

    assert [bool(kept_places(case, WAY)) for case in large] == [False] * 2 + [True] * LARGE_MAPS
    assert kept_places(small, WAY)


def test_a_case_that_gets_a_passphrase_is_forgotten(tmp_path: Path) -> None:
    other = new_id()
    with Session.new("A case that is to be secret") as session:
        session.save_as(tmp_path / "secret.evmap")
        for case in (session.case.id, other):
            keep_places(case, WAY, some_places(2))

        session.set_passphrase("correct horse battery staple")

        assert kept_places(session.case.id, WAY) == {}
        assert kept_places(other, WAY) != {}


def test_a_disk_that_refuses_costs_nothing_but_the_memory() -> None:
    folder = state_folder() / "maps"
    folder.rmdir() if folder.exists() else None
    folder.write_text("in the way")

    keep_places(new_id(), WAY, some_places(2))
    forget_places()

    assert folder.read_text() == "in the way"
    folder.unlink()
