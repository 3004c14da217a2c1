"""ASN.1 in DER: just enough to write a request for a time stamp and to read the answer (X.690)."""

from collections.abc import Iterator
from dataclasses import dataclass

SEQUENCE, SET, INTEGER, OCTETS, OID, NULL, BOOLEAN = 0x30, 0x31, 0x02, 0x04, 0x06, 0x05, 0x01


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value: its tag, what it holds, and all its bytes, tag and length included."""

    tag: int
    content: bytes
    whole: bytes

    @property
    def parts(self) -> list["Value"]:
        """Return the values inside. Raises ValueError where the content is none."""
        return list(read_all(self.content))

    @property
    def oid(self) -> str:
        """Return an object identifier with dots. Raises ValueError for anything else."""
        if self.tag != OID or not self.content or self.content[-1] & 0x80:
            raise ValueError("an object identifier is something else")
        arcs, arc = [], 0
        for byte in self.content:
            arc = arc << 7 | byte & 0x7F
            if not byte & 0x80:
                arcs.append(arc)
                arc = 0
        first = min(arcs[0] // 40, 2)
        return ".".join(str(each) for each in (first, arcs[0] - 40 * first, *arcs[1:]))

    @property
    def number(self) -> int:
        """Return an integer. Raises ValueError for anything else."""
        if self.tag != INTEGER or not self.content:
            raise ValueError("a number is something else")
        return int.from_bytes(self.content, "big", signed=True)


def read(raw: bytes) -> Value:
    """Return the one value that the bytes are. Raises ValueError where they are none, or more."""
    values = list(read_all(raw))
    if len(values) != 1:
        raise ValueError("there is more or less than one value")
    return values[0]


def read_all(raw: bytes) -> Iterator[Value]:
    """Yield the values that stand one after the other. Raises ValueError where one is not DER."""
    at = 0
    while at < len(raw):
        if at + 2 > len(raw) or raw[at] & 0x1F == 0x1F:
            raise ValueError("a value is cut short")
        size, start = raw[at + 1], at + 2
        if size & 0x80:
            more = size & 0x7F
            if not 1 <= more <= 4:
                raise ValueError("a length is not DER")
            size, start = int.from_bytes(raw[start : start + more], "big"), start + more
        if start + size > len(raw):
            raise ValueError("a value is cut short")
        yield Value(tag=raw[at], content=raw[start : start + size], whole=raw[at : start + size])
        at = start + size


def write(tag: int, content: bytes) -> bytes:
    """Return a value as bytes."""
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def write_oid(dotted: str) -> bytes:
    """Return an object identifier as bytes."""
    first, second, *rest = (int(each) for each in dotted.split("."))
    content = b""
    for arc in (first * 40 + second, *rest):
        low = bytes([arc & 0x7F])
        while arc := arc >> 7:
            low = bytes([arc & 0x7F | 0x80]) + low
        content += low
    return write(OID, content)
