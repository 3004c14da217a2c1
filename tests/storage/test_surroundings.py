"""A person is told where a case lies badly, before anything is lost there."""

from pathlib import Path

import pytest

from evidencemap.errors import CaseFileRefused
from evidencemap.session import Session
from evidencemap.storage.surroundings import cautions, file_system, refuse_too_large, synced_by

MOUNTS = r"""
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
40 22 0:44 / /srv/office rw,relatime shared:20 - cifs //server/office rw,vers=3.1.1
41 22 0:45 / /home/ada/far\040away rw - fuse.sshfs ada@host:/ rw
42 22 8:17 / /media/ada/STICK rw,nosuid - vfat /dev/sdb1 rw
43 22 0:46 / /srv/office/local rw - tmpfs tmpfs rw
"""


@pytest.mark.parametrize(
    ("path", "system", "words"),
    [
        ("/home/ada/case.evmap", "ext4", ""),
        ("/srv/office/case.evmap", "cifs", "network drive"),
        ("/srv/office/deep/down/case.evmap", "cifs", "network drive"),
        ("/srv/office/local/case.evmap", "tmpfs", ""),
        ("/srv/official/case.evmap", "ext4", ""),
        ("/home/ada/far away/case.evmap", "sshfs", "network drive"),
        ("/media/ada/STICK/case.evmap", "vfat", "FAT disk"),
    ],
)
def test_the_file_system_under_a_case_is_known_and_a_bad_one_is_told(
    path: str, system: str, words: str
) -> None:
    found = cautions(Path(path), MOUNTS)

    assert file_system(Path(path), MOUNTS) == system
    assert len(found) == bool(words)
    assert all(words in each and "case.evmap" in each for each in found)


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("Dropbox", "Dropbox"),
        ("Dropbox (Personal)/cases", "Dropbox"),
        ("OneDrive - The Office/cases", "OneDrive"),
        ("Library/Mobile Documents/cases", "iCloud"),
        ("Nextcloud", "Nextcloud"),
        ("boxes", ""),
        ("cases", ""),
    ],
)
def test_a_folder_that_a_service_keeps_in_step_is_known_by_its_name(folder: str, service: str) -> None:
    assert synced_by(Path("/home/ada") / folder / "case.evmap") == service


def test_a_folder_that_a_service_keeps_in_step_is_known_by_its_mark_and_told_on_opening(
    tmp_path: Path,
) -> None:
    with Session.new("A case") as session:
        file = session.save_as(tmp_path / "case.evmap")
        assert session.notices == ()
    (tmp_path / ".stfolder").mkdir()

    with Session.open(file) as session:
        (notice,) = session.notices

    assert "a folder that Syncthing keeps in step" in notice


def test_saving_into_such_a_folder_is_told_once(tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()

    with Session.new("A case") as session:
        session.save_as(folder / "case.evmap")
        session.save()

        assert len(session.notices) == 1 and "Dropbox" in session.notices[0]


def test_a_file_that_no_fat_disk_can_hold_is_refused_before_it_is_written() -> None:
    stick, disk = Path("/media/ada/STICK/case.evmap"), Path("/home/ada/case.evmap")

    with pytest.raises(CaseFileRefused, match=r"formatted as FAT.*Your edits are kept"):
        refuse_too_large(stick, 4 << 30, MOUNTS)

    refuse_too_large(stick, (4 << 30) - 1, MOUNTS)
    refuse_too_large(disk, 5 << 30, MOUNTS)


def test_a_system_that_tells_nothing_is_taken_for_a_good_one() -> None:
    assert cautions(Path("/srv/office/case.evmap"), "") == []
    assert file_system(Path("/srv/office/case.evmap"), "a line of something else") == ""
