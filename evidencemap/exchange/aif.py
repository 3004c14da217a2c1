"""Reads an argument map in AIF, the Argument Interchange Format, as the JSON of AIFdb, into a case.

Statements (I) become claims, and assumptions where nothing leads to them and something rests on them;
locutions (L) become evidence. An inference (RA) becomes a step, a conflict (CA) a step against or an
undercutter, what was said (YA) a record step. Chesnevar and others, Towards an Argument Interchange
Format (2006).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import uuid5

from evidencemap.errors import ListingRefused, RuleBroken
from evidencemap.exchange.sections import TITLES
from evidencemap.exchange.tree import Form, Mapping, Node, Scalar, Sequence, quoted, refused
from evidencemap.model import rules
from evidencemap.model.case import Case, case_of, letter_of
from evidencemap.model.entities import Claim, Entity, Evidence, Header, Step
from evidencemap.model.records import Id, listed_id
from evidencemap.model.scales import schemes
from evidencemap.model.words import ClaimKind, Standard
from evidencemap.tongue import _

_STATED = ("I", "L")
_REASONED = ("RA", "CA", "YA")
_WORD_IN_NAME = re.compile(r"(?<=[a-z])(?=[A-Z])")


def is_aif(root: Node) -> bool:
    """Tell whether a tree of JSON is a map in AIF: it has nodes and edges, and says no version of ours."""
    return (
        isinstance(root, Mapping)
        and {"nodes", "edges"} <= set(root.entries)
        and "evidencemap" not in root.entries
    )


def case_of_aif(root: Node, title: str) -> Case:
    """Return the case that a map in AIF is.

    Raises ListingRefused, naming the line, for nodes of other types, for inferences without premises
    or with another number of conclusions than one, and for edges that lead nowhere.
    """
    assert isinstance(root, Mapping)
    return _Reading(root, title).case()


@dataclass(slots=True)
class _Aif:
    """One node of the map, with the nodes from which edges lead to it and those to which they lead."""

    line: int
    kind: str
    text: str
    scheme: str
    sources: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)


class _Reading:
    """One reading of one map: first what is stated, then what objects to reasoning, then the steps."""

    def __init__(self, root: Mapping, title: str) -> None:
        self._id = Id(str(uuid5(TITLES, title)))
        self._made: list[Entity] = [Header(id=self._id, title=title)]
        self._given: dict[str, int] = {}
        self._ids: dict[str, Id] = {}
        self._objecting: dict[str, Id] = {}
        self._nodes = dict(_nodes(root))
        for line, source, target in _edges(root):
            for end in (source, target):
                if end not in self._nodes:
                    raise refused(
                        line, "an edge names the node {end}, which is not in the map", end=quoted(end)
                    )
            self._nodes[source].targets.append(target)
            self._nodes[target].sources.append(source)

    def case(self) -> Case:
        """Return the case, checked by the rules of every case."""
        reasoned = {name: node for name, node in self._nodes.items() if node.kind in _REASONED}
        for name, node in self._nodes.items():
            if node.kind in _STATED:
                self._state(name, node)
        for name, node in reasoned.items():
            _check(name, node, self._nodes)
            if node.targets[0] in reasoned:
                self._object(name, node)
        for name, node in reasoned.items():
            self._reason(name, node)
        case = case_of(self._made)
        try:
            rules.check(case)
        except RuleBroken as broken:
            raise ListingRefused(
                _("This map breaks a rule of every case: {broken}").format(broken=broken)
            ) from None
        return case

    def _state(self, name: str, node: _Aif) -> None:
        if node.kind == "L":
            number = self._next("E")
            self._made.append(Evidence(id=self._id_of(number), number=number, text=node.text))
        else:
            favoured = any(self._nodes[each].kind != "CA" for each in node.sources)
            kind = ClaimKind.EXISTENCE if favoured or not node.targets else ClaimKind.ASSUMPTION
            number = self._next(letter_of(Claim, kind))
            self._made.append(Claim(id=self._id_of(number), number=number, text=node.text, kind=kind))
        self._ids[name] = self._id_of(number)

    def _object(self, name: str, node: _Aif) -> None:
        """Find the claim that objects: the one statement behind the conflict, else a claim made for it."""
        if len(node.sources) == 1 and self._nodes[node.sources[0]].kind == "I":
            self._objecting[name] = self._ids[node.sources[0]]
            return
        number = self._next("C")
        self._objecting[name] = self._id_of(number)
        text = "This conflict holds."
        self._made.append(
            Claim(id=self._id_of(number), number=number, text=text, standard=Standard.SCINTILLA)
        )

    def _reason(self, name: str, node: _Aif) -> None:
        target = node.targets[0]
        objects = name in self._objecting
        if objects and self._objecting[name] in self._ids.values():
            return
        number = self._next("P")
        self._made.append(
            Step(
                id=self._id_of(number),
                number=number,
                premises=tuple(self._ids[each] for each in node.sources if each in self._ids),
                conclusion=self._objecting[name] if objects else self._ids[target],
                scheme="record" if node.kind == "YA" else "definition" if objects else _scheme(node),
                con=node.kind == "CA" and not objects,
                undercut_by=tuple(self._objecting[each] for each in node.sources if each in self._objecting),
            )
        )

    def _next(self, letter: str) -> str:
        self._given[letter] = self._given.get(letter, 0) + 1
        return f"{letter}{self._given[letter]}"

    def _id_of(self, number: str) -> Id:
        return listed_id(self._id, number)


def _check(name: str, node: _Aif, nodes: dict[str, _Aif]) -> None:
    """Refuse an inference or a conflict that is not from statements to one thing."""
    if len(node.targets) != 1 or not any(nodes[each].kind in _STATED for each in node.sources):
        raise refused(
            node.line, "the node {name} does not lead from statements to one thing", name=quoted(name)
        )
    if any(nodes[each].kind in ("RA", "YA") for each in node.sources):
        raise refused(
            node.line, "an inference leads to the node {name}, which is reasoning itself", name=quoted(name)
        )
    if node.kind != "CA" and nodes[node.targets[0]].kind in _REASONED:
        raise refused(
            node.line, "the inference {name} leads to reasoning, not to a statement", name=quoted(name)
        )


def _scheme(node: _Aif) -> str:
    """Return our scheme of the name that the map gives, where there is one."""
    word = _WORD_IN_NAME.sub(" ", node.scheme).lower().removesuffix(" reasoning")
    return word if word in schemes() and schemes()[word].premises <= 1 else "sign"


def _nodes(root: Mapping) -> Iterator[tuple[str, _Aif]]:
    seen: set[str] = set()
    for each in _listed(root, "nodes"):
        name, kind, text = (_word(each, key) for key in ("nodeID", "type", "text"))
        if kind not in (*_STATED, *_REASONED):
            raise refused(
                each.line,
                "the node {name} is of type {kind}, which is not read",
                name=quoted(name),
                kind=quoted(kind),
            )
        if name in seen:
            raise refused(each.line, "the node {name} stands twice", name=quoted(name))
        seen.add(name)
        scheme = _word(each, "scheme") if "scheme" in each.entries else text
        yield name, _Aif(each.line, kind, text, scheme)


def _edges(root: Mapping) -> Iterator[tuple[int, str, str]]:
    for each in _listed(root, "edges"):
        yield each.line, _word(each, "fromID"), _word(each, "toID")


def _listed(root: Mapping, key: str) -> Iterator[Mapping]:
    line, held = root.entries[key]
    if not isinstance(held, Sequence):
        raise refused(line, "{key} takes a list", key=repr(key))
    for each in held.items:
        if not isinstance(each, Mapping):
            raise refused(each.line, "{key} takes a list of mappings", key=repr(key))
        yield each


def _word(node: Mapping, key: str) -> str:
    if key not in node.entries:
        raise refused(node.line, "a node or an edge has no {key}", key=repr(key))
    held = node.entries[key][1]
    if not isinstance(held, Scalar) or held.form not in (Form.QUOTED, Form.NUMBER):
        raise refused(held.line, "{key} takes a text or a number", key=repr(key))
    return held.text
