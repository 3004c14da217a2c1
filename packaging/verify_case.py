#!/usr/bin/env python3
"""Checks a case file of EvidenceMap with Python 3.10 or later and nothing else; case-file.md says the format.

python3 verify_case.py CASE.evmap [--fingerprint HEX] ends with 0 where every digest fits (and the named
key sealed the last publication), 1 where something does not or somebody else sealed it, 2 where the file
cannot be read. It opens a copy, runs nothing of the file, and asks no other program. It does not replay
the journal against the tables, and cannot read an encrypted case.
"""

import argparse
import hashlib
import json
import pathlib
import re
import sqlite3
import struct
import sys
import tempfile

MAGIC, APPLICATION, VERSIONS, CHUNK = b"SQLite format 3\0", 0x45564D50, (1, 2, 3), 1 << 20
LETTERS = "S E C M H A R N P T K W X L F B Z @"
TABLES = "source evidence claim claim claim claim request quantity step term remark watch exhibit"
TABLES += " link acceptance issued_brief checkpoint placement"
OTHERS = "_sqlite_migrations entity reference header highest journal file chunk seal token"
EMPTY = {"series": "", "topic": "", "week": "", "verb": "", "ties": "[]", "stated_to": "", "struck": "[]"}
KINDS = dict(zip(LETTERS.split(), TABLES.split(), strict=True))
NUMBER = re.compile(r"@?[A-Z][1-9][0-9]{0,8}\Z")


def copy_of(path, folder):
    """Copy the file to a private place, where nothing lies beside it, and look at its header."""
    target = pathlib.Path(folder) / "copy.db"
    with pathlib.Path(path).open("rb") as source, target.open("wb") as copy:
        header = source.read(100)
        if len(header) < 100 or not header.startswith(MAGIC):
            locked = "it is encrypted: on a copy, run `evidencemap passphrase COPY --remove` first"
            raise ValueError(locked if header.startswith(b"EvidenceMap key\0") else "it is no case file")
        (version,), (application,) = struct.unpack(">I", header[60:64]), struct.unpack(">I", header[68:72])
        if application != APPLICATION or version not in VERSIONS:
            raise ValueError(f"it is no case file of a shape that this program knows ({version})")
        copy.write(header[:18] + b"\1\1" + header[20:])  # no write-ahead log, whatever the file says
        while block := source.read(CHUNK):
            copy.write(block)
        page = struct.unpack(">H", header[16:18])[0]
        if struct.unpack(">I", header[28:32])[0] * (65536 if page == 1 else page) != copy.tell():
            raise ValueError("it is cut short, or something was added at its end")
    return target


def open_copy(path):
    """Open the copy to read it, and refuse whatever could run."""
    case = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    case.execute("pragma trusted_schema = off")
    case.execute("pragma cell_size_check = on")
    tables = {*KINDS.values(), *OTHERS.split()}
    for kind, name, table, sql in case.execute("select type, name, tbl_name, sql from sqlite_master"):
        index = kind == "index" and (sql is None or name == "reference_target") and table in tables
        if not index and (kind != "table" or name not in tables or "generated" in sql.lower()):
            raise ValueError(f"it holds something that no case file has: {kind} {name!r}")
    if (answer := case.execute("pragma quick_check(1)").fetchone()[0]) != "ok":
        raise ValueError(f"it is damaged: {answer}")
    return case


def leaf_of(values):
    """Return SHA-256 of a zero byte and the values as JSON, without spaces or escapes beyond JSON's own."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(b"\0" + text.encode("utf-8", "surrogatepass")).digest()


def with_lengths(fields):
    """Return the fields in one, each after its length as eight bytes."""
    return b"".join(struct.pack(">Q", len(each)) + each for each in fields)


def root_of(level):
    """Return the root of a Merkle tree (RFC 6962, section 2.1) over leaves that are digests."""
    while len(level) > 1:
        pairs = [b"".join(level[at : at + 2]) for at in range(0, len(level), 2)]
        level = [hashlib.sha256(b"\1" + each).digest() if len(each) == 64 else each for each in pairs]
    return level[0]


def check_rows(case, faults):
    """Check the digest of every row, and return the leaves of the state root in their order."""
    numbers, leaves, kinds, pointers = {}, {}, {}, {}
    for key, number, kind, leaf in case.execute("select key, number, kind, leaf from entity"):
        fits = number == "case" if kind == "header" else NUMBER.match(number) and KINDS.get(number[0]) == kind
        if not fits:
            raise ValueError(f"it gives something the number {number!r}, which is none")
        numbers[key], leaves[number], kinds[key] = number, leaf, kind
    query = "select owner, field, position, target from reference order by owner, field, position"
    for owner, field, position, target in case.execute(query):
        if owner not in numbers or target not in numbers:
            raise ValueError("it points at something that it does not hold")
        pointers.setdefault(owner, []).append([field, position, numbers[target]])
    for kind in dict.fromkeys(["header", *KINDS.values()]):
        names = [row[1] for row in case.execute(f"pragma table_info({kind})")]
        columns = ", ".join(f'"{name}"' for name in names)
        rows = {key: values for key, *values in case.execute(f'select {columns} from "{kind}"')}
        for key, values in rows.items():
            number = numbers.get(key, "")
            while values[-1] == EMPTY.get(names[len(values)], ()):
                values.pop()  # added columns at the end, as long as they are empty
            if leaf_of([kind, number, *values, pointers.get(key, [])]) != leaves.get(number):
                faults.append(f"{number} is not as it was written: its digest does not fit.")
        if rows.keys() != {key for key, of in kinds.items() if of == kind}:
            raise ValueError(f"it has things without rows, or rows without things, in the table {kind}")
    ordered = [leaves[number] for number in sorted(leaves, key=lambda each: each.encode())]
    flat = [value for row in sorted(case.execute("select letter, digits from highest")) for value in row]
    ordered.append(leaf_of(["highest", "", *flat, []]))
    files = case.execute("select sha256, size from file order by sha256")
    return ordered + [leaf_of(["file", "", sha256, size, []]) for sha256, size in files]


def check_journal(case, leaves, faults):
    """Check the chain and that it ends with a publication of these rows; return heads and roots by entry."""
    heads, roots, previous, last = {}, {}, bytes(32), None
    query = 'select entry, at, "by", kind, of, label, payload, digest from journal order by entry'
    for count, (entry, at, by, kind, of, label, payload, digest) in enumerate(case.execute(query), 1):
        if entry != count:
            faults.append(f"Entry {count} of the journal is missing.")
            return heads, roots
        texts = (str(entry), at, by, kind, "" if of is None else str(of), label, payload)
        fields = [previous, *(each.encode("utf-8", "surrogatepass") for each in texts)]
        if hashlib.sha256(with_lengths(fields)).digest() != digest:
            faults.append(f"Entry {entry} of the journal is not as it was written: its digest does not fit.")
            return heads, roots
        previous, last = digest, (kind, payload)
        heads[entry] = digest
        if kind == "publish":
            roots[entry] = json.loads(payload).get("root")
    if last is None or last[0] != "publish":
        faults.append("The journal does not end with a publication.")
    elif json.loads(last[1]) != {"root": root_of(leaves).hex(), "leaves": len(leaves)}:
        faults.append(f"The rows are not those that entry {len(heads)} published: another state root.")
    return heads, roots


def check_exhibits(case, faults):
    """Check that the bytes of every exhibit have its SHA-256."""
    for key, sha256, size in case.execute("select key, sha256, size from file").fetchall():
        hashed, held, full = hashlib.sha256(), 0, True
        query = "select position, bytes from chunk where file = ? order by position"
        for count, (position, block) in enumerate(case.execute(query, (key,))):
            full = full and position == count and held == count * CHUNK
            hashed.update(block)
            held += len(block)
        if not full or held != size or hashed.hexdigest() != sha256:
            faults.append(f"The content with the SHA-256 {sha256} has another one.")
    if case.execute("select count(*) from chunk where file not in (select key from file)").fetchone()[0]:
        raise ValueError("it points at something that it does not hold")


def check_seals(case, heads, roots, fingerprint, faults):
    """Check every seal; return whether the named key sealed the last publication, and what to say."""
    keys, last = set(), max(roots, default=0)
    query = "select entries, head, root, at, public_key, signature from seal order by key"
    for entries, head, root, at, public_key, signature in case.execute(query):
        fields = (b"EvidenceMap seal 1", str(entries).encode(), head, root, at.encode())
        if not is_signature(public_key, with_lengths(fields), signature):
            faults.append(f"The seal over {entries} entries is forged: its signature does not fit.")
        elif heads.get(entries) != head or roots.get(entries) != root.hex():
            faults.append(f"The case is not the one that was sealed at entry {entries}.")
        keys.add((hashlib.sha256(public_key).hexdigest(), entries))
    if not keys and not fingerprint:
        return True, "It is not sealed: whoever changed all of it at once would not be noticed."
    said = "".join(f"Sealed up to entry {entries} with the key {key}. " for key, entries in sorted(keys))
    if (fingerprint, last) in keys:
        return True, said + "The key that you named sealed the last publication."
    if fingerprint:
        return False, said + "The last publication is not sealed with the key that you named."
    return False, said + "Name the fingerprint that you got another way: anybody can seal."


P, D = 2**255 - 19, -121665 * pow(121666, 2**255 - 21, 2**255 - 19) % (2**255 - 19)
L = 2**252 + 27742317777372353535851937790883648493


def added(one, other):
    """Add two points of the curve in extended coordinates (RFC 8032, section 5.1.4)."""
    (x1, y1, z1, t1), (x2, y2, z2, t2) = one, other
    a, b, c, d = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P, 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    """Multiply a point by a number."""
    result = (0, 1, 1, 0)
    while number:
        result = added(result, point) if number & 1 else result
        point, number = added(point, point), number >> 1
    return result


def point_of(raw):
    """Return the point that 32 bytes stand for; None where they stand for none (RFC 8032, section 5.1.3)."""
    number = int.from_bytes(raw, "little")
    y, sign = number & ((1 << 255) - 1), number >> 255
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def is_signature(public_key, message, signature):
    """Say whether a signature is the one of a key over a message (Ed25519, RFC 8032, section 5.1.7)."""
    key, nonce = point_of(public_key), point_of(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or nonce is None or scalar >= L:
        return False
    hashed = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % L
    base = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    left, right = times(scalar, base), added(nonce, times(hashed, key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 == (left[1] * right[2] - right[1] * left[2]) % P


def main():
    """Check the file that the command line names."""
    words, faults = argparse.ArgumentParser(description=__doc__), []
    words.add_argument("case")
    words.add_argument("--fingerprint", default="", help="the SHA-256 of the key that must have sealed it")
    asked = words.parse_args()
    try:
        with tempfile.TemporaryDirectory() as folder:
            case = open_copy(copy_of(asked.case, folder))
            heads, roots = check_journal(case, check_rows(case, faults), faults)
            check_exhibits(case, faults)
            named = asked.fingerprint.replace(" ", "").replace(":", "").lower()
            good, said = check_seals(case, heads, roots, named, faults)
            case.close()
    except Exception as fault:  # whatever a made-up file provokes: there is no case in it to speak of
        print(f"{asked.case} cannot be trusted: {fault}.")
        return 2
    if faults:
        print("\n".join(faults))
        return 1
    print(f"{asked.case}: {len(heads)} entries in one chain; every row, exhibit and seal fits. {said}")
    print(f"Head of the journal: {heads[len(heads)].hex()}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
