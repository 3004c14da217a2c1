"""An issued brief can be signed with one's own key, offline, and stays what it was: readable, on record."""

import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from evidencemap.brief.pdf import pdf_bytes
from evidencemap.brief.signing.asking import KeyFile, signed
from evidencemap.errors import EvidenceMapError
from evidencemap.exchange.listing import read_listing
from evidencemap.resources import resource
from evidencemap.session import Session
from tests.brief.keys import OWNER, PASSPHRASE, certificate_alone, key_file
from tests.brief.oracles import failures, vera_failures
from tests.brief.samples import memo

ROOT = Path(__file__).resolve().parents[2]
SHUT = "from evidencemap.storage.filter import shut; shut(); import socket, ctypes; "
KILLED = -31
DESPITE = ("--date", "2026-11-23", "--issue", "--despite", "the memo tells each of them")


def run(program: str) -> int:
    """Run a program of Python and return how it ended."""
    return subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False, timeout=60).returncode


@cache
def unsigned() -> bytes:
    return pdf_bytes(memo(), identity=b"digest", pdfa=True)[0]


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return key_file(tmp_path / "key.p12")


@pytest.fixture
def letter_file(tmp_path: Path) -> Path:
    path = tmp_path / "letter.evmap"
    with Session.adopt(read_listing(resource("cases", "letter.yaml"))) as session:
        session.save_as(path)
    return path


def command(typed: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run one command line with a text as its standard input."""
    return subprocess.run(
        [sys.executable, "-m", "evidencemap", *map(str, words)],
        input=typed,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=dict(os.environ),
    )


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6", "AF_NETLINK", "AF_PACKET", "AF_VSOCK"])
def test_behind_the_filter_a_process_dies_as_it_asks_for_a_network(family: str) -> None:
    ask = f"socket.socket(socket.{family}, socket.SOCK_RAW if {family == 'AF_PACKET'} else socket.SOCK_DGRAM)"

    ended = run(SHUT + ask)

    assert ended == KILLED


def test_behind_the_filter_no_other_call_opens_a_network_either() -> None:
    x32, io_uring = 0x40000000 + 41, 425

    ends = [run(f"{SHUT}ctypes.CDLL(None).syscall({number}, 2, 1, 0)") for number in (x32, io_uring)]

    assert ends == [KILLED, KILLED]


def test_a_child_of_such_a_process_is_as_shut_off() -> None:
    child = "[sys.executable, '-c', 'import socket; socket.socket()']"

    ended = run(f"{SHUT}import subprocess, sys; sys.exit(abs(subprocess.run({child}).returncode))")

    assert ended == -KILLED


def test_what_stays_on_the_machine_and_all_else_goes_on() -> None:
    behind = run(
        f"{SHUT}socket.socket(socket.AF_UNIX).close(); socket.socketpair(); open('README.md').read()"
    )

    without = run("import socket; socket.socket(socket.AF_INET).close()")

    assert (behind, without) == (0, 0)


def test_a_signed_brief_is_the_brief_and_a_signature_that_anybody_can_check(
    key: Path, tmp_path: Path, oracle: Callable[[str], str]
) -> None:
    path, bent = tmp_path / "signed.pdf", tmp_path / "bent.pdf"

    made = signed(unsigned(), KeyFile(path=key, passphrase=PASSPHRASE))

    path.write_bytes(made.data)
    bent.write_bytes(made.data.replace(b"/Marked true", b"/Marked TRUE"))
    said, against = (
        subprocess.run(
            [oracle("pdfsig"), "-nocert", each], capture_output=True, text=True, check=False
        ).stdout
        for each in (path, bent)
    )
    assert (made.by, made.data.startswith(unsigned())) == (OWNER, True)
    assert "Signature is Valid." in said and "Total document signed" in said
    assert f"Signer Certificate Common Name: {OWNER}" in said
    assert "Signature is Valid." not in against and "Digest Mismatch" in against


def test_a_signed_brief_is_as_accessible_and_archivable_as_before(key: Path, tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"

    path.write_bytes(signed(unsigned(), KeyFile(path=key, passphrase=PASSPHRASE)).data)

    assert failures(path.read_bytes(), "ua1") == []
    assert failures(path.read_bytes(), "3a") == []
    assert vera_failures([path], "ua1,3a", tmp_path / "classes") == []
    outside, inside = b"/Rect [ -9999 -9999 -9999 -9999 ]", b"/Rect [ 100 100 200 150         ]"
    shown = path.read_bytes().replace(outside, inside)
    assert shown != path.read_bytes()
    assert failures(shown, "ua1") != []


def test_the_digest_on_record_is_that_of_the_signed_file(
    key: Path, letter_file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "memo.pdf"

    made = command(f"{PASSPHRASE}\n", "brief", letter_file, "-o", out, *DESPITE, "--archive", "--sign", key)

    known = command("", "verify", letter_file, "--brief", out)
    out.write_bytes(out.read_bytes() + b"\n")
    changed = command("", "verify", letter_file, "--brief", out)
    assert (made.returncode, known.returncode, changed.returncode) == (0, 0, 1), made.stderr
    assert f"Signed by {OWNER}, as the certificate says" in made.stdout
    assert "issued as B1" in known.stdout
    with pypdfium2.PdfDocument(out.read_bytes()) as document:
        assert document.count_attachments() == 2


@pytest.mark.parametrize(
    ("typed", "which", "sentence"),
    [
        ("wrong\n", "key.p12", "key.p12 did not open: the passphrase is wrong, or it is no PKCS#12 file."),
        (f"{PASSPHRASE}\n", "old.p12", f"The certificate in old.p12, of {OWNER}, is not valid today"),
        (
            f"{PASSPHRASE}\n",
            "no.p12",
            "no.p12 did not open: the passphrase is wrong, or it is no PKCS#12 file.",
        ),
        (f"{PASSPHRASE}\n", "bare.p12", "bare.p12 holds no key with a certificate."),
        (f"{PASSPHRASE}\n", "key.pem", "key.pem is no key file: name one in .p12 or .pfx (PKCS#12)."),
        ("", "key.p12", "Passphrase of key.p12: type it, or give it as a line of standard input."),
    ],
)
def test_where_nothing_can_be_signed_nothing_is_written_or_recorded(
    key: Path, letter_file: Path, tmp_path: Path, typed: str, which: str, sentence: str
) -> None:
    key_file(tmp_path / "old.p12", days=-1)
    (tmp_path / "no.p12").write_bytes(b"no key at all")
    certificate_alone(tmp_path / "bare.p12", key)
    case = letter_file.read_bytes()

    answer = command(
        typed, "brief", letter_file, "-o", tmp_path / "memo.pdf", *DESPITE, "--sign", tmp_path / which
    )

    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.startswith(sentence) and answer.stderr.count("\n") == 1
    assert not (tmp_path / "memo.pdf").exists()
    assert letter_file.read_bytes() == case


def test_a_draft_is_not_signed(key: Path, letter_file: Path, tmp_path: Path) -> None:
    answer = command("", "brief", letter_file, "-o", tmp_path / "memo.pdf", "--sign", key)

    assert answer.returncode == 2
    assert answer.stderr == "--sign goes with --issue: a draft is not signed.\n"


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        (SHUT + "socket.create_connection(('127.0.0.1', 9))", "The signer was stopped as it reached for a"),
        ("raise SystemExit(3)", "The signer failed: nothing was signed."),
        ("print('not what was agreed')", "The signer failed: nothing was signed."),
        ("print('{}')", "The signer gave no signature: nothing was signed."),
        ('print(\'{"refused": "no filter"}\')', "This system did not grant the filter"),
    ],
)
def test_a_signer_that_does_anything_else_signs_nothing(key: Path, program: str, sentence: str) -> None:
    with pytest.raises(EvidenceMapError, match=sentence):
        signed(unsigned(), KeyFile(path=key, passphrase=PASSPHRASE), signer=("-c", program))


def test_the_libraries_that_could_reach_a_network_are_never_loaded_here(
    key: Path, letter_file: Path, tmp_path: Path
) -> None:
    words = ["brief", str(letter_file), "-o", str(tmp_path / "memo.pdf"), *DESPITE, "--sign", str(key)]
    program = (
        "import sys; from evidencemap.__main__ import main; "
        f"code = main({words!r}); "
        "print(code, sorted({'pyhanko', 'pyhanko_certvalidator', 'aiohttp', 'asyncio'} & set(sys.modules)))"
    )

    ran = subprocess.run(
        [sys.executable, "-c", program],
        input=f"{PASSPHRASE}\n",
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )

    assert ran.stdout.splitlines()[-1] == "0 []"


def test_without_pyhanko_a_person_is_told_what_to_install(key: Path, tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['pyhanko'] = None; from pathlib import Path; "
        "from evidencemap.brief.signing.asking import refuse_unless_signable as ask\n"
        f"try: ask(Path({str(key)!r}))\nexcept Exception as refusal: print(refusal)"
    )

    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert ran.stdout == (
        "Signing needs pyHanko, which is not installed: pip install 'evidencemap[sign]' brings it.\n"
    )


def test_a_passphrase_is_not_shown_with_its_key(key: Path) -> None:
    assert repr(KeyFile(path=key, passphrase=PASSPHRASE)) == "KeyFile('key.p12')"
