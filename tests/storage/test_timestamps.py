"""A time stamp is asked for and taken in as a file; what does not fit is not taken in."""

import datetime
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import which

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from evidencemap.errors import CaseFileRefused
from evidencemap.model import verbs
from evidencemap.model.entities import Claim
from evidencemap.session import Session, read_history, verify
from evidencemap.storage.der import INTEGER, OCTETS, SEQUENCE, SET, read, write, write_oid
from evidencemap.storage.timestamps import NOT_CHECKED, check, published_head, read_answer, request
from tests.conftest import absent
from tests.storage.forging import forge, founding_file

SHA256 = "2.16.840.1.101.3.4.2.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """An authority of our own, by the openssl program: another implementation than ours."""

    folder: Path

    def stamp(self, asked: bytes, *words: str) -> Path:
        """Answer a request, as the authority would by mail."""
        query, answer = self.folder / "request.tsq", self.folder / "answer.tsr"
        query.write_bytes(asked)
        signing = ["-signer", "tsa.pem", "-inkey", "key.pem", "-config", "openssl.cnf"]
        command = ["openssl", "ts", "-reply", "-queryfile", str(query), "-out", str(answer), *signing, *words]
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)
        return answer

    def certify(self, *, key: str = "rsa", use: x509.ObjectIdentifier, days: int = 30) -> None:
        """Make the key and the certificate that it signs with from now on."""
        made: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
        if key == "rsa":
            made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        else:
            made = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "The Clock")])
        now = datetime.datetime.now(datetime.UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(made.public_key())
            .serial_number(7_000_000_001)
            .not_valid_before(now - datetime.timedelta(days=40))
            .not_valid_after(now + datetime.timedelta(days=days))
            .add_extension(x509.ExtendedKeyUsage([use]), critical=True)
            .sign(made, hashes.SHA256())
        )
        self.folder.joinpath("tsa.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
        self.folder.joinpath("key.pem").write_bytes(
            made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        )


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    if which("openssl") is None:
        absent("the program openssl is not installed")
    folder = tmp_path / "authority"
    folder.mkdir()
    folder.joinpath("serial").write_text("01\n", encoding="ascii")
    folder.joinpath("openssl.cnf").write_text(
        "[tsa]\ndefault_tsa = here\n[here]\nserial = serial\ndefault_policy = 1.2.3.4.1\n"
        "digests = sha256, sha384, sha512\nsigner_digest = sha256\naccuracy = secs:1\n"
        "ess_cert_id_alg = sha256\n",
        encoding="ascii",
    )
    made = Authority(folder=folder)
    made.certify(use=ExtendedKeyUsageOID.TIME_STAMPING)
    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return founding_file(tmp_path / "case.evmap")


def asked(file: Path) -> bytes:
    return request(published_head(read_history(file)).digest)


@pytest.mark.parametrize("key", ["rsa", "elliptic"])
def test_an_answer_is_taken_in_and_told_with_what_it_rests_on(
    file: Path, authority: Authority, key: str
) -> None:
    authority.certify(key=key, use=ExtendedKeyUsageOID.TIME_STAMPING)
    answer = authority.stamp(asked(file))
    last = published_head(read_history(file)).entry

    with Session.open(file) as session:
        stamp, entry = session.add_time_stamp(answer)
        session.add_time_stamp(answer)

    told = [each for each in verify(file).sentences if "The Clock" in each]
    assert (stamp.authority, entry) == ("CN=The Clock", last)
    assert verify(file).ok and len(told) == 1
    assert stamp.at in told[0] and NOT_CHECKED in told[0]
    assert len(read_history(file)) == last


def test_the_request_is_one_that_another_program_reads(file: Path, authority: Authority) -> None:
    query = authority.folder / "mine.tsq"
    query.write_bytes(asked(file))

    run = subprocess.run(
        ["openssl", "ts", "-query", "-in", str(query), "-text"], capture_output=True, text=True, check=True
    )

    dump = "".join(line.split(" - ")[1][:49] for line in run.stdout.splitlines() if " - " in line)
    head = published_head(read_history(file)).digest.hex()
    assert "Hash Algorithm: sha256" in run.stdout and "Certificate required: yes" in run.stdout
    assert head in dump.replace(" ", "").replace("-", "")


def test_another_program_finds_the_stamp_good_for_the_head_that_we_print(
    file: Path, authority: Authority
) -> None:
    answer = authority.stamp(asked(file))
    head = verify(file).head

    command = ["openssl", "ts", "-verify", "-digest", head, "-in", str(answer), "-CAfile", "tsa.pem"]
    run = subprocess.run(command, cwd=authority.folder, capture_output=True, text=True, check=False)

    assert "Verification: OK" in run.stdout + run.stderr


def test_a_stamp_of_an_earlier_publication_holds_after_more_work(file: Path, authority: Authority) -> None:
    answer = authority.stamp(asked(file))
    first = published_head(read_history(file)).entry
    with Session.open(file) as session:
        session.apply(verbs.add(session.case, Claim, text="More"))

    with Session.open(file) as session:
        _, entry = session.add_time_stamp(answer)

    assert entry == first and verify(file).ok


def test_a_stamp_of_another_case_is_not_taken_in(file: Path, authority: Authority) -> None:
    answer = authority.stamp(request(bytes(32)))

    with Session.open(file) as session, pytest.raises(CaseFileRefused, match="not about this case"):
        session.add_time_stamp(answer)


def with_pss(token: bytes, authority: Authority, *, maker: str = SHA256, salt: int = 32) -> bytes:
    """Return the token with its signature made anew by RSA-PSS, its parameters told as the words say."""
    kind, wrapped = read(token).parts
    version, algorithms, inner, certificates, signers = read(wrapped.content).parts
    *before, attributes, _signing, _signature = signers.parts[0].parts
    key = load_pem_private_key(authority.folder.joinpath("key.pem").read_bytes(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    pads = padding.PSS(padding.MGF1(hashes.SHA256()), 32)
    signature = key.sign(write(SET, attributes.content), pads, hashes.SHA256())
    digest = write(SEQUENCE, write_oid(SHA256))
    mask = write(SEQUENCE, write_oid("1.2.840.113549.1.1.8") + write(SEQUENCE, write_oid(maker)))
    told = write(0xA0, digest) + write(0xA1, mask) + write(0xA2, write(INTEGER, bytes([salt])))
    signing = write(SEQUENCE, write_oid("1.2.840.113549.1.1.10") + write(SEQUENCE, told))
    held = b"".join(each.whole for each in before) + attributes.whole + signing + write(OCTETS, signature)
    whole = b"".join(each.whole for each in (version, algorithms, inner, certificates))
    data = write(SEQUENCE, whole + write(SET, write(SEQUENCE, held)))
    return write(SEQUENCE, kind.whole + write(0xA0, data))


def test_a_stamp_that_is_signed_by_rsa_pss_holds(file: Path, authority: Authority) -> None:
    token = read_answer(authority.stamp(asked(file)))

    stamp = check(with_pss(token, authority))

    assert stamp == check(token)


def test_an_rsa_pss_signature_of_other_bytes_or_of_an_old_digest_is_noticed(
    file: Path, authority: Authority
) -> None:
    made = with_pss(read_answer(authority.stamp(asked(file))), authority)
    bent = made[:-1] + bytes([made[-1] ^ 1])
    weak = with_pss(read_answer(authority.folder / "answer.tsr"), authority, maker="1.3.14.3.2.26")
    salted = with_pss(read_answer(authority.folder / "answer.tsr"), authority, salt=31)

    for each in (bent, salted):
        with pytest.raises(CaseFileRefused, match="does not fit the certificate"):
            check(each)
    with pytest.raises(CaseFileRefused, match="does not trust"):
        check(weak)


def test_a_certificate_for_something_else_is_not_enough(file: Path, authority: Authority) -> None:
    good = check(read_answer(authority.stamp(asked(file))))
    assert good.authority == "CN=The Clock"
    token = read_answer(authority.folder / "answer.tsr")
    use, other = b"\x2b\x06\x01\x05\x05\x07\x03\x08", b"\x2b\x06\x01\x05\x05\x07\x03\x09"
    assert use in token

    with pytest.raises(CaseFileRefused, match="not one for time stamps"):
        check(token.replace(use, other))


def test_a_certificate_that_had_run_out_is_not_enough(file: Path, authority: Authority) -> None:
    answer = authority.stamp(asked(file))
    token = read_answer(answer)
    start = token.index(b"\x17\x0d", token.index(b"\x17\x0d") + 15) + 2
    past = token[:start] + b"991231235959Z" + token[start + 13 :]

    with pytest.raises(CaseFileRefused, match="was not valid at that time"):
        check(past)


def test_a_certificate_that_was_exchanged_is_noticed(file: Path, authority: Authority) -> None:
    token = read_answer(authority.stamp(asked(file)))
    start = token.index(b"\x17\x0d") + 2
    older = token[:start] + b"991231235959Z" + token[start + 13 :]

    with pytest.raises(CaseFileRefused, match="names another certificate than it brings"):
        check(older)


def test_each_changed_byte_of_what_is_signed_is_noticed(file: Path, authority: Authority) -> None:
    token = read_answer(authority.stamp(asked(file)))
    head = published_head(read_history(file)).digest
    start = token.index(head)
    unseen = 0

    for at in (
        *range(start, start + 32, 5),
        *range(start + 32, start + 60, 3),
        *range(len(token) - 200, len(token), 17),
    ):
        changed = token[:at] + bytes([token[at] ^ 1]) + token[at + 1 :]
        try:
            check(changed)
        except CaseFileRefused:
            continue
        unseen += 1

    assert unseen == 0


def replaced_by_nothing(answer: Path) -> None:
    answer.write_bytes(b"")


def replaced_by_words(answer: Path) -> None:
    answer.write_text("Dear Ada, here is your time stamp.", encoding="utf-8")


def cut_short(answer: Path) -> None:
    answer.write_bytes(answer.read_bytes()[:-40])


def replaced_by_a_refusal(answer: Path) -> None:
    answer.write_bytes(bytes.fromhex("30053003020102"))


@pytest.mark.parametrize("harm", [replaced_by_nothing, replaced_by_words, cut_short, replaced_by_a_refusal])
def test_what_is_no_stamp_is_refused_in_one_sentence(
    file: Path, authority: Authority, harm: Callable[[Path], None]
) -> None:
    answer = authority.stamp(asked(file))
    before = file.read_bytes()
    harm(answer)

    with Session.open(file) as session, pytest.raises(CaseFileRefused) as refused:
        session.add_time_stamp(answer)

    assert "\n" not in str(refused.value)
    assert file.read_bytes() == before


def test_a_stamp_that_was_put_into_the_file_by_hand_is_seen(file: Path, authority: Authority) -> None:
    token = read_answer(authority.stamp(request(bytes(32))))

    forge(
        file,
        lambda connection: put(connection, token),
    )
    found = verify(file)

    assert not found.ok and "is about another journal" in found.sentences[0]


def put(connection: object, token: bytes) -> None:
    connection.execute("insert into token (entries, head, bytes) values (1, ?, ?)", (bytes(32), token))  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def a_quiet_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let openssl write no state of its own."""
    monkeypatch.setenv("RANDFILE", "/dev/null")
    yield
