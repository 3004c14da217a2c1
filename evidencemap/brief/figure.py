"""The map as vector shapes, drawn from the layout's own geometry, on one sheet or on several."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from evidencemap.analysis.judged import ClaimStatus, StepStatus
from evidencemap.analysis.verdicts import Verdicts
from evidencemap.brief.drawing import (
    Align,
    Box,
    BoxForm,
    Drawing,
    Label,
    Line,
    LineEnd,
    Shape,
    State,
    Stroke,
    stroke_of,
)
from evidencemap.brief.phrases import some_of
from evidencemap.layout.cards import Card, Role
from evidencemap.layout.cards import Shape as Form
from evidencemap.layout.geometry import Geometry, Point, geometry, positions_of
from evidencemap.layout.metrics import Face, width
from evidencemap.layout.routes import LABEL_ROW, LABEL_SIZE, LineKind, StepRoute
from evidencemap.layout.routes import Line as Route
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Step
from evidencemap.model.records import Id
from evidencemap.model.words import Grade
from evidencemap.tongue import _, several

MARGIN = 14.0
_FORMS = {
    Form.CLAIM: BoxForm.CARD,
    Form.ASSUMPTION: BoxForm.CUT_CORNER,
    Form.EVIDENCE: BoxForm.DOG_EAR,
    Form.SOURCE: BoxForm.PILL,
    Form.REQUEST: BoxForm.BRACKET,
    Form.QUANTITY: BoxForm.CARD,
}
_LINES: Mapping[LineKind, tuple[State | None, Stroke, float, LineEnd]] = {
    LineKind.PROVENANCE: (None, Stroke.SOLID, 0.8, LineEnd.NONE),
    LineKind.COPIED: (None, Stroke.DOTTED, 1.0, LineEnd.ARROW),
    LineKind.WARRANT: (None, Stroke.SOLID, 1.0, LineEnd.NONE),
    LineKind.UNDERCUT: (State.UNDERCUT, Stroke.SOLID, 1.2, LineEnd.BAR),
    LineKind.SETTLES: (State.REQUEST, Stroke.SHORT_DASH, 1.0, LineEnd.ARROW),
    LineKind.ANSWERS: (State.REQUEST, Stroke.SOLID, 1.0, LineEnd.ARROW),
    LineKind.RIVAL: (State.CONTESTED, Stroke.SHORT_DASH, 1.0, LineEnd.NONE),
    LineKind.COMPARED: (None, Stroke.SHORT_DASH, 0.8, LineEnd.NONE),
    LineKind.STATED_IN: (None, Stroke.SOLID, 0.6, LineEnd.NONE),
}


_STEPS = {status: State(status.value) for status in StepStatus}
_CLAIMS = {status: State(status.value) for status in ClaimStatus}


def line_state(verdicts: Verdicts, step: Id) -> State:
    """Return how the line of a step is drawn: by its status, or as *fits only* if it carries suggestive."""
    verdict = verdicts.steps[step]
    if verdict.status is StepStatus.CARRIES and verdict.grade is Grade.SUGGESTIVE:
        return State.FITS_ONLY
    return _STEPS[verdict.status]


def map_drawing(case: Case, verdicts: Verdicts, positions: Mapping[Id, Point] | None = None) -> Drawing:
    """Return the map, or the part of it that `positions` names, at full size: one point a layout point."""

    def unbacked(step: Id) -> bool:
        return verdicts.steps[step].status is StepStatus.UNSUPPORTED

    placed = positions_of(case) if positions is None else positions
    return _drawing(case, verdicts, geometry(case, placed, unbacked))


def map_in_words(case: Case, verdicts: Verdicts, nodes: Iterable[Id]) -> str:
    """Return the text that stands for a picture: what is on it, and which of its steps nothing backs."""
    shown = set(nodes)
    claims = [claim for claim in case.sorted(Claim) if claim.id in shown]
    items = sum(1 for item in case.of(Evidence) if item in shown)
    gaps = [
        step.number
        for step in case.sorted(Step)
        if step.conclusion in shown and verdicts.steps[step.id].status is StepStatus.UNSUPPORTED
    ]
    said = [f"{claim.number} {_(verdicts.claims[claim.id].status.value)}" for claim in claims[:40]]
    left = len(claims) - len(said)
    if left:
        said.append(several("{count} more", "{count} more", left))
    text = _("Map of {claims} and {items}").format(
        claims=several("{count} claim", "{count} claims", len(claims)),
        items=several("{count} item of evidence", "{count} items of evidence", items),
    )
    text += f": {', '.join(said)}." if said else "."
    if gaps:
        one, many = "Nothing backs step {steps}.", "Nothing backs steps {steps}."
        text += " " + several(one, many, len(gaps), steps=some_of(gaps, 40))
    return f"{text} " + _("The table of steps says the same in words.")


def _drawing(case: Case, verdicts: Verdicts, held: Geometry) -> Drawing:
    by = (MARGIN - held.extent.x, MARGIN - held.extent.y)
    shapes: list[Shape] = [_other(line, by) for line in held.lines]
    states = {step: line_state(verdicts, step) for step in held.steps}
    for step, route in held.steps.items():
        shapes += _step(route, states[step], by)
    for step, route in held.steps.items():
        shapes += _label(route, by)
        if route.label is None and states[step] is State.FITS_ONLY:
            shapes += _word_on(route, _("fits only"), by)
    for node, card in held.cards.items():
        at = held.boxes[node]
        verdict = verdicts.claims.get(node)
        shapes += _card(card, None if verdict is None else verdict.status, (at.x + by[0], at.y + by[1]))
    width, height = held.extent.width + 2 * MARGIN, held.extent.height + 2 * MARGIN
    return Drawing(width=width, height=height, shapes=tuple(shapes))


def _card(card: Card, status: ClaimStatus | None, at: Point) -> list[Shape]:
    x, y = at
    state = None if status is None else _CLAIMS[status]
    form = card.shape
    request = form is Form.REQUEST
    if request:
        state = State.REQUEST
    bar = form is Form.CLAIM or form is Form.ASSUMPTION
    stroke = Stroke.SHORT_DASH if request else Stroke.SOLID
    shapes: list[Shape] = [Box(x, y, card.width, card.height, _FORMS[form], state, bar, stroke)]
    if status is not None:
        word = _(status.value)
        shapes.append(
            Label(x + card.width - 9, y + 18, word, size=9, bold=True, state=state, align=Align.END)
        )
    if request and card.lines:
        first = card.lines[0]
        shapes.append(Label(x + 12, y + first.y, "", size=first.size, bold=True, state=state))
    refuted = state is State.REFUTED
    for left, base, text, size, face, role in card.lines:
        bold = face is not Face.REGULAR
        muted = role is Role.TAG or role is Role.NOTE or role is Role.CODE
        struck = refuted and role is Role.TITLE
        kind = State.ASSUMED if role is Role.FLAG else None
        shapes.append(Label(x + left, y + base, text, size, bold, False, muted, struck, kind, False))
        if role is Role.FLAG:
            shapes += _flag(x + left - 12, y + base)
    return shapes


def _flag(x: float, y: float) -> Iterator[Line]:
    yield Line(points=((x, y), (x, y - 9)), state=State.ASSUMED, width=1.0)
    yield Line(points=((x, y - 8.5), (x + 7, y - 6.5), (x, y - 4.5)), state=State.ASSUMED, width=1.4)


def _step(route: StepRoute, state: State, by: Point) -> list[Line]:
    stroke, wide = stroke_of(state)
    end = LineEnd.BAR if route.con else LineEnd.ARROW
    return [
        *[Line(_by(points, by), state, stroke, wide, LineEnd.NONE, True) for points in route.branches],
        Line(_by(route.trunk, by), state, stroke, wide, end, True),
    ]


def _label(route: StepRoute, by: Point) -> list[Shape]:
    """Return the place where the premises of a step meet, and its label in a gap that no line crosses."""
    across, down = by
    found: list[Shape] = []
    if len(route.branches) > 1:
        x, y = route.handle
        found.append(Box(x + across - 2.5, y + down - 2.5, 5, 5, BoxForm.PILL))
    if route.label is None:
        return found
    left, above, width, height = gap = route.label.box
    found.append(Box(left + across, above + down, width, height, BoxForm.GAP))
    rows = route.label.rows or ("",)
    x, y = gap.center
    top = y + down - LABEL_ROW * (len(rows) - 1) / 2 + LABEL_SIZE * 0.36
    for place, text in enumerate(rows):
        found.append(
            Label(
                x + across,
                top + LABEL_ROW * place,
                text,
                LABEL_SIZE,
                bold=True,
                state=State.NO_EVIDENCE,
                icon=place == 0,
                align=Align.CENTRE,
            )
        )
    return found


def _word_on(route: StepRoute, word: str, by: Point) -> Iterator[Shape]:
    """Yield a word in a gap of the line of a step, where its premises meet."""
    x, y = route.handle[0] + by[0], route.handle[1] + by[1]
    wide = width(word, LABEL_SIZE, Face.BOLD) + 6
    yield Box(x=x - wide / 2, y=y - LABEL_ROW / 2, width=wide, height=LABEL_ROW, form=BoxForm.GAP)
    yield Label(
        x=x,
        y=y + LABEL_SIZE * 0.36,
        text=word,
        size=LABEL_SIZE,
        bold=True,
        state=State.FITS_ONLY,
        icon=False,
        align=Align.CENTRE,
    )


def _other(route: Route, by: Point) -> Line:
    state, stroke, wide, end = _LINES[route.kind]
    return Line(points=_by(route.points, by), state=state, stroke=stroke, width=wide, end=end, curved=True)


def _by(points: Sequence[Point], by: Point) -> tuple[Point, ...]:
    across, down = by
    return tuple([(x + across, y + down) for x, y in points])
