"""The signer: a process of its own that shuts itself off from every network, then signs one PDF.

Run as a module and fed on standard input: a line of JSON (passphrase, name, bytes of the key, bytes of
the PDF), the key, the PDF. Answers with a line of JSON (who signed, until when the certificate runs,
or why not) and, where it signed, the PDF. Opens no file of a person and writes none.
"""

import io
import json
import sys
from datetime import UTC, datetime
from typing import Any, BinaryIO

from evidencemap.storage.filter import FilterAbsent, shut

FIELD = "EvidenceMapSignature"
SECONDS, MEMORY = 120, 2 << 30
"""What the process may use at the most: seconds of work, bytes of memory."""


def main() -> None:
    """Sign what standard input brings and answer on standard output."""
    try:
        shut()
    except FilterAbsent:
        _answer({"refused": "no filter"})
        return
    _bound()
    asked, key, pdf = _received(sys.stdin.buffer)
    try:
        from cryptography.hazmat.primitives.serialization import pkcs12

        _private, certificate, _others = pkcs12.load_key_and_certificates(key, asked["passphrase"].encode())
    except ValueError:
        _answer({"refused": "key"})
        return
    if _private is None or certificate is None:
        _answer({"refused": "no certificate"})
        return
    until = certificate.not_valid_after_utc
    told = {"by": _name_of(certificate), "until": until.date().isoformat()}
    if not certificate.not_valid_before_utc <= datetime.now(UTC) <= until:
        _answer({"refused": "dates", **told})
        return
    signed = _signed(pdf, key, asked["passphrase"], str(asked["called"]))
    _answer(told, signed)


def _signed(pdf: bytes, key: bytes, passphrase: str, called: str) -> bytes:
    """Return the PDF with a certifying signature after it that allows no change.

    The field lies outside the page: inside, PDF/UA-1 (7.18.4) wants it in the structure, and hidden,
    PDF/A-3 (6.3.2) forbids it. The metadata stay as the brief has them: pyHanko would name itself in
    them, and write them so that they do not conform to PDF/A-3 (6.6.2.3) any more.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    class Writer(IncrementalPdfFileWriter):
        def _update_meta(self) -> None:
            pass

    signer = signers.SimpleSigner.load_pkcs12_data(key, (), passphrase.encode())
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        subfilter=fields.SigSeedSubFilter.PADES,
    )
    field = fields.SigFieldSpec(
        FIELD,
        readable_field_name=called,
        invis_sig_settings=fields.InvisSigSettings(box_out_of_bounds=True),
    )
    made = io.BytesIO()
    signers.PdfSigner(metadata, signer, new_field_spec=field).sign_pdf(Writer(io.BytesIO(pdf)), output=made)
    return made.getvalue()


def _name_of(certificate: Any) -> str:
    from cryptography.x509.oid import NameOID

    for part in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME, NameOID.EMAIL_ADDRESS):
        named = certificate.subject.get_attributes_for_oid(part)
        if named:
            return str(named[0].value)
    return str(certificate.subject.rfc4514_string())


def _bound() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _received(stream: BinaryIO) -> tuple[dict[str, Any], bytes, bytes]:
    asked: dict[str, Any] = json.loads(stream.readline())
    return asked, stream.read(asked["key"]), stream.read(asked["pdf"])


def _answer(said: dict[str, str], data: bytes = b"") -> None:
    sys.stdout.buffer.write(json.dumps(said).encode("ascii") + b"\n" + data)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
