"""Puts a case together from the tree of a listing, and refuses what does not fit with its line."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from evidencemap.errors import ListingRefused, RuleBroken
from evidencemap.exchange.sections import (
    HEADER_KEYS,
    KIND_OF_LETTER,
    LISTS,
    ROLE_FIELDS,
    ROLES,
    SECTIONS,
    TITLES,
    TOP_KEYS,
    VERSION,
    Section,
)
from evidencemap.exchange.tree import Mapping, Node, Sequence, quoted, refused
from evidencemap.exchange.values import as_mapping, as_text, as_whole, read_value, unknown_key
from evidencemap.model import rules
from evidencemap.model.case import Case, case_of
from evidencemap.model.entities import Claim, Entity, Evidence, Exhibit, Header, Quantity, Source, Step
from evidencemap.model.kinds import LETTERS, NUMBER, NUMBER_IN_TEXT
from evidencemap.model.records import Id, listed_id
from evidencemap.model.shape import FieldShape, field_of, shape
from evidencemap.tongue import _

_CALLED: dict[type[Any], str] = {
    Source: "a source",
    Evidence: "evidence",
    Claim: "a claim",
    Quantity: "a number",
    Step: "a step",
    Exhibit: "an exhibit",
}


def assemble(root: Node) -> Case:
    """Return the case that a tree describes, checked by the rules of every case.

    Raises ListingRefused, naming the line, where a key is unknown, a number dangles, a value does
    not fit its field, or a rule is broken. The key `expect` is passed over.
    """
    if not isinstance(root, Mapping):
        raise refused(root.line, "a listing begins with 'evidencemap: 1' and is a mapping of keys to values")
    return _Assembly(root).case()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Keys:
    """The keys of one kind in a listing: the field of each, all of them, and the fields that must stand."""

    fields: dict[str, FieldShape]
    known: tuple[str, ...]
    required: tuple[FieldShape, ...]


_KEYS: dict[type[Any], _Keys] = {}


def _keys_of(kind: type[Any]) -> _Keys:
    known = _KEYS.get(kind)
    if known is None:
        known = _KEYS[kind] = _read_keys(kind)
    return known


def _read_keys(kind: type[Any]) -> _Keys:
    fields = {each.key: each for each in shape(kind)}
    if kind is Step:
        for name in ROLE_FIELDS:
            del fields[name]
    return _Keys(
        fields=fields,
        known=(*fields, ROLES) if kind is Step else tuple(fields),
        required=tuple(each for each in fields.values() if each.required),
    )


class _Assembly:
    """One reading of one tree: first the numbers, then what points at them."""

    def __init__(self, root: Mapping) -> None:
        self._root = root
        self._lines: dict[str, int] = {}
        self._ids: dict[str, Id] = {}
        self._nodes: list[tuple[str, Section, Node]] = []

    def case(self) -> Case:
        self._check_top()
        self._case_id = self._read_id()
        for number, line, section, node in self._numbered():
            self._lines[number] = line
            self._ids[number] = listed_id(self._case_id, number)
            self._nodes.append((number, section, node))
        entities = [self._header()]
        entities.extend(self._entity(number, section, node) for number, section, node in self._nodes)
        case = case_of(entities, self._given())
        try:
            rules.check(case)
        except RuleBroken as broken:
            raise self._placed(str(broken), rules.first_broken(case)) from None
        return case

    def _check_top(self) -> None:
        entries = self._root.entries
        if "evidencemap" not in entries:
            raise refused(self._root.line, "a listing says 'evidencemap: 1' at its top: this is none")
        version = as_whole("evidencemap", entries["evidencemap"][1])
        if version != VERSION:
            line = entries["evidencemap"][0]
            raise refused(
                line,
                "this listing is of version {version}, and this program reads {known}",
                version=version,
                known=VERSION,
            )
        for key, line, _node in self._root.items():
            if key not in TOP_KEYS:
                raise unknown_key(line, key, _("a listing"), TOP_KEYS)

    def _read_id(self) -> Id:
        if "id" in self._root.entries:
            line, node = self._root.entries["id"]
            text = as_text("id", node)
            try:
                held = str(UUID(text))
            except ValueError:
                held = ""
            if held != text:
                raise refused(line, "'id' takes a UUID, such as 123e4567-e89b-42d3-a456-426614174000")
            return Id(text)
        return Id(str(uuid5(TITLES, self._title())))

    def _title(self) -> str:
        if "title" not in self._root.entries:
            raise refused(self._root.line, "the listing has no title")
        return as_text("title", self._root.entries["title"][1])

    def _numbered(self) -> Iterator[tuple[str, int, Section, Node]]:
        for section in SECTIONS:
            if section.key not in self._root.entries:
                continue
            node = self._root.entries[section.key][1]
            if _nothing(node):
                continue
            for number, line, value in as_mapping(section.key, node).items():
                if NUMBER.fullmatch(number) is None or number[0] not in section.letters:
                    letters = _(" or ").join(f"{each}1" for each in section.letters)
                    raise refused(
                        line,
                        "{number} is no number of {key}: write {letters}",
                        number=quoted(number),
                        key=section.key,
                        letters=letters,
                    )
                yield number, line, section, value
        for section in LISTS:
            if section.key not in self._root.entries:
                continue
            node = self._root.entries[section.key][1]
            if _nothing(node):
                continue
            if not isinstance(node, Sequence):
                raise refused(node.line, "{key} takes a list", key=repr(section.key))
            for place, each in enumerate(node.items, start=1):
                yield f"{section.letters}{place}", each.line, section, each

    def _header(self) -> Any:
        keys = {key: entry for key, entry in self._root.entries.items() if key in HEADER_KEYS}
        self._title()
        self._check_profile()
        fields = self._fields(Header, Mapping(self._root.line, keys), _("the case"))
        return self._made(Header, self._root.entries["title"][0], id=self._case_id, **fields)

    def _check_profile(self) -> None:
        from evidencemap.analysis.policy import policies

        line, node = self._root.entries.get("profile", (0, None))
        if node is not None and not _nothing(node) and as_text("profile", node) not in policies():
            names = ", ".join(policies())
            raise refused(
                line,
                "{key} is one of {words}; not {text}",
                key=repr("profile"),
                words=names,
                text=quoted(as_text("profile", node)),
            )

    def _entity(self, number: str, section: Section, node: Node) -> Any:
        mapping = as_mapping(number, node)
        fields = self._fields(section.kind, mapping, number)
        if section.kind is Claim and "kind" not in fields and number[0] in KIND_OF_LETTER:
            fields["kind"] = KIND_OF_LETTER[number[0]]
        return self._made(section.kind, self._lines[number], id=self._ids[number], number=number, **fields)

    def _fields(self, kind: type[Any], mapping: Mapping, where: str) -> dict[str, Any]:
        keys = _keys_of(kind)
        fields: dict[str, Any] = {}
        for key, (line, value) in mapping.entries.items():
            each = keys.fields.get(key)
            if each is not None:
                fields[each.name] = read_value(each, value, self._find)
            elif key in keys.known:
                fields.update(self._roles(value))
            else:
                raise unknown_key(line, key, where, keys.known)
        for each in keys.required:
            if each.name not in fields:
                raise refused(
                    self._lines.get(where, mapping.line),
                    "{where} has no {key}",
                    where=where,
                    key=repr(each.key),
                )
        return fields

    def _roles(self, node: Node) -> dict[str, Any]:
        held: dict[str, Any] = {}
        for key, line, value in as_mapping(ROLES, node).items():
            if key not in ROLE_FIELDS:
                raise unknown_key(line, key, f"{ROLES!r}", ROLE_FIELDS)
            held[key] = read_value(field_of(Step, key), value, self._find)
        return held

    def _find(self, field: FieldShape, number: str, line: int) -> Id:
        if field.to == "*" and number == "case":
            return self._case_id
        if number not in self._lines:
            raise refused(
                line,
                "there is no {number} in this listing, named in {key}",
                number=quoted(number),
                key=repr(field.key),
            )
        kind = LETTERS[number[0]]
        if (
            field.to != "*"
            and number[0] not in field.to
            and all(LETTERS[letter] is not kind for letter in field.to)
        ):
            wanted = dict.fromkeys(_CALLED[LETTERS[letter]] for letter in field.to)
            raise refused(
                line,
                "{number} cannot stand in {key}, which takes {wanted}",
                number=number,
                key=repr(field.key),
                wanted=_(" or ").join(_(each) for each in wanted),
            )
        return self._ids[number]

    def _given(self) -> dict[str, int]:
        if "given" not in self._root.entries:
            return {}
        given = {}
        for letter, line, value in as_mapping("given", self._root.entries["given"][1]).items():
            if letter not in LETTERS:
                raise refused(line, "{letter} is no letter of a number", letter=quoted(letter))
            given[letter] = as_whole("given", value)
        return given

    def _made(self, make: type[Any], line: int, /, **fields: Any) -> Any:
        try:
            return make(**fields)
        except RuleBroken as broken:
            raise refused(line, _inside(str(broken))) from None

    def _placed(self, sentence: str, broken: Entity | None) -> ListingRefused:
        at = "" if broken is None else broken.number
        for found in (at, *NUMBER_IN_TEXT.findall(sentence)):
            if found in self._lines:
                return refused(self._lines[found], _inside(sentence))
        return ListingRefused(sentence)


def _nothing(node: Node) -> bool:
    return not isinstance(node, Mapping | Sequence) and node.text in ("", "none", "null")


def _inside(sentence: str) -> str:
    text = sentence.removesuffix(".")
    if text[:1].isupper() and not NUMBER.match(text):
        return text[:1].lower() + text[1:]
    return text
