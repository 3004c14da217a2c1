"""Earlier publications can be had again, and they do not pile up."""

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from evidencemap.model import verbs
from evidencemap.model.entities import Claim
from evidencemap.session import Session, read_case, verify
from evidencemap.storage.backups import NEWEST, ROOM, Backup, backups_of, thinned
from evidencemap.storage.publish import prepare


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with Session.new("A case") as session:
        session.apply(verbs.add(session.case, Claim, text="It happened"))
        return session.save_as(tmp_path / "case.evmap")


def test_what_was_published_before_can_be_had_again_though_the_case_is_gone(file: Path) -> None:
    file.unlink()

    (backup,) = backups_of(file)

    assert verify(backup.path).ok
    assert "C1" in read_case(backup.path)[0].by_number
    assert backup.path.stat().st_mode & 0o077 == 0


def test_backups_lie_in_the_private_folder_and_not_beside_the_case(file: Path) -> None:
    with Session.open(file) as session:
        session.apply(verbs.add(session.case, Claim, text="More"))

    assert sorted(each.name for each in file.parent.glob("case*")) == ["case.evmap", "case.evmap.bak"]
    assert Path(os.environ["XDG_STATE_HOME"]) in backups_of(file)[0].path.parents


def test_a_copy_is_no_publication_of_the_case(file: Path) -> None:
    with Session.open(file) as session:
        session.save_copy(file.with_name("copy.evmap"))

    assert backups_of(file.with_name("copy.evmap")) == []


def test_the_latest_and_one_a_day_stay() -> None:
    now = datetime(2026, 11, 25, 12, tzinfo=UTC)
    hourly = [made(now - timedelta(hours=hours), 1_000) for hours in range(24 * 60)]

    kept = thinned(hourly)

    assert kept[:NEWEST] == hourly[:NEWEST]
    assert len(kept) < NEWEST + 32
    assert len({each.at[:10] for each in kept[NEWEST:]}) == len(kept[NEWEST:])


def test_large_backups_are_fewer_and_the_latest_always_stays() -> None:
    now = datetime(2026, 11, 25, 12, tzinfo=UTC)
    large = [made(now - timedelta(hours=hours), ROOM // 3) for hours in range(9)]

    assert thinned(large) == large[:3]
    assert thinned([made(now, ROOM + 1), *large[1:]])[0].size == ROOM + 1


def test_a_backup_that_cannot_be_kept_is_said_and_the_save_stands(file: Path) -> None:
    backups = Path(os.environ["XDG_STATE_HOME"]) / "evidencemap" / "backups"
    shutil.rmtree(backups)
    backups.write_text("in the way", encoding="utf-8")

    with Session.open(file) as session:
        session.apply(verbs.add(session.case, Claim, text="More"))
        session.save()

        (notice,) = session.notices
    assert "C2" in read_case(file)[0].by_number
    assert notice.startswith("case.evmap was saved, but no backup of it was kept: ")


def test_what_a_killed_save_left_beside_the_case_goes_at_the_next_opening(file: Path) -> None:
    mine = file.with_name(".case.evmap.mynotes.new")
    mine.write_text("not ours")
    # Killed before it could put the finished file in its place.
    left = prepare(file, file, None).temporary

    with Session.open(file) as session:
        seen_while_open = hidden(file)
        other = prepare(file, file, None).temporary
        with Session.open(file) as reader:
            assert reader.read_only
        assert other.exists(), "the one who may only read takes away what the writer is about to publish"
        session.apply(verbs.add(session.case, Claim, text="More"))

    assert left.name not in seen_while_open
    assert mine.name in hidden(file)


def hidden(file: Path) -> list[str]:
    """Return the names beside a case that no person sees."""
    return sorted(each.name for each in file.parent.glob(".*"))


def made(at: datetime, size: int) -> Backup:
    return Backup(path=Path(at.strftime("%Y%m%dT%H%M%S")), at=at.strftime("%Y-%m-%dT%H:%M:%SZ"), size=size)
