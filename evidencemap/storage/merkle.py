"""The state root: a Merkle tree over the leaves of all rows, in the shape of RFC 6962."""

import hashlib
from collections.abc import Sequence


def root(leaves: Sequence[bytes]) -> bytes:
    """Return the root of a tree of leaf digests. No leaves give the digest of nothing (RFC 6962, 2.1).

    The leaves are digests already: SHA-256 of a zero byte and the data.
    """
    if not leaves:
        return hashlib.sha256(b"").digest()
    # Pairing level by level, an odd last one moving up as it is, gives the RFC's tree: its left part
    # always has a power of two leaves.
    level, digest = list(leaves), hashlib.sha256
    while len(level) > 1:
        pairs = zip(level[0:-1:2], level[1::2], strict=True)
        paired = [digest(b"\1" + left + right).digest() for left, right in pairs]
        if len(level) % 2:
            paired.append(level[-1])
        level = paired
    return level[0]


def node(left: bytes, right: bytes) -> bytes:
    """Return the digest of an inner node: SHA-256 of a one byte and both children."""
    return hashlib.sha256(b"\1" + left + right).digest()


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Return the audit path of a leaf, from the bottom up (RFC 6962, 2.1.1)."""
    path, level, at = [], list(leaves), index
    while len(level) > 1:
        other = at ^ 1
        if other < len(level):
            path.append(level[other])
        paired = [node(level[each], level[each + 1]) for each in range(0, len(level) - 1, 2)]
        if len(level) % 2:
            paired.append(level[-1])
        level, at = paired, at // 2
    return path


def root_from_proof(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """Return the root that a leaf and its audit path lead to in a tree of `size` leaves.

    Raises ValueError where the path has another length than that place in the tree asks for.
    """
    held, at, last, waiting = leaf, index, size - 1, list(path)
    while last > 0:
        if at % 2 or at < last:
            if not waiting:
                raise ValueError("the proof is too short")
            other = waiting.pop(0)
            held = node(other, held) if at % 2 else node(held, other)
        at, last = at // 2, last // 2
    if waiting:
        raise ValueError("the proof is too long")
    return held
