"""Writes plain data as the YAML of listings: one way to write each thing, short things on one line."""

import re
from collections.abc import Iterator
from typing import Any

WIDTH = 100
"""Columns within which a list or a mapping is written on one line."""

_LONGEST_KEY = 200

_ESCAPED = re.compile(
    '[\x00-\x1f"\\\\\x7f-\xa0\xad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff0-\uffff]'
)
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}
_PLAIN = re.compile(r"[A-Za-z0-9(\u00c0-\ud7ff].*", re.DOTALL)
_WHOLE = re.compile(r"0|[1-9][0-9]{0,17}")
_LIKE_A_NUMBER = re.compile(r"[0-9][0-9A-Fa-fOXox_:.,+eETtZz -]*")
_OTHER_MEANING = frozenset(
    ("none", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf", "infinity")
)
_BLOCK_LINE = re.compile(r"[^\s].*[^\s]|[^\s]|")


def write_yaml(data: dict[str, Any]) -> str:
    """Return the text of a mapping of texts, whole numbers, flags, lists and mappings.

    The same data gives the same text. Every text is written so that it is read back as it is, and
    so that another YAML reader takes it for a text too, digits apart.
    """
    lines: list[str] = []
    for key, value in data.items():
        if isinstance(value, dict) or (isinstance(value, list) and value and isinstance(value[0], dict)):
            lines.append("")
        lines.extend(_entry(key, value, 0, spread=isinstance(value, (dict, list))))
    return "\n".join(lines) + "\n"


def _entry(key: str, value: Any, indent: int, *, spread: bool = False) -> Iterator[str]:
    margin = " " * indent
    lead = f"{margin}{_scalar(key)}:"
    if len(lead) - indent > _LONGEST_KEY:
        yield f"{margin}? {_scalar(key)}"
        lead = f"{margin}:"
    yield from _after(lead, value, indent, spread=spread)


def _after(lead: str, value: Any, indent: int, *, spread: bool = False) -> Iterator[str]:
    """Write a value behind what leads to it: on the same line where it fits, else below."""
    if not isinstance(value, (dict, list)):
        if isinstance(value, str) and _fits_block(value):
            yield f"{lead} |-"
            for line in value.split("\n"):
                yield f"{' ' * (indent + 2)}{line}" if line else ""
        else:
            yield f"{lead} {_scalar(value)}"
        return
    flow = None if spread and value else _flow(value, WIDTH - len(lead) - 1)
    if flow is not None:
        yield f"{lead} {flow}"
        return
    yield lead
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _entry(key, each, indent + 2)
    else:
        for each in value:
            yield from _after(f"{' ' * (indent + 2)}-", each, indent + 2)


def _flow(value: Any, room: int) -> str | None:
    """Return a value on one line, or None where that is wider than the room."""
    if isinstance(value, dict):
        parts = []
        for key, each in value.items():
            inner = _flow(each, room)
            if inner is None:
                return None
            parts.append(f"{_scalar(key, flow=True)}: {inner}")
        text = f"{{{', '.join(parts)}}}"
    elif isinstance(value, list):
        items = []
        for each in value:
            inner = _flow(each, room)
            if inner is None:
                return None
            items.append(inner)
        text = f"[{', '.join(items)}]"
    else:
        text = _scalar(value, flow=True)
    return text if len(text) <= room else None


def _scalar(value: Any, *, flow: bool = False) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    return text if _stands_plain(text, flow) else f'"{_ESCAPED.sub(_escape, text)}"'


def _stands_plain(text: str, flow: bool) -> bool:
    if _WHOLE.fullmatch(text):
        return True
    if not _PLAIN.fullmatch(text) or text != text.strip() or text.casefold() in _OTHER_MEANING:
        return False
    if _LIKE_A_NUMBER.fullmatch(text) or _ESCAPED.search(text.replace('"', "").replace("\\", "")):
        return False
    if ": " in text or text.endswith(":") or " #" in text:
        return False
    return not (flow and any(each in text for each in ",[]{}:?"))


def _fits_block(text: str) -> bool:
    """Say whether a text of several lines can stand as it is, below a `|-`."""
    if "\n" not in text or text.startswith("\n") or text.endswith("\n"):
        return False
    lines = text.split("\n")
    return all(_BLOCK_LINE.fullmatch(line) and not _hides(line) for line in lines)


def _hides(line: str) -> bool:
    return _ESCAPED.search(line.replace('"', "").replace("\\", "")) is not None


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    if character in _SHORT:
        return _SHORT[character]
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
