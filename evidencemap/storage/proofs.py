"""A proof that one exhibit is in a published case, which shows nothing else of that case (RFC 6962)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidencemap.errors import CaseFileRefused
from evidencemap.model.entities import Exhibit
from evidencemap.storage import exhibits, merkle, places
from evidencemap.storage.digests import line_digest, row_text, text_leaf
from evidencemap.storage.door import Admitted, admit
from evidencemap.storage.driver import Connection, connect_to_read, explained
from evidencemap.storage.exhibits import Extracted
from evidencemap.storage.opening import scratch
from evidencemap.storage.passphrases import Opens, secret
from evidencemap.storage.reading import read_leaves, read_lines
from evidencemap.storage.rows import to_row
from evidencemap.storage.seals import Seal, is_genuine, read_seals
from evidencemap.tongue import _

FORMAT = 1
"""The version of the proofs that this program writes and reads."""

_LARGEST = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """What the check of a proof found: whether it holds, and sentences that tell it."""

    ok: bool
    sentences: tuple[str, ...]


def extract_published(
    path: Path, number: str, folder: Path, passphrase: Opens | None = None, name: str = ""
) -> Extracted:
    """Write an exhibit of the case file at a path into a folder; the case stays as it is.

    Raises CaseFileRefused where the case cannot be trusted or holds no such exhibit.
    """
    with scratch() as private:
        admitted, connection = _open(path, private, passphrase)
        try:
            return exhibits.extract(connection, _exhibit(admitted, number), folder, name=name)
        finally:
            connection.close()


def read_published(path: Path, number: str, most: int, passphrase: Opens | None = None) -> bytes:
    """Return the bytes of an exhibit of the case file at a path, `most` of them and a block at the most.

    Raises CaseFileRefused as `extract_published`.
    """
    with scratch() as private:
        admitted, connection = _open(path, private, passphrase)
        try:
            held = bytearray()
            for block in exhibits.read_chunks(connection, _exhibit(admitted, number).sha256):
                held += block
                if len(held) > most:
                    break
            return bytes(held)
        finally:
            connection.close()


def verify_published(path: Path, passphrase: Opens | None = None) -> list[tuple[Exhibit, bool | None]]:
    """Return each exhibit of a case file with whether its bytes fit; None where they are not in it.

    Raises CaseFileRefused where the case cannot be trusted, bytes that do not fit included.
    """
    with scratch() as private:
        admitted, connection = _open(path, private, passphrase)
        try:
            held = admitted.case.sorted(Exhibit)
            found = exhibits.verify(connection, held)
        finally:
            connection.close()
    return [(each, found[each.id]) for each in held]


def prove(path: Path, number: str, passphrase: Opens | None = None) -> str:
    """Return, as JSON, the proof that an exhibit is in the case file at a path as it was last published.

    It holds the row of the exhibit (name, digest, custody), its audit path to the state root, the line of
    the journal that published that root, and the seal over that line, if there is one; nothing else.
    """
    with scratch() as private:
        admitted, connection = _open(path, private, passphrase)
        try:
            exhibit = _exhibit(admitted, number)
            leaves = read_leaves(connection)
            numbers = [row[0] for row in connection.execute("select number from entity order by number")]
            lines = list(read_lines(connection, admitted.entries - 2, admitted.entries))
            seals = read_seals(connection)
        finally:
            connection.close()
    row, place = to_row(exhibit), numbers.index(exhibit.number)
    pointers = [(field, at, admitted.case.number(target)) for field, at, target in row.pointers]
    line = lines[-1]
    sealed = next((each for each in reversed(seals) if each.entries == line.entry), None)
    proof = {
        "evidencemap proof": FORMAT,
        "exhibit": exhibit.number,
        "row": row_text("exhibit", exhibit.number, row.values, pointers),
        "leaf": leaves[place].hex(),
        "place": place,
        "leaves": len(leaves),
        "path": [each.hex() for each in merkle.inclusion_proof(leaves, place)],
        "root": merkle.root(leaves).hex(),
        "line": {
            "entry": line.entry,
            "previous": (lines[-2].digest if len(lines) > 1 else bytes(32)).hex(),
            "at": line.at,
            "by": line.by,
            "kind": line.kind.value,
            "label": line.label,
            "payload": line.payload,
        },
        "head": line.digest.hex(),
        "seal": None if sealed is None else _seal_said(sealed),
    }
    return json.dumps(proof, ensure_ascii=True, indent=2)


def check_proof(proof: Path, file: Path, fingerprint: str = "") -> Proved:
    """Say whether a proof holds for a file, without the case: every digest is computed anew.

    `fingerprint` names the key that must have sealed the publication; without it a seal is reported and
    not judged. Raises CaseFileRefused where the proof cannot be read.
    """
    said = _read(proof)
    try:
        faults = list(_faults(said, exhibits.digest_of(file), file.name))
        seal = None if said["seal"] is None else _seal_read(said["seal"])
        number, entry, head = str(said["exhibit"]), int(said["line"]["entry"]), str(said["head"])
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as fault:
        raise CaseFileRefused(
            _("{name} is no proof that this program writes.").format(name=proof.name)
        ) from fault
    if seal is not None and not (is_genuine(seal) and seal.head.hex() == head and seal.entries == entry):
        faults.append(_("The seal in the proof is forged or is one over something else."))
    if faults:
        return Proved(ok=False, sentences=tuple(faults))
    sentences = [
        _(
            "{file} is bit for bit the exhibit {number} of the case that was published as entry {entry}."
        ).format(file=file.name, number=number, entry=entry),
        _("The head of its journal is {head}: compare that with a brief, a seal or a time stamp.").format(
            head=head
        ),
    ]
    wanted = fingerprint.replace(" ", "").replace(":", "").lower()
    if wanted and (seal is None or seal.fingerprint != wanted):
        return Proved(ok=False, sentences=(*sentences, _("It is not sealed with the key that you named.")))
    if wanted:
        sentences.append(_("It is sealed with the key that you named."))
    elif seal is not None:
        said_by = _("It is sealed with the key {key}, at {at}.").format(key=seal.fingerprint, at=seal.at)
        sentences.append(said_by)
    else:
        sentences.append(_("It is not sealed: whoever made the proof could have made up the case."))
    return Proved(ok=True, sentences=tuple(sentences))


def _faults(said: Mapping[str, Any], digest: str, name: str) -> list[str]:
    faults = []
    row = json.loads(said["row"])
    if row[:2] != ["exhibit", said["exhibit"]] or not isinstance(row[3], str):
        faults.append(_("The proof is not about an exhibit."))
    elif row[3] != digest:
        other = _("{name} is not the file that the proof is about: its SHA-256 is another one.")
        faults.append(other.format(name=name))
    leaf = text_leaf(said["row"])
    if leaf.hex() != said["leaf"]:
        faults.append(_("The row of the exhibit was changed: its digest does not fit."))
    path = [bytes.fromhex(each) for each in said["path"]]
    place, leaves = int(said["place"]), int(said["leaves"])
    if not 0 <= place < leaves or merkle.root_from_proof(leaf, place, leaves, path).hex() != said["root"]:
        faults.append(_("The exhibit does not lead to the state root of the case."))
    line = said["line"]
    published = json.loads(line["payload"])
    if line["kind"] != "publish" or published != {"root": said["root"], "leaves": leaves}:
        faults.append(_("The state root is not the one that the journal published."))
    fields = (str(line["entry"]), line["at"], line["by"], line["kind"], "", line["label"], line["payload"])
    if line_digest(bytes.fromhex(line["previous"]), fields).hex() != said["head"]:
        faults.append(_("The line of the journal was changed: its digest does not fit the head."))
    return faults


def _read(proof: Path) -> dict[str, Any]:
    with explained(_("{name} was not read.").format(name=proof.name)):
        raw = proof.read_bytes() if proof.stat().st_size <= _LARGEST else b""
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or said.get("evidencemap proof") != FORMAT:
        raise CaseFileRefused(_("{name} is no proof that this program writes.").format(name=proof.name))
    return said


def _seal_said(seal: Seal) -> dict[str, object]:
    return {
        "entries": seal.entries,
        "head": seal.head.hex(),
        "root": seal.root.hex(),
        "at": seal.at,
        "public_key": seal.public_key.hex(),
        "signature": seal.signature.hex(),
    }


def _seal_read(said: Mapping[str, Any]) -> Seal:
    return Seal(
        entries=int(said["entries"]),
        head=bytes.fromhex(said["head"]),
        root=bytes.fromhex(said["root"]),
        at=str(said["at"]),
        public_key=bytes.fromhex(said["public_key"]),
        signature=bytes.fromhex(said["signature"]),
    )


def _open(path: Path, private: Path, passphrase: Opens | None) -> tuple[Admitted, Connection]:
    admitted = admit(places.resolved(Path(path)), private, passphrase=passphrase)
    return admitted, connect_to_read(admitted.database, secret(admitted.key))


def _exhibit(admitted: Admitted, number: str) -> Exhibit:
    held = admitted.case.numbered(number.upper())
    if not isinstance(held, Exhibit):
        raise CaseFileRefused(_("There is no exhibit {number} in this case.").format(number=number))
    return held
