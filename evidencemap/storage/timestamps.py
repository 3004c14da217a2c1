"""Time stamps (RFC 3161): the request goes out as a file, the answer comes in as one, checked offline."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evidencemap.errors import CaseFileRefused
from evidencemap.storage.der import (
    BOOLEAN,
    INTEGER,
    NULL,
    OCTETS,
    SEQUENCE,
    SET,
    Value,
    read,
    write,
    write_oid,
)
from evidencemap.storage.driver import Connection, explained, transaction
from evidencemap.storage.journal import Line, LineKind
from evidencemap.tongue import _

LARGEST = 1 << 20
"""Bytes that an answer may have."""

NOT_CHECKED = (
    "Not checked here: whether that certificate leads to an authority that you trust, whether it was "
    "revoked, and whether the authority's clock was right."
)
"""What a time stamp that fits does not show."""

_SHA256 = "2.16.840.1.101.3.4.2.1"
_HASHES = {
    _SHA256: "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
    "1.2.840.113549.1.1.11": "sha256",
    "1.2.840.113549.1.1.12": "sha384",
    "1.2.840.113549.1.1.13": "sha512",
    "1.2.840.10045.4.3.2": "sha256",
    "1.2.840.10045.4.3.3": "sha384",
    "1.2.840.10045.4.3.4": "sha512",
}
_RSA_PSS = "1.2.840.113549.1.1.10"
_MGF1 = "1.2.840.113549.1.1.8"
_SIGNED_DATA = "1.2.840.113549.1.7.2"
_TST_INFO = "1.2.840.113549.1.9.16.1.4"
_CONTENT_TYPE = "1.2.840.113549.1.9.3"
_MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
_CERTIFICATE = "1.2.840.113549.1.9.16.2.12"
_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47"
_TIME_STAMPING = "1.3.6.1.5.5.7.3.8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What a time stamp says: the digest, when (UTC), who says so, and the SHA-256 of their certificate."""

    digest: bytes
    at: str
    authority: str
    certificate: str


def request(head: bytes) -> bytes:
    """Return the request for a time stamp over a head of the journal (TimeStampReq, RFC 3161, 2.4.1).

    The head is a SHA-256 and stands in the request itself: whoever stamps it learns nothing of the case.
    """
    algorithm = write(SEQUENCE, write_oid(_SHA256) + write(NULL, b""))
    imprint = write(SEQUENCE, algorithm + write(OCTETS, head))
    return write(SEQUENCE, write(INTEGER, b"\1") + imprint + write(BOOLEAN, b"\xff"))


def read_answer(path: Path) -> bytes:
    """Return the token in a file that an authority sent: a whole answer, or the token alone.

    Raises CaseFileRefused where it is neither, or the authority refused.
    """
    with explained(_("{name} was not read.").format(name=path.name)):
        raw = path.read_bytes() if path.stat().st_size <= LARGEST else b""
    try:
        first, *rest = read(raw).parts
        if first.tag != SEQUENCE:
            return raw
        status = first.parts[0].number
    except (ValueError, IndexError) as fault:
        raise CaseFileRefused(
            _("{name} is no answer to a request for a time stamp.").format(name=path.name)
        ) from fault
    if status not in (0, 1) or not rest:
        raise CaseFileRefused(
            _("The authority refused to stamp (status {status}): ask it why.").format(status=status)
        )
    return rest[0].whole


def check(token: bytes) -> Stamp:
    """Return what a token says once its signature fits the certificate that it brings (RFC 3161, RFC 5652).

    Raises CaseFileRefused with the reason where it does not. See `NOT_CHECKED`.
    """
    try:
        return _checked(token)
    except (ValueError, IndexError, TypeError, OverflowError) as fault:
        raise _unusable(_("it is built otherwise than a time stamp")) from fault


def keep(connection: Connection, token: bytes, lines: Sequence[Line]) -> tuple[Stamp, int]:
    """Keep a token that stamps one of the heads, and return what it says and which entry it stamps.

    Raises CaseFileRefused where it does not fit, or stamps no head of this journal.
    """
    stamp = check(token)
    for line in lines:
        if line.digest == stamp.digest:
            with transaction(connection):
                known = connection.execute("select 1 from token where bytes = ?", (token,)).fetchone()
                if known is None:
                    connection.execute(
                        "insert into token (entries, head, bytes) values (?, ?, ?)",
                        (line.entry, line.digest, token),
                    )
            return stamp, line.entry
    raise CaseFileRefused(
        _("That time stamp is not about this case: no entry of its journal has that digest.")
    )


def read_tokens(connection: Connection) -> list[tuple[int, bytes, bytes]]:
    """Return the tokens that a store holds, the oldest first: entry, head, token."""
    with explained(_("The time stamps cannot be read.")):
        rows = connection.execute("select entries, head, bytes from token order by key").fetchall()
    return [(entries, bytes(head), bytes(token)) for entries, head, token in rows]


def judged(tokens: Sequence[tuple[int, bytes, bytes]], lines: Sequence[Line]) -> Iterator[tuple[bool, str]]:
    """Yield of each token whether it fits the journal, and a sentence that says so or why not."""
    digests = {line.entry: line.digest for line in lines}
    for entries, head, token in tokens:
        try:
            stamp = check(token)
        except CaseFileRefused as refusal:
            said = _("The time stamp over entry {entry} does not hold. {reason}")
            yield False, said.format(entry=entries, reason=refusal)
            continue
        if not stamp.digest == head == digests.get(entries):
            said = _("The time stamp over entry {entry} is about another journal.")
            yield False, said.format(entry=entries)
        else:
            yield True, told(stamp, entries)


def told(stamp: Stamp, entry: int) -> str:
    """Return what a time stamp that holds says of an entry of the journal, and what was not checked."""
    said = _(
        "{authority} says that entry {entry} existed at {at}. The signature fits the certificate "
        "{certificate} that came with it."
    ).format(authority=stamp.authority, entry=entry, at=stamp.at, certificate=stamp.certificate)
    return f"{said} {_(NOT_CHECKED)}"


def published_head(lines: Sequence[Line]) -> Line:
    """Return the last publication, which a time stamp is asked for. Raises CaseFileRefused where none is."""
    for line in reversed(lines):
        if line.kind is LineKind.PUBLISH:
            return line
    raise CaseFileRefused(_("This case was never published: save it first."))


def _unusable(reason: str) -> CaseFileRefused:
    return CaseFileRefused(_("The time stamp cannot be used: {reason}.").format(reason=reason))


def _checked(token: bytes) -> Stamp:
    kind, wrapped = read(token).parts
    if kind.oid != _SIGNED_DATA:
        raise _unusable(_("it is no signed data"))
    _version, _digests, inner, *rest = read(wrapped.content).parts
    inner_kind, inner_wrapped = inner.parts
    if inner_kind.oid != _TST_INFO:
        raise _unusable(_("it signs something else than a time"))
    info = read(inner_wrapped.content)
    certificates = [each for part in rest if part.tag == 0xA0 for each in part.parts]
    (signer,) = rest[-1].parts
    _version, issuer, algorithm, attributes, signing, signature = signer.parts[:6]
    certificate = _signer(certificates, issuer)
    hashing = _hash(algorithm)
    held = _attributes(attributes, hashlib.new(hashing, info.content).digest())
    signed = write(SET, attributes.content)
    _check_signature(certificate, signing, hashing, signed, signature.content)
    imprint, at = _stamped(info.content)
    _check_certificate(certificate, at)
    from cryptography.hazmat.primitives.serialization import Encoding

    raw = certificate.public_bytes(Encoding.DER)
    _check_named(held, raw)
    return Stamp(
        digest=imprint,
        at=at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        authority=certificate.subject.rfc4514_string(),
        certificate=hashlib.sha256(raw).hexdigest(),
    )


def _stamped(content: bytes) -> tuple[bytes, datetime]:
    """Return the digest and the time of a TSTInfo (RFC 3161, 2.4.2)."""
    _version, _policy, imprint, _serial, at = read(content).parts[:5]
    algorithm, digest = imprint.parts
    if algorithm.parts[0].oid != _SHA256 or len(digest.content) != 32:
        raise _unusable(_("it stamps no SHA-256"))
    text = at.content.decode("ascii").removesuffix("Z").partition(".")[0]
    return digest.content, datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


def _hash(algorithm: Value) -> str:
    found = _HASHES.get(algorithm.parts[0].oid)
    if found is None:
        raise _unusable(_("it uses a digest that this program does not trust"))
    return found


def _signer(certificates: Sequence[Value], identity: Value) -> Any:
    from cryptography import x509

    for each in certificates:
        held = x509.load_der_x509_certificate(each.whole)
        if identity.tag == SEQUENCE:
            name, serial = identity.parts
            if held.issuer.public_bytes() == name.whole and held.serial_number == serial.number:
                return held
        else:
            try:
                key = held.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
            except x509.ExtensionNotFound:
                continue
            if key.digest == identity.content:
                return held
    raise _unusable(_("it does not bring the certificate of who signed it: ask for it with the certificate"))


def _attributes(attributes: Value, digest: bytes) -> dict[str, Value]:
    if attributes.tag != 0xA0:
        raise _unusable(_("it has no signed attributes"))
    held = {each.parts[0].oid: each.parts[1].parts[0] for each in attributes.parts}
    if _CONTENT_TYPE not in held or held[_CONTENT_TYPE].oid != _TST_INFO:
        raise _unusable(_("it signs something else than a time"))
    if _MESSAGE_DIGEST not in held or held[_MESSAGE_DIGEST].content != digest:
        raise _unusable(_("what it says was changed"))
    return held


def _check_named(held: dict[str, Value], certificate: bytes) -> None:
    """Check that what was signed names this certificate (RFC 5816: ESSCertIDv2, or ESSCertID with SHA-1)."""
    named, hashing = held.get(_CERTIFICATE_V2), "sha256"
    if named is None:
        named, hashing = held.get(_CERTIFICATE), "sha1"
    if named is None:
        raise _unusable(_("it does not name its certificate"))
    first, *more = named.parts[0].parts[0].parts
    if first.tag == SEQUENCE:
        first, hashing = more[0], _hash(first)
    if hashlib.new(hashing, certificate, usedforsecurity=False).digest() != first.content:
        raise _unusable(_("it names another certificate than it brings"))


def _check_signature(certificate: Any, signing: Value, hashing: str, signed: bytes, signature: bytes) -> None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

    key = certificate.public_key()
    named = _HASHES.get(signing.parts[0].oid, hashing)
    chosen = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}[named]
    try:
        if isinstance(key, rsa.RSAPublicKey) and signing.parts[0].oid == _RSA_PSS:
            pads, chosen = _pss(signing)
            key.verify(signature, signed, pads, chosen)
        elif isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, signed, padding.PKCS1v15(), chosen)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, signed, ec.ECDSA(chosen))
        elif isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(signature, signed)
        else:
            raise _unusable(_("it uses a signature that this program cannot check"))
    except InvalidSignature:
        raise _unusable(_("its signature does not fit the certificate")) from None


def _pss(signing: Value) -> tuple[Any, Any]:
    """Return the padding and the digest that an RSA-PSS signature names (RSASSA-PSS-params, RFC 4055, 3.1).

    What is left out would be SHA-1, which is not trusted: both digests and the salt must be named.
    """
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding

    named = {each.tag: each.parts[0] for each in signing.parts[1].parts} if signing.parts[1:] else {}
    if not {0xA0, 0xA1} <= named.keys():
        raise _unusable(_("it uses a digest that this program does not trust"))
    known = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}
    maker, inner = named[0xA1].parts
    if maker.oid != _MGF1:
        raise _unusable(_("it uses a signature that this program cannot check"))
    salt = named[0xA2].number if 0xA2 in named else 20
    if not 0 <= salt <= 512:
        raise _unusable(_("it uses a signature that this program cannot check"))
    return padding.PSS(padding.MGF1(known[_hash(inner)]), salt), known[_hash(named[0xA0])]


def _check_certificate(certificate: Any, at: datetime) -> None:
    from cryptography import x509

    try:
        uses = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        uses = ()
    if not any(each.dotted_string == _TIME_STAMPING for each in uses):
        raise _unusable(_("its certificate is not one for time stamps"))
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        raise _unusable(_("its certificate was not valid at that time"))
