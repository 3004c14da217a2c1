"""The card of a node: its size, its lines of text and where each stands. Says nothing of a verdict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from evidencemap.layout.chips import byline, chips_of, claim_chips, has_chips
from evidencemap.layout.metrics import Face, elided, line_counts, width, wrapped
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Node, Quantity, Request, Source
from evidencemap.model.records import Id
from evidencemap.model.words import ClaimKind, EvidenceState, Grade
from evidencemap.tongue import _, figure

NODE_KINDS: tuple[type[Node], ...] = (Source, Evidence, Claim, Request, Quantity)
"""The kinds that have a card, in the order in which nodes are listed."""

STATUS_ROOM = 93.0
"""The room that the first line of a claim leaves at its right for the icon and word of its status."""

BAR = 7.0
"""The width of the status bar at the left of a claim; that of evidence is half of it."""


class Shape(StrEnum):
    """The outline of a card, which tells what it is without a colour."""

    CLAIM = "rounded card with a bar"
    ASSUMPTION = "card with a cut corner"
    EVIDENCE = "dog-eared card"
    SOURCE = "pill"
    REQUEST = "bracket"
    QUANTITY = "tag"


class Role(StrEnum):
    """What a line of text on a card is, which decides its ink."""

    TAG = "number and kind"
    TITLE = "title"
    NOTE = "note"
    CODE = "code"
    FLAG = "flag"
    CHIP = "chip"


class TextLine(NamedTuple):
    """One line: its left end and baseline in points from the top left of the card, and how it is set."""

    x: float
    y: float
    text: str
    size: float
    face: Face
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a node looks like at full size, in points. `icon` leaves room for a mark at the left."""

    id: Id
    number: str
    shape: Shape
    width: float
    height: float
    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """How the cards of one shape are set: paddings, the title's size, leading and most lines."""

    width: float
    left: float
    right: float
    top: float
    title: float
    leading: float
    most: int
    bottom: float
    face: Face = Face.REGULAR

    @property
    def room(self) -> float:
        return self.width - self.left - self.right


_CLAIM = _Form(width=206, left=17, right=10, top=25, title=13, leading=16.5, most=4, bottom=26)
_EVIDENCE = _Form(width=190, left=12, right=14, top=8, title=12, leading=15.5, most=3, bottom=26)
_SOURCE = _Form(
    width=160, left=18, right=12, top=7, title=12, leading=16, most=1, bottom=20, face=Face.SEMIBOLD
)
_REQUEST = _Form(
    width=190, left=27, right=10, top=8, title=12, leading=16, most=2, bottom=22, face=Face.SEMIBOLD
)
_FORMS: dict[type[Node], _Form] = {Claim: _CLAIM, Evidence: _EVIDENCE, Source: _SOURCE, Request: _REQUEST}
_QUANTITY_HEIGHT = 25.0
_QUANTITY_MOST = 236.0
_NOTE = 11.0
_TAG = 9.0
_CHIP = 10.0
_CHIP_PAD = 5.0
_CHIP_GAP = 4.0
_ROW = 16.0


def card(case: Case, node: Node) -> Card:
    """Return the card of a node with its wrapped lines."""
    if isinstance(node, Quantity):
        return _quantity(node)
    form = _FORMS[type(node)]
    text = node.name if isinstance(node, Source) else node.text
    title = wrapped(text, form.room, form.title, form.face, form.most)
    height = form.top + form.leading * len(title) + _bottom(node, form)
    base = form.top + form.title
    left, size, leading, face = form.left, form.title, form.leading, form.face
    lines = [
        TextLine(left, base + leading * at, line, size, face, Role.TITLE) for at, line in enumerate(title)
    ]
    if isinstance(node, Claim):
        lines += _claim_lines(case, node, form, height)
    elif isinstance(node, Evidence):
        lines += _evidence_lines(case, node, form, height)
    elif isinstance(node, Source):
        lines += _source_lines(node, form, height)
    else:
        lines += _request_lines(node, form, height)
    return Card(
        id=node.id,
        number=node.number,
        shape=shape_of(node),
        width=form.width,
        height=height,
        lines=tuple(lines),
    )


def shape_of(node: Node) -> Shape:
    """Return the outline that a node is drawn with."""
    if isinstance(node, Claim):
        return Shape.ASSUMPTION if node.kind is ClaimKind.ASSUMPTION else Shape.CLAIM
    kinds = {Evidence: Shape.EVIDENCE, Source: Shape.SOURCE, Request: Shape.REQUEST, Quantity: Shape.QUANTITY}
    return kinds[type(node)]


def nodes_of(case: Case) -> list[Node]:
    """Return everything that the map draws as a card, kind by kind, by visible number."""
    return [node for kind in NODE_KINDS for node in case.sorted(kind)]


def sizes(nodes: Iterable[Node]) -> dict[Id, tuple[float, float]]:
    """Return width and height of the card of each node, in points: those of `card`, many at once."""
    found: dict[Id, tuple[float, float]] = {}
    texts: dict[type[Node], list[str]] = {}
    ids: dict[type[Node], list[Id]] = {}
    bottoms: dict[type[Node], list[float]] = {}
    for node in nodes:
        if isinstance(node, Quantity):
            found[node.id] = (_quantity_width(node), _QUANTITY_HEIGHT)
        elif isinstance(node, Source):
            found[node.id] = (_SOURCE.width, _SOURCE.top + _SOURCE.leading + _SOURCE.bottom)
        else:
            texts.setdefault(type(node), []).append(" ".join(node.text.split()))
            ids.setdefault(type(node), []).append(node.id)
            bottoms.setdefault(type(node), []).append(_bottom(node, _FORMS[type(node)]))
    for kind, held in texts.items():
        form = _FORMS[kind]
        counts: NDArray[np.int64] = line_counts(held, form.room, form.title, form.face, form.most)
        heights = form.top + form.leading * counts + np.array(bottoms[kind])
        for node_id, height in zip(ids[kind], heights.tolist(), strict=True):
            found[node_id] = (form.width, height)
    return found


def rating(case: Case, item: Evidence) -> str:
    """Return the Admiralty code of an item: the letter of its best source and its digit, such as `B2`."""
    letters = [case.of(Source)[each].reliability.value for each in item.sources if each in case.of(Source)]
    return f"{min(letters, default='–')}{item.credibility}"


def amount(quantity: Quantity) -> str:
    """Return a number as people read it: `≈ 25,000 accounts`; a value in words as `calls: billions`."""
    value = figure(int(quantity.value)) if quantity.value.isdecimal() else quantity.value
    about = "≈ " if quantity.approximate else ""
    if quantity.unit and not any(letter.isdigit() for letter in value):
        return f"{quantity.unit}: {about}{value}"
    return f"{about}{value} {quantity.unit}".strip()


def _claim_lines(case: Case, node: Claim, form: _Form, height: float) -> list[TextLine]:
    tag = f"{node.number} · {_(node.kind.value).upper()}"
    tag = elided(tag, form.room - STATUS_ROOM + 4, _TAG, Face.SEMIBOLD)
    lines = [TextLine(x=form.left, y=18, text=tag, size=_TAG, face=Face.SEMIBOLD, role=Role.TAG)]
    note, base, left = _claim_note(node), height - 10, form.left
    if note:
        lines.append(_note(form, base, note))
        left += width(note, _NOTE) + 8
    lines += chip_lines(claim_chips(node), left, form.left + form.room, base)
    if node.stated_by:
        above = base - _ROW * bool(note or has_chips(node))
        lines.append(_note(form, above, elided(byline(case, node), form.room, _NOTE)))
    return lines


def chip_lines(chips: Sequence[str], left: float, right: float, base: float) -> list[TextLine]:
    """Return as many chips as there is room for from left to right, and how many more there are."""
    lines: list[TextLine] = []
    for at, text in enumerate(chips):
        rest = len(chips) - at - 1
        kept = _CHIP_GAP + chip_width(f"+{rest}") if rest else 0.0
        room = right - left - kept - 2 * _CHIP_PAD
        if lines and width(text, _CHIP) > room:
            lines.append(_chip(left, base, f"+{rest + 1}"))
            break
        lines.append(_chip(left, base, elided(text, room, _CHIP)))
        left += chip_width(lines[-1].text) + _CHIP_GAP
    return lines


def chip_width(text: str) -> float:
    """Return how wide a chip is with its padding, in points."""
    return width(text, _CHIP) + 2 * _CHIP_PAD


def _chip(left: float, base: float, text: str) -> TextLine:
    return TextLine(x=left + _CHIP_PAD, y=base, text=text, size=_CHIP, face=Face.REGULAR, role=Role.CHIP)


def _claim_note(node: Claim) -> str:
    if node.stated is not Grade.NOTHING:
        return _("stated: {grade}").format(grade=_(node.stated.word))
    if node.kind is ClaimKind.ASK and node.stake is not None:
        return _("stake: {stake} of 5").format(stake=node.stake)
    return ""


def _bottom(node: Node, form: _Form) -> float:
    """Return the room under the title: what the rows of a claim need, little where it has none."""
    if not isinstance(node, Claim):
        return form.bottom
    rows = bool(has_chips(node) or _claim_note(node)) + bool(node.stated_by)
    return form.bottom + _ROW * (rows - 1) if rows else form.bottom / 2


def _evidence_lines(case: Case, node: Evidence, form: _Form, height: float) -> list[TextLine]:
    held = node.state is EvidenceState.HELD
    words = [node.number, _(node.kind.value) if held else _(node.state.value)]
    code = rating(case, node)
    right = form.width - 44
    chips: list[TextLine] = []
    for text in chips_of(case, node):
        right -= chip_width(text)
        chips = [_chip(right, height - 11, text)]
    room = right - form.left - 4 * bool(chips)
    if chips and held and width(" · ".join(words), _NOTE) > room:
        words = words[:1]
    note = elided(" · ".join(words), room, _NOTE)
    return [
        *chips,
        _note(form, height - 10, note),
        TextLine(
            x=form.width - 10 - 15 - width(code, _NOTE, Face.SEMIBOLD) / 2 + 2,
            y=height - 11,
            text=code,
            size=_NOTE,
            face=Face.SEMIBOLD,
            role=Role.CODE,
        ),
    ]


def _source_lines(node: Source, form: _Form, height: float) -> list[TextLine]:
    room = form.width - form.left - form.right
    if node.gains_from:
        text = elided(
            _("{number} · gains from its ask").format(number=node.number),
            room - 14,
            _NOTE,
            Face.SEMIBOLD,
        )
        flag = TextLine(
            x=form.left + 14, y=height - 10, text=text, size=_NOTE, face=Face.SEMIBOLD, role=Role.FLAG
        )
        return [flag]
    words = [node.number, _(node.genre.value if node.genre is not None else node.kind.value)]
    if node.retracted is not None:
        words.append(_("retracted"))
    elif node.reply is not None:
        words.append(_(node.reply.value))
    return [_note(form, height - 10, elided(" · ".join(words), room, _NOTE))]


def _request_lines(node: Request, form: _Form, height: float) -> list[TextLine]:
    note = f"{node.number} · {_(node.state.value)}"
    return [_note(form, height - 10, elided(note, form.room, _NOTE))]


def _note(form: _Form, y: float, text: str) -> TextLine:
    return TextLine(x=form.left, y=y, text=text, size=_NOTE, face=Face.REGULAR, role=Role.NOTE)


def _quantity_width(node: Quantity) -> float:
    tag = width(node.number, _TAG, Face.SEMIBOLD)
    badge = width(_badge(node), _CHIP)
    return float(min(_QUANTITY_MOST, np.ceil(26 + tag + width(amount(node), 11)) + badge + 12 * bool(badge)))


def _badge(node: Quantity) -> str:
    """Return who has checked a number, in a word."""
    return _(node.verification.value) if node.verification is not None else ""


def _quantity(node: Quantity) -> Card:
    size = _quantity_width(node)
    tag = width(node.number, _TAG, Face.SEMIBOLD)
    badge = _badge(node)
    side = chip_width(badge) + 2 if badge else 0.0
    text = elided(amount(node), size - 26 - tag - side + 0.5, 11)
    lines = (
        *((_chip(size - side - 4, 16.0, badge),) if badge else ()),
        TextLine(x=9, y=16.5, text=node.number, size=_TAG, face=Face.SEMIBOLD, role=Role.TAG),
        TextLine(x=17 + tag, y=16.5, text=text, size=11, face=Face.REGULAR, role=Role.TITLE),
    )
    return Card(
        id=node.id,
        number=node.number,
        shape=Shape.QUANTITY,
        width=size,
        height=_QUANTITY_HEIGHT,
        lines=lines,
    )
