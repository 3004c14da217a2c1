"""Reads JSON strictly: no NaN, no key twice, no half characters, and bounded depth."""

import re
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]

from evidencemap.errors import ListingRefused
from evidencemap.exchange.tree import Builder, Form, Mapping, Node, Sequence, quoted, refused
from evidencemap.tongue import _

_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_HALF = re.compile("[\ud800-\udfff]")
_WORDS = {"true": Form.FLAG, "false": Form.FLAG, "null": Form.NULL}


def parse_json(text: str) -> Node:
    """Return the tree of a JSON text; numbers keep their digits as they were written.

    Raises ListingRefused, naming the line, where the text is not JSON by RFC 8259, gives a key
    twice, holds half a character (a lone surrogate), or nests deeper than listings may.
    """
    return _Reading(text).tree()


class _Reading:
    """One pass over one text, without recursion."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line = 1
        self._counted = 0
        self._builder = Builder()

    def tree(self) -> Node:
        """Read everything and return the root."""
        closers: list[str] = []
        self._value(closers)
        while closers:
            self._after_value(closers)
        self._skip()
        if self._at < len(self._text):
            raise self._no(_("something follows the end of the JSON text"))
        root = self._builder.root
        assert root is not None
        return root

    def _after_value(self, closers: list[str]) -> None:
        found = self._peek()
        if found == closers[-1]:
            self._at += 1
            closers.pop()
            self._builder.end()
        elif found == ",":
            self._at += 1
            self._entry(closers)
        else:
            raise self._no(_("a comma or {closers} is missing").format(closers=repr(closers[-1])))

    def _entry(self, closers: list[str]) -> None:
        if closers[-1] == "}":
            if self._peek() != '"':
                raise self._no(_("a key in double quotes is missing"))
            self._string()
            if self._peek() != ":":
                raise self._no(_("the colon after a key is missing"))
            self._at += 1
        self._value(closers)

    def _value(self, closers: list[str]) -> None:
        found = self._peek()
        if found in ("{", "["):
            self._begin(found, closers)
        elif found == '"':
            self._string()
        else:
            self._bare()

    def _begin(self, bracket: str, closers: list[str]) -> None:
        line = self._here()
        self._builder.begin(Mapping(line) if bracket == "{" else Sequence(line))
        self._at += 1
        closers.append("}" if bracket == "{" else "]")
        if self._peek() == closers[-1]:
            self._at += 1
            closers.pop()
            self._builder.end()
        else:
            self._entry(closers)

    def _string(self) -> None:
        line = self._here()
        try:
            value, self._at = scanstring(self._text, self._at + 1, True)
        except JSONDecodeError as error:
            raise refused(line, "this is not JSON: {msg}", msg=error.msg.rstrip(" at")) from None
        if _HALF.search(value) is not None:
            raise refused(line, "a text holds half a character (a lone surrogate)")
        self._builder.scalar(line, value, Form.QUOTED)

    def _bare(self) -> None:
        line = self._here()
        number = _NUMBER.match(self._text, self._at)
        if number is not None:
            self._at = number.end()
            self._builder.scalar(line, number.group(), Form.NUMBER)
            return
        for word, form in _WORDS.items():
            if self._text.startswith(word, self._at):
                self._at += len(word)
                self._builder.scalar(line, word, form)
                return
        ended = self._at >= len(self._text)
        raise self._no(_("a value is missing") if ended else _("this is not a JSON value"))

    def _peek(self) -> str:
        self._skip()
        return self._text[self._at : self._at + 1]

    def _skip(self) -> None:
        found = _SPACE.match(self._text, self._at)
        assert found is not None
        self._at = found.end()

    def _here(self) -> int:
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def _no(self, why: str) -> ListingRefused:
        near = self._text[self._at : self._at + 20]
        if near:
            return refused(self._here(), "{why}, near {text}", why=why, text=quoted(near))
        return refused(self._here(), "{why}: the text ends here", why=why)
