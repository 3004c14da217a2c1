"""An encrypted case opens with its passphrase and no other, and leaves no readable word anywhere."""

import json
import os
import struct
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from evidencemap.errors import CaseFileRefused, EvidenceMapError
from evidencemap.model import verbs
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim
from evidencemap.session import PassphraseNeeded, PassphraseWrong, Session, read_case, read_history, verify
from evidencemap.storage import exhibits, places
from evidencemap.storage.copies import compare_files, merge_files
from evidencemap.storage.driver import Connection
from evidencemap.storage.home import leave, rekey
from evidencemap.storage.opening import open_case
from evidencemap.storage.passphrases import HEADER, MAGIC, Recipe, key_of
from evidencemap.storage.purging import plain_copy, purged_copy
from evidencemap.storage.store import Store

CANARY = "Zwitterkanarie"
RIGHT = "correct horse, battery"


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a temporary folder of its own, so that all of it can be searched."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "case.evmap"
    with Session.new(f"{CANARY} title") as session:
        session.set_passphrase(RIGHT)
        session.apply(verbs.add(session.case, Claim, text=f"{CANARY} one"))
        session.save_as(path)
    return path


def add(session: Session, text: str) -> Case:
    return session.apply(verbs.add(session.case, Claim, text=text))


def readable(*folders: Path) -> list[str]:
    """Return the files below some folders in whose bytes the canary stands, in UTF-8 or UTF-16."""
    words = CANARY.encode(), CANARY.encode("utf-16-le"), CANARY.encode("utf-16-be")
    found = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and any(word in path.read_bytes() for word in words):
                found.append(path.name)
    return found


def live(path: Path, passphrase: str | None) -> None:
    """Open a case, work on it, look for words, save, undo, keep a file, and close it."""
    exhibit = path.with_name("scan.txt")
    exhibit.write_text(f"{CANARY} in a file", "utf-8")
    with Session.open(path, passphrase=passphrase) as session:
        session.add_exhibit(exhibit)
        exhibit.unlink()
        add(session, f"{CANARY} two")
        assert session.search("zwitter") != []
        session.save()
        add(session, f"{CANARY} three")
        session.undo()
        session.checkpoint(f"{CANARY} point")


def test_no_readable_word_lies_anywhere_during_and_after_a_session(
    file: Path, tmp_path: Path, private_home: Path
) -> None:
    live(file, RIGHT)
    with Session.open(file, passphrase=RIGHT) as session:
        add(session, f"{CANARY} four")

        assert readable(tmp_path, private_home) == []

    assert readable(tmp_path, private_home) == []
    assert len(list(tmp_path.glob("case.evmap*"))) > 1


def test_without_a_passphrase_the_same_session_would_leave_words(
    file: Path, tmp_path: Path, private_home: Path
) -> None:
    with Session.open(file, passphrase=RIGHT) as session:
        session.set_passphrase(None)

    live(file, None)

    assert "case.evmap" in readable(tmp_path, private_home)


def test_work_that_was_left_by_a_crash_is_encrypted_and_comes_back(
    file: Path, tmp_path: Path, private_home: Path
) -> None:
    program = (
        "import os, sys; from pathlib import Path\n"
        "from evidencemap.session import Session; from evidencemap.model import verbs\n"
        "from evidencemap.model.entities import Claim\n"
        "session = Session.open(Path(sys.argv[1]), passphrase=sys.stdin.read())\n"
        f"session.apply(verbs.add(session.case, Claim, text='{CANARY} kept'))\n"
        "os.kill(os.getpid(), 9)"
    )
    run = subprocess.run([sys.executable, "-c", program, str(file)], input=RIGHT, text=True, check=False)
    assert run.returncode == -9
    assert list(private_home.rglob(places.STORE)) != []
    assert readable(tmp_path, private_home) == []

    with Session.open(file, passphrase=RIGHT) as session:
        assert session.notices == ("Recovered 1 edit that was not published: Add C2.",)
        assert session.undo_label == "Add C2"


def test_a_wrong_passphrase_gets_one_sentence(file: Path) -> None:
    for wrong in (RIGHT[:-1], RIGHT.upper(), "x", "\udcff"):
        with pytest.raises(PassphraseWrong, match="does not open with this passphrase") as refused:
            Session.open(file, passphrase=wrong)
        assert "\n" not in str(refused.value)
    for ask in (Session.open, read_case, read_history, verify):
        with pytest.raises(PassphraseNeeded, match="is encrypted: give its passphrase"):
            ask(file)
    with pytest.raises(EvidenceMapError, match="at least one character"):
        Session.open(file, passphrase="")


def test_the_same_letters_open_it_however_they_were_composed(tmp_path: Path) -> None:
    path = tmp_path / "case.evmap"
    with Session.new("A case") as session:
        session.set_passphrase("gr\u00fcn")
        session.save_as(path)

    assert read_case(path, "gru\u0308n")[0].header.title == "A case"


def test_every_passphrase_costs_the_work_that_the_file_asks_for(file: Path) -> None:
    header = file.read_bytes()[:HEADER]
    memory, passes, lanes = struct.unpack(">III", header[20:32])

    assert (memory, passes, lanes) == (64 * 1024, 3, 4)
    began = time.process_time()
    key_of("anything", Recipe(salt=header[32:48]))
    spent = time.process_time() - began
    cheap = time.process_time()
    key_of("anything", Recipe(salt=header[32:48], memory=64, passes=1, lanes=1))
    assert spent > 10 * (time.process_time() - cheap)


def test_a_passphrase_is_changed_and_taken_away(file: Path) -> None:
    with Session.open(file, passphrase=RIGHT) as session:
        session.set_passphrase("another")
        add(session, "Since")
    with pytest.raises(PassphraseWrong):
        read_case(file, RIGHT)

    with Session.open(file, passphrase="another") as session:
        states = [session.encrypted]
        assert session.undo_label == "Add C2"
        session.set_passphrase(None)
        states.append(session.encrypted)
    assert states == [True, False]

    assert "C2" in read_case(file)[0].by_number
    assert verify(file).ok


def test_the_earlier_file_that_the_passphrase_did_not_protect_is_gone(
    tmp_path: Path, private_home: Path
) -> None:
    path = tmp_path / "case.evmap"
    with Session.new(CANARY) as session:
        session.save_as(path)
        add(session, f"{CANARY} one")
        session.save()
        assert "case.evmap.bak" in readable(tmp_path)

        session.set_passphrase(RIGHT)

        assert readable(tmp_path, private_home) == []
        assert "case.evmap.bak was removed" in session.notices[-1]


@pytest.mark.parametrize("done", [False, True])
def test_a_change_of_passphrase_that_was_cut_short_opens_with_either(file: Path, done: bool) -> None:
    old, new = key_of(RIGHT, Recipe(salt=b"o" * 16)), key_of("newer", Recipe(salt=b"n" * 16))
    session = Session.new(CANARY)
    session.set_passphrase("newer" if done else RIGHT)
    add(session, "Kept")
    session.close()
    ((folder, title),) = Session.unsaved()
    about = places.read_about(folder)
    assert about is not None and title == ""
    held = about.recipes
    other = (old if done else new).recipe.header.hex()
    said = json.loads((folder / "about.json").read_text("utf-8"))
    said["recipes"] = f"{other},{held}" if done else f"{held},{other}"
    (folder / "about.json").write_text(json.dumps(said), "utf-8")

    with Session.recover(folder, "newer" if done else RIGHT) as recovered:
        assert "C1" in recovered.case.by_number
        recovered.discard()


def test_whoever_reads_only_gives_the_passphrase_too(file: Path) -> None:
    with Session.open(file, passphrase=RIGHT), Session.open(file, passphrase=RIGHT) as second:
        assert second.read_only
        assert second.encrypted
        assert second.case.header.title == f"{CANARY} title"


def test_copies_of_an_encrypted_case_are_encrypted(file: Path, tmp_path: Path, private_home: Path) -> None:
    whole, purged, both = (tmp_path / f"{name}.evmap" for name in ("whole", "purged", "both"))

    plain_copy(file, whole, RIGHT)
    purged_copy(file, purged, passphrase=RIGHT)
    with Session.open(whole, passphrase=RIGHT) as session:
        add(session, f"{CANARY} two")
    merge_files(file, whole, both, {}, (RIGHT, RIGHT))

    assert readable(tmp_path, private_home) == []
    for path in (whole, purged, both):
        assert path.read_bytes().startswith(MAGIC)
        assert verify(path, passphrase=RIGHT).ok
    found = compare_files(file, both, (RIGHT, RIGHT))
    assert not isinstance(found, list)
    assert [each.number for each in found.theirs] == ["C2"]


def test_every_changed_byte_of_an_encrypted_file_is_noticed(file: Path) -> None:
    raw = file.read_bytes()
    places_changed = [*range(3, HEADER, 11), *range(HEADER, len(raw), len(raw) // 9)]

    for place in places_changed:
        changed = bytearray(raw)
        changed[place] ^= 1
        file.write_bytes(changed)
        with pytest.raises(CaseFileRefused):
            read_case(file, RIGHT)

    file.write_bytes(raw)
    assert read_case(file, RIGHT)[0].header.title == f"{CANARY} title"


@pytest.mark.parametrize(
    ("place", "value", "sentence"),
    [
        (16, struct.pack(">I", 2), "newer EvidenceMap .form 2"),
        (16, struct.pack(">I", 0), "not a case file that EvidenceMap has encrypted"),
        (20, struct.pack(">I", 1 << 31), "not a case file that EvidenceMap has encrypted"),
        (24, struct.pack(">I", 1_000_000), "not a case file that EvidenceMap has encrypted"),
        (28, struct.pack(">I", 0), "not a case file that EvidenceMap has encrypted"),
        (50, b"x", "not a case file that EvidenceMap has encrypted"),
    ],
)
def test_a_header_that_asks_for_too_much_is_refused_at_once(
    file: Path, place: int, value: bytes, sentence: str
) -> None:
    raw = bytearray(file.read_bytes())
    raw[place : place + len(value)] = value
    file.write_bytes(raw)

    with pytest.raises(CaseFileRefused, match=sentence):
        Session.open(file, passphrase=RIGHT)


@pytest.mark.parametrize("length", [HEADER, HEADER - 1, HEADER + 100, -1])
def test_an_encrypted_file_that_is_cut_short_is_refused(file: Path, length: int) -> None:
    file.write_bytes(file.read_bytes()[:length])

    with pytest.raises(CaseFileRefused, match="cut short"):
        read_case(file, RIGHT)


def test_the_passphrase_stands_in_no_file_and_in_no_word_of_a_command(
    file: Path, tmp_path: Path, private_home: Path
) -> None:
    with Session.open(file, passphrase=RIGHT) as session:
        words = Path(f"/proc/{os.getpid()}/cmdline").read_bytes()
        held = [path for path in (*tmp_path.rglob("*"), *private_home.rglob("*")) if path.is_file()]

        assert RIGHT.encode() not in words
        assert [path.name for path in held if RIGHT.encode() in path.read_bytes()] == []
        assert session.encrypted


def test_a_passphrase_is_not_changed_while_a_file_comes_in_and_neither_is_lost(
    file: Path, tmp_path: Path
) -> None:
    exhibit = tmp_path / "exhibit.bin"
    exhibit.write_bytes(b"0123456789" * 200_000)
    refused: list[str] = []

    def change(session: Session) -> None:
        with pytest.raises(CaseFileRefused) as caught:
            session.set_passphrase("another one")
        refused.append(str(caught.value))

    with Session.open(file, passphrase=RIGHT) as session:
        session.add_exhibit(exhibit, progress=lambda part: change(session))
        told = "A file is being added to the case: wait until that is done, or stop it."
        assert refused == [told, told]
        session.set_passphrase("another one")
        assert list(session.verify_exhibits().values()) == [True]

    with Session.open(file, passphrase="another one") as session:
        assert list(session.verify_exhibits().values()) == [True]
    with pytest.raises(PassphraseWrong):
        read_case(file, RIGHT)


class Meanwhile(Store):
    """A store into which a file comes right after its copy under another key was made."""

    def __init__(self, store: Store, coming: Path) -> None:
        self.coming = coming
        self.asked = 0
        super().__init__(store.connection, store.keys, store.key)

    @property
    def connection(self) -> Connection:
        """Return the connection; the file comes in before it is asked for the fourth time."""
        held = super().connection
        self.asked += 1
        if self.asked == 4:
            exhibits.keep(held, self.coming)
        return held


def test_a_file_that_comes_in_while_the_store_is_written_anew_is_not_lost(file: Path, tmp_path: Path) -> None:
    exhibit = tmp_path / "exhibit.bin"
    exhibit.write_bytes(b"came in between")
    digest = sha256(b"came in between").hexdigest()
    key = key_of("another one", Recipe(salt=b"0" * 16))

    opened = open_case(file, None, RIGHT)
    store = opened.writable
    with pytest.raises(CaseFileRefused, match="A file is being added to the case"):
        rekey(opened, Meanwhile(store, exhibit), key)

    assert exhibits.is_held(store.connection, digest)
    rekey(opened, store, key)
    assert exhibits.is_held(opened.writable.connection, digest)
    leave(opened, discard=True)
