"""Keys with certificates as a person has them: PKCS#12 files that open with a passphrase."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

PASSPHRASE = "a key of one's own"
OWNER = "Committee staff"


def key_file(path: Path, *, days: int = 365) -> Path:
    """Write a new key with a certificate that ends in so many days, and return where it is."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, OWNER)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(days=30))
        .not_valid_after(now + timedelta(days=days))
        .sign(key, hashes.SHA256())
    )
    closed = BestAvailableEncryption(PASSPHRASE.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"key", key, made, None, closed))
    return path


def certificate_alone(path: Path, key: Path) -> Path:
    """Write the certificate of a key file without its key, and return where it is."""
    _key, certificate, _more = pkcs12.load_key_and_certificates(key.read_bytes(), PASSPHRASE.encode())
    assert certificate is not None
    closed = BestAvailableEncryption(PASSPHRASE.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"key", None, None, [certificate], closed))
    return path
