"""Where the program laid out the nodes of maps: a memory in the private folder, never part of a case.

It holds ids and numbers, no words; whatever is damaged or missing is laid out anew. What a person placed is
in the case.
"""

import hashlib
from array import array
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path

from evidencemap.errors import CaseFileRefused
from evidencemap.model.records import Id
from evidencemap.storage.places import state_folder

MAPS, LARGE_MAPS = 200, 12
"""The maps that are remembered, and large ones among them; of more, those go that were kept longest ago."""

SMALL = 1 << 17
"""Bytes that a map has at the most which is no large one: two thousand nodes take them."""

LARGEST = 1 << 26
"""Bytes of one map: more than a million nodes take."""

_MAGIC = b"EvidenceMap places 1\n"
_DIGEST = 32
_FARTHEST = 1e9


def keep_places(case: Id, way: str, places: Mapping[Id, tuple[float, float]]) -> None:
    """Remember where the nodes of a case lie on a map that runs one `way`, in points from its top left.

    Not what a person needs: where the disk refuses, nothing is remembered, and nothing is said.
    """
    with suppress(OSError, ValueError, CaseFileRefused):
        numbers = array("d", chain.from_iterable(places.values())).tobytes()
        body = "\n".join(places).encode() + b"\n\n" + numbers
        if len(body) > LARGEST:
            return
        path = _path(case, way)
        path.parent.mkdir(exist_ok=True, mode=0o700)
        fresh = path.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_bytes(_MAGIC + hashlib.sha256(body).digest() + body)
        fresh.replace(path)
        _make_room(path)


def kept_places(case: Id, way: str) -> dict[Id, tuple[float, float]]:
    """Return where the nodes of a case lay when that was kept; nothing where it was not, or is damaged."""
    try:
        path = _path(case, way)
        if path.stat().st_size > len(_MAGIC) + _DIGEST + LARGEST:
            return {}
        held = path.read_bytes()
        digest, body = held[len(_MAGIC) :][:_DIGEST], held[len(_MAGIC) + _DIGEST :]
        if not held.startswith(_MAGIC) or hashlib.sha256(body).digest() != digest:
            return {}
        names, _gap, numbers = body.partition(b"\n\n")
        flat = array("d", numbers)
        ids = names.decode().split("\n")
    except (OSError, ValueError, CaseFileRefused):
        return {}
    if len(flat) != 2 * len(ids) or not all(abs(each) < _FARTHEST for each in flat):
        return {}
    return {Id(each): at for each, at in zip(ids, zip(flat[::2], flat[1::2], strict=True), strict=True)}


def forget_places(case: Id | None = None) -> None:
    """Forget where the nodes of a case lay, or of every case."""
    with suppress(OSError, CaseFileRefused):
        for each in list(_held("*" if case is None else _name(case))):
            each.unlink(missing_ok=True)


def _make_room(newest: Path) -> None:
    """Forget the maps that are too many beside the newest one, and the large ones that are."""
    held = {each: each.stat() for each in _held() if each != newest}
    others = sorted(held, key=lambda each: held[each].st_mtime_ns, reverse=True)
    large = [each for each in others if held[each].st_size > SMALL]
    left = LARGE_MAPS - (newest.stat().st_size > SMALL)
    for each in {*others[MAPS - 1 :], *large[left:]}:
        each.unlink(missing_ok=True)


def _held(name: str = "*") -> Iterator[Path]:
    return (state_folder() / "maps").glob(f"{name}-*.places")


def _path(case: Id, way: str) -> Path:
    return state_folder() / "maps" / f"{_name(case)}-{way.replace(' ', '-')}.places"


def _name(case: Id) -> str:
    return hashlib.sha256(case.encode("utf-8", "surrogatepass")).hexdigest()[:24]
