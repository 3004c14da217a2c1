"""Whoever has only a Python and a page of text can check a case file, and finds what the program finds."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from evidencemap.resources import resource
from evidencemap.session import Session
from tests.storage.forging import founding_file
from tests.storage.tampering import KINDS, judged, tampered

ROOT = Path(__file__).resolve().parent.parent.parent
VERIFIER = ROOT / "packaging" / "verify_case.py"


def test_it_is_short_and_needs_the_standard_library_only() -> None:
    text = VERIFIER.read_text("utf-8")

    wanted = set(re.findall(r"^import (\w+)$", text, re.MULTILINE))

    assert len(text.splitlines()) < 250
    assert wanted <= sys.stdlib_module_names
    assert not re.search(r"^[ \t]+import |^from ", text, re.MULTILINE)


def test_a_sealed_case_is_found_good_with_its_fingerprint_and_not_without(
    sealed: tuple[bytes, str], tmp_path: Path
) -> None:
    file = tmp_path / "case.evmap"
    file.write_bytes(sealed[0])

    named, unnamed, other = ask(file, sealed[1]), ask(file), ask(file, "ab" * 32)

    assert (named[0], unnamed[0], other[0]) == (0, 1, 1)
    assert judged(file, sealed[1]).head in named[1]
    assert "got another way" in unnamed[1] and "not sealed with the key that you named" in other[1]
    assert file.read_bytes() == sealed[0]


def test_an_encrypted_case_is_not_judged_but_what_to_do_is_said(tmp_path: Path) -> None:
    file = founding_file(tmp_path / "case.evmap")
    copy = tmp_path / "copy.evmap"
    with Session.open(file) as session:
        session.set_passphrase("two words")
    copy.write_bytes(file.read_bytes())

    code, said = ask(copy)
    with Session.open(copy, passphrase="two words") as session:
        session.set_passphrase(None)
    after = ask(copy)

    assert code == 2
    assert "evidencemap passphrase COPY --remove" in said and said.count("\n") == 1
    assert after[0] == 0


def test_a_case_that_nobody_sealed_is_found_whole_and_called_unsealed(tmp_path: Path) -> None:
    file = founding_file(tmp_path / "case.evmap")

    code, said = ask(file)

    assert code == 0 and "It is not sealed" in said


@pytest.mark.parametrize("kind", KINDS)
def test_it_sees_each_tampering_that_the_program_sees(
    sealed: tuple[bytes, str], tmp_path: Path, kind: str
) -> None:
    original, fingerprint = sealed
    file = tmp_path / "case.evmap"

    for seed in range(2):
        tampered(original, file, kind, seed)

        assert not judged(file, fingerprint).ok
        assert ask(file, fingerprint)[0] in (1, 2)


@pytest.mark.parametrize(
    "kind", ["a row", "a line", "an exhibit", "a cut", "a tail", "another file", "a trigger"]
)
def test_damage_without_any_seal_is_seen_and_named(tmp_path: Path, kind: str) -> None:
    import sqlite3

    file = tmp_path / "case.evmap"
    exhibit = tmp_path / "night.log"
    exhibit.write_bytes(b"x" * 3_000_000)
    with Session.open(founding_file(file)) as session:
        session.add_exhibit(exhibit)
    assert ask(file)[0] == 0
    statements = {
        "a row": "update claim set text = 'Other' where key = (select key from entity where number = 'C2')",
        "a line": "update journal set label = 'Other' where entry = 1",
        "an exhibit": "update chunk set bytes = zeroblob(length(bytes)) where position = 1",
        "a trigger": "create trigger t after insert on claim begin delete from journal; end",
    }
    raw = file.read_bytes()
    if kind in statements:
        connection = sqlite3.connect(file)
        connection.execute(statements[kind])
        connection.commit()
        connection.close()
    else:
        file.write_bytes({"a cut": raw[:-4096], "a tail": raw + b"PK", "another file": b"PK" * 500}[kind])

    code, said = ask(file)

    words = {
        "a row": "C2 is not as it was written",
        "a line": "Entry 1 of the journal is not as it was written",
        "an exhibit": "has another one",
        "a trigger": "holds something that no case file has",
        "a cut": "cut short",
        "a tail": "added at its end",
        "another file": "no case file",
    }
    assert code == (1 if kind in ("a row", "a line", "an exhibit") else 2)
    assert words[kind] in said


def test_its_signatures_are_those_of_another_library(tmp_path: Path) -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); from verify_case import is_signature\n"
        "for line in sys.stdin:\n"
        "    print(int(is_signature(*(bytes.fromhex(each) for each in line.split(',')))))"
    )
    rows, wanted = [], []
    for number in range(6):
        key = Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)
        public, message = key.public_key().public_bytes_raw(), bytes([number]) * number * 7
        signature = key.sign(message)
        spoilt = signature[:40] + bytes([signature[40] ^ 1]) + signature[41:]
        for made, good in ((signature, 1), (spoilt, 0), (signature[:32] + b"\xff" * 32, 0)):
            rows.append(",".join(each.hex() for each in (public, message, made)))
            wanted.append(good)
        rows.append(",".join(each.hex() for each in (public, message + b"!", signature)))
        wanted.append(0)

    run = subprocess.run(
        [sys.executable, "-I", "-c", program, str(VERIFIER.parent)],
        input="\n".join(rows),
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )

    assert [int(line) for line in run.stdout.split()] == wanted


def test_the_manual_describes_every_table_and_digest_of_the_format() -> None:
    from evidencemap.storage.tables import SHAPES, VERSION, columns_of, type_of

    page = resource("help", "case-file.md").read_text("utf-8")

    missing = [
        f"{name}.{column}"
        for name, text in SHAPES[VERSION].items()
        if type_of(text) == "table"
        for column in columns_of(text)
        if not re.search(rf"^\| `{name}` \|.*`{column}`", page, re.MULTILINE)
    ]

    assert missing == []
    assert "EvidenceMap seal 1" in page and "RFC 6962" in page and "0x45564D50" in page


def ask(file: Path, fingerprint: str = "") -> tuple[int, str]:
    """Run the verifier with a bare Python, far from our packages; return its status and what it said."""
    words = [sys.executable, "-I", "-S", str(VERIFIER), str(file)]
    words += ["--fingerprint", fingerprint] if fingerprint else []
    run = subprocess.run(words, capture_output=True, text=True, check=False, cwd=file.parent)
    assert run.stderr == ""
    return run.returncode, run.stdout
