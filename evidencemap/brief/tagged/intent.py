"""The sRGB colour profile, made from its formula so that it is the same on every machine."""

import struct
from functools import cache

# Colorants of sRGB adapted to D50, and the D50 white, as IEC 61966-2-1 and the ICC give them.
_RED = (0.43607, 0.22249, 0.01392)
_GREEN = (0.38515, 0.71687, 0.09708)
_BLUE = (0.14307, 0.06061, 0.71410)
_WHITE = (0.9642, 1.0, 0.8249)
_POINTS = 1024


@cache
def srgb_profile() -> bytes:
    """Return an ICC profile (version 2.1, RGB display, matrix and curves) of sRGB."""
    curve = struct.pack(">4sII", b"curv", 0, _POINTS) + b"".join(
        struct.pack(">H", round(65535 * _linear(step / (_POINTS - 1)))) for step in range(_POINTS)
    )
    name = b"sRGB IEC61966-2.1\0"
    described = struct.pack(">4sII", b"desc", 0, len(name)) + name + bytes(8 + 2 + 1 + 67)
    licence = struct.pack(">4sI", b"text", 0) + b"No copyright, use freely.\0"
    parts = [
        (b"desc", described),
        (b"cprt", licence),
        (b"wtpt", _xyz(_WHITE)),
        (b"rXYZ", _xyz(_RED)),
        (b"gXYZ", _xyz(_GREEN)),
        (b"bXYZ", _xyz(_BLUE)),
        (b"rTRC", curve),
    ]
    offset = 128 + 4 + 12 * (len(parts) + 2)
    table, body = [], b""
    for tag, data in parts:
        table.append((tag, offset + len(body), len(data)))
        body += data + bytes(-len(data) % 4)
    _, start, length = table[-1]
    table += [(b"gTRC", start, length), (b"bTRC", start, length)]
    directory = struct.pack(">I", len(table)) + b"".join(struct.pack(">4sII", *entry) for entry in table)
    return _header(128 + len(directory) + len(body)) + directory + body


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _fixed(value: float) -> int:
    return round(value * 65536)


def _xyz(values: tuple[float, float, float]) -> bytes:
    return struct.pack(">4sI3i", b"XYZ ", 0, *(_fixed(value) for value in values))


def _header(size: int) -> bytes:
    date = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
    start = struct.pack(">I4sI4s4s4s", size, bytes(4), 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    middle = start + date + b"acsp" + bytes(4 + 4 + 4 + 4 + 8 + 4)
    return (middle + struct.pack(">3i", *(_fixed(value) for value in _WHITE))).ljust(128, b"\0")
