"""Reads the strict subset of YAML in which listings are written: no tags, anchors, aliases or second keys."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from evidencemap.errors import ListingRefused
from evidencemap.exchange.tree import Builder, Form, Mapping, Node, Sequence, refused

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

_QUOTED = frozenset(("'", '"', "|", ">"))


def parse_yaml(text: str) -> Node:
    """Return the tree of a text; scalars stay as they were written, none is typed.

    Raises ListingRefused, naming the line, where the text is no YAML or leaves the subset.
    """
    found = _UNREADABLE.search(text)
    if found is not None:
        line = text.count("\n", 0, found.start()) + 1
        raise refused(
            line,
            "the character U+{text} may not stand in a listing as it is",
            text=f"{ord(found.group()):04X}",
        )
    try:
        return _tree(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = 1 if mark is None else mark.line + 1
        told = " ".join(each for each in (error.problem, error.context) if each)
        raise refused(line, "this is not YAML as listings use it: {told}", told=told) from None


def _tree(text: str) -> Node:
    builder = Builder()
    documents = 0
    for event in _events(text):
        mark = event.start_mark
        line = 1 if mark is None else mark.line + 1
        kind = type(event)
        if kind is yaml.ScalarEvent:
            if event.anchor is not None or event.tag is not None:
                raise _marked(event, line)
            builder.scalar(line, event.value, Form.QUOTED if event.style in _QUOTED else Form.PLAIN)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            if event.anchor is not None or event.tag is not None:
                raise _marked(event, line)
            builder.begin(Mapping(line) if kind is yaml.MappingStartEvent else Sequence(line))
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            builder.end()
        elif kind is yaml.AliasEvent:
            raise refused(
                line, "aliases (*{anchor}) are not used in listings: write it out", anchor=event.anchor
            )
        elif kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                raise refused(line, "a listing is one document: a second one begins here")
            if event.version is not None or event.tags:
                raise refused(line, "directives (%) are not used in listings")
    if builder.root is None:
        raise refused(1, "the listing is empty")
    return builder.root


def _events(text: str) -> Iterator[Any]:
    """Yield what `yaml.parse` does, without asking before each event whether there is one."""
    loader = _LOADER(text)
    try:
        while (event := loader.get_event()) is not None:
            yield event
    finally:
        loader.dispose()


def _marked(event: Any, line: int) -> ListingRefused:
    if event.anchor is not None:
        return refused(
            line, "anchors (&{anchor}) are not used in listings: write it out", anchor=event.anchor
        )
    return refused(line, "tags (!) are not used in listings: the field says what a value is")
