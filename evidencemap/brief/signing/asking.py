"""Asks for a signature: hands PDF and key to the signer's process, and says in words what came of it."""

import json
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from evidencemap.errors import EvidenceMapError
from evidencemap.storage.filter import is_known
from evidencemap.tongue import _

KEYS = (".p12", ".pfx")
"""The ends of the names of files that hold a key and its certificate (PKCS#12)."""

LARGEST_KEY = 1_000_000
"""Bytes; a key with its certificates has a few thousand."""

PATIENCE = 300
"""Seconds by the clock that the signer may take, on a busy machine too."""

SIGNER = ("-I", "-m", "evidencemap.brief.signing.signer")
"""What Python is told to run as the signer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """A person's key and certificate (PKCS#12): where the file is, and what opens it."""

    path: Path
    passphrase: str

    def __repr__(self) -> str:
        """Return the path alone: a passphrase is never shown."""
        return f"KeyFile({self.path.name!r})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A signed PDF: its bytes, whose certificate signed it, and the last day of the certificate."""

    data: bytes
    by: str
    until: str


def refuse_unless_signable(key: Path) -> None:
    """Raise EvidenceMapError, with what to do, where this machine or this file cannot sign anything."""
    if not is_known():
        raise EvidenceMapError(
            _(
                "A brief is signed on Linux alone, where the signer can be shut off from every network. "
                "Issue it without a signature."
            )
        )
    if find_spec("pyhanko") is None:
        raise EvidenceMapError(
            _("Signing needs pyHanko, which is not installed: pip install 'evidencemap[sign]' brings it.")
        )
    if key.suffix.lower() not in KEYS or not key.is_file():
        raise EvidenceMapError(
            _("{name} is no key file: name one in .p12 or .pfx (PKCS#12).").format(name=key.name)
        )


def signed(pdf: bytes, key: KeyFile, *, signer: tuple[str, ...] = SIGNER) -> Signed:
    """Return the PDF with a signature of the key after it, made where no network can be reached.

    The signature certifies the PDF and allows no change; the bytes that were given stay as they are
    and stand first. Every signing gives other bytes. Raises EvidenceMapError with a sentence where
    nothing was signed.
    """
    refuse_unless_signable(key.path)
    asked = {
        "passphrase": key.passphrase,
        "called": _("Signature of who issued the brief"),
        "key": 0,
        "pdf": len(pdf),
    }
    secret = _read(key.path)
    asked["key"] = len(secret)
    said, data = _answer(json.dumps(asked).encode("ascii") + b"\n" + secret + pdf, signer)
    if "refused" in said:
        raise EvidenceMapError(_why_not(said, key.path.name))
    if not data.startswith(pdf) or len(data) == len(pdf):
        raise EvidenceMapError(_("The signer gave no signature: nothing was signed."))
    return Signed(data=data, by=said.get("by", ""), until=said.get("until", ""))


def whose(made: Signed) -> str:
    """Return the sentence that says who signed. Nobody has checked who that is: the certificate says it."""
    return _("Signed by {by}, as the certificate says, which is valid until {until}.").format(
        by=made.by, until=made.until
    )


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_KEY)
    except OSError as fault:
        raise EvidenceMapError(
            _("{name} cannot be read: {why}.").format(name=path.name, why=fault.strerror or fault)
        ) from None


def _answer(asked: bytes, signer: tuple[str, ...]) -> tuple[dict[str, str], bytes]:
    with tempfile.TemporaryDirectory() as folder:
        try:
            run = subprocess.run(
                [sys.executable, *signer],
                input=asked,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                timeout=PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise EvidenceMapError(_("The signer took too long: nothing was signed.")) from None
    if run.returncode == -signal.SIGSYS:
        raise EvidenceMapError(_("The signer was stopped as it reached for a network: nothing was signed."))
    head, _line_end, data = run.stdout.partition(b"\n")
    try:
        said = json.loads(head)
    except ValueError:
        said = None
    if run.returncode != 0 or not isinstance(said, dict):
        raise EvidenceMapError(_("The signer failed: nothing was signed."))
    return said, data


def _why_not(said: dict[str, str], name: str) -> str:
    sentences = {
        "key": _("{name} did not open: the passphrase is wrong, or it is no PKCS#12 file.").format(name=name),
        "no certificate": _("{name} holds no key with a certificate.").format(name=name),
        "dates": _("The certificate in {name}, of {by}, is not valid today; its last day is {until}.").format(
            name=name, by=said.get("by", ""), until=said.get("until", "")
        ),
        "no filter": _("This system did not grant the filter that keeps the signer from the network."),
    }
    return sentences.get(said["refused"], _("The signer failed: nothing was signed."))
