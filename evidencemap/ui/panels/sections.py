"""The sections of an inspector's sheet: verdict, facts, what would settle it, what rests on it, fields."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencemap.analysis.judged import ClaimStatus, StepStatus
from evidencemap.analysis.origins import origins_behind
from evidencemap.analysis.policy import policies
from evidencemap.analysis.sentences import explain
from evidencemap.model import verbs
from evidencemap.model.entities import Claim, Evidence, Header, Quantity, Request, Source, Step
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.model.shape import shape
from evidencemap.model.words import ClaimKind
from evidencemap.tongue import _, capital, several
from evidencemap.ui.editor import steps_from, steps_into, support_of
from evidencemap.ui.fields import choice, field_editor, graded, scaled
from evidencemap.ui.glosses import glosses_in
from evidencemap.ui.lettering import numbered
from evidencemap.ui.marks import claim_mark, step_mark
from evidencemap.ui.panels.sheet import Sheet
from evidencemap.ui.panels.stepcards import LINES
from evidencemap.ui.plain import plain_label
from evidencemap.ui.wording import field_name, kicker, one_line, said


def head(sheet: Sheet, entity: Id) -> None:
    """Add the kicker and the title; a double click on the title edits it."""
    sheet.kicker(kicker(sheet.case, entity))
    text = one_line(said(sheet.case, entity))
    if glosses_in(sheet.case, text):
        sheet.line(text).setObjectName("title")
        return
    title = plain_label(text, sheet, wrap=True)
    title.setObjectName("title")
    title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    sheet.put(title)


def verdict(sheet: Sheet, entity: Id) -> None:
    """Add the status card: the word, and why in at most three lines with links."""
    verdicts = sheet.editor.verdicts
    if entity in verdicts.claims:
        found = verdicts.claims[entity]
        mark, ink = claim_mark(found.status)
        word = capital(_(found.status.value))
        if found.grade:
            word = f"{word}, {_(found.grade.word)}"
        loud = found.status is ClaimStatus.UNSUPPORTED
        line = Qt.PenStyle.SolidLine
    else:
        step_found = verdicts.steps[entity]
        mark, ink = step_mark(step_found.status)
        word = capital(_(step_found.status.value))
        if step_found.grade and step_found.status is StepStatus.CARRIES:
            word = f"{word} {_(step_found.grade.word)}"
        loud = step_found.status is StepStatus.UNSUPPORTED
        line = LINES[step_found.status]
    card = sheet.card(ink, line, filled="unsupported_fill" if loud else "row")
    card.title(word, ink, mark)
    for sentence in explain(sheet.case, verdicts, entity).sentences:
        card.line(sentence)


def facts(sheet: Sheet, claim: Claim) -> None:
    """Add what is stated beside what the evidence carries, and the analyst's own pickers."""
    found = sheet.editor.verdicts.claims[claim.id]
    put = partial(_chooser, sheet, claim.id)
    if claim.kind is ClaimKind.ASK:
        stakes: list[tuple[str, Any]] = [(_("not recorded"), None)]
        stakes += [(str(each), each) for each in range(1, 6)]
        sheet.fact(_("Stake"), put("stake", stakes))
        sheet.fact(_("Its stake requires"), capital(_(found.stated.word)))
    else:
        sheet.fact(_("Stated as"), put("stated", graded()))
    carried = capital(_(found.pro.word))
    if found.overstated:
        carried = _("{grade}, at most").format(grade=carried) if found.pro else carried
    short = bool(found.overstated)
    sheet.fact(_("Evidence carries"), carried, "unsupported" if short else "text", bold=short)
    if found.con:
        sheet.fact(_("Against it"), capital(_(found.con.word)))
    sheet.fact(_("Likelihood"), put("likelihood", scaled("likelihood")))
    sheet.fact(_("Confidence"), put("confidence", scaled("confidence")))
    if claim.stated_to.strip():
        sheet.fact(_("Said to"), one_line(claim.stated_to, 60))
    if claim.stated_by:
        row = QWidget(sheet)
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        for each in claim.stated_by[:3]:
            held = sheet.case.get(Source, each)
            interested = held is not None and bool(held.interest or held.gains_from)
            text = one_line(said(sheet.case, each), 60)
            across.addWidget(sheet.link(each, text, mark="flag" if interested else "", ink="unsupported"), 1)
        sheet.fact(_("Said by"), row)
    _origins(sheet, claim.id)


def settling(sheet: Sheet, entity: Id) -> None:
    """Add the requests that would settle it, and the way to the ladder of grades."""
    case = sheet.case
    into = steps_into(case, entity)
    held = case[entity]
    if isinstance(held, Step):
        into = [held]
    asked = {entity, *(each.id for each in into), *(each.warrant for each in into if each.warrant)}
    found: dict[Id, Request] = {}
    for target in asked:
        for user in case.users(target):
            request = case.get(Request, user)
            if request is not None and target in request.settles:
                found[user] = request
    sheet.heading(_("What would settle it"))
    if not found:
        sheet.line(_("No request is listed for this."), "muted")
    for request in sorted(found.values(), key=lambda each: number_key(each.number)):
        card = sheet.card("request", Qt.PenStyle.SolidLine, filled="request_fill")
        open_it = sheet.link(request.id, _("Open"), fits=False)
        title = numbered(f"?  {request.number}", one_line(request.text, 160))
        card.row(sheet.label(title, "request", 600), open_it)
        parts = [_(request.state.value), _(request.obtainable.value)]
        if request.held_by:
            parts.insert(0, _("held by {holder}").format(holder=request.held_by))
        card.line(" · ".join(parts), "muted")
    if isinstance(held, Claim):
        row = QWidget(sheet)
        across = QVBoxLayout(row) if sheet.roomless else QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(sheet.button(_("Ladder of grades…"), "settle", entity))
        across.addWidget(sheet.button(_("Add a request"), "add_request", entity))
        across.addStretch(1)
        sheet.put(row)


def rests_on(sheet: Sheet, entity: Id) -> None:
    """Add what rests on this."""
    case, held = sheet.case, sheet.case[entity]
    above = steps_from(case, entity)
    backs = [case.get(Step, user) for user in case.users(entity)]
    backed = [each for each in backs if each is not None and each.warrant == entity]
    others = [] if isinstance(held, Claim | Evidence) else _others_on(sheet, entity)
    if isinstance(held, Source):
        if others:
            sheet.put(sheet.button(_("What if this falls?"), "impact", entity))
        return
    sheet.heading(_("Rests on this"))
    if not above and not backed and not others:
        sheet.line(_("Nothing rests on this."), "muted")
        return
    for each in above:
        mark, ink = step_mark(sheet.editor.verdicts.steps[each.id].status)
        text = f"{each.number} → {case.number(each.conclusion)}  {one_line(said(case, each.conclusion), 120)}"
        sheet.put(sheet.link(each.conclusion, text, mark=mark, ink=ink))
    for each in backed:
        text = _("backs {step}: {said}").format(step=each.number, said=said(case, each.id))
        sheet.put(sheet.link(each.id, text, mark="letter W", ink="muted"))
    sheet.entity_links(others)
    if isinstance(held, Claim | Evidence):
        sheet.put(sheet.button(_("What if this falls?"), "impact", entity))


def _others_on(sheet: Sheet, entity: Id) -> list[Id]:
    """Return the steps, claims and items that speak of an entity which is no premise itself."""
    case = sheet.case
    users = [each for each in case.users(entity) if isinstance(case[each], Step | Claim | Evidence)]
    return sorted(users, key=lambda each: number_key(case.number(each)))


def neighbours(sheet: Sheet, entity: Id) -> None:
    """Add where an item comes from, what a source said, what a request settles."""
    case, held = sheet.case, sheet.case[entity]
    if isinstance(held, Evidence):
        low, high = sheet.editor.verdicts.nodes[entity]
        grade = _(low.word) if low == high else f"{_(low.word)} – {_(high.word)}"
        sheet.fact(_("Carries"), capital(grade), bold=True)
        sheet.heading(_("From"))
        if not held.sources and not held.copied_from:
            sheet.line(_("No source is recorded."), "unsupported")
        sheet.entity_links((*held.sources, *held.copied_from))
    elif isinstance(held, Source):
        items = [each for each in case.users(entity) if case.get(Evidence, each)]
        sheet.heading(_("What it says or shows"))
        sheet.entity_links(sorted(items, key=lambda each: number_key(case.number(each))))
        if held.gains_from:
            sheet.heading(_("Gains from"))
            sheet.entity_links(held.gains_from)
    elif isinstance(held, Quantity):
        sheet.heading(field_name("stated_in"))
        sheet.entity_links(held.stated_in)
    elif isinstance(held, Request):
        sheet.heading(_("Would settle"))
        sheet.entity_links(held.settles)
        sheet.heading(_("Answered by"))
        if not held.answered_by:
            sheet.line(_("Nothing in hand answers it yet."), "muted")
        sheet.entity_links(held.answered_by)
        sheet.put(sheet.button(_("Add evidence that answers it"), "premise", entity))


def whole_case(sheet: Sheet) -> None:
    """Add the profile of the case, which says what counts how much."""
    offered: list[tuple[str, Any]] = [(_(each.title) or name, name) for name, each in policies().items()]
    sheet.fact(_("Profile"), _chooser(sheet, sheet.case.id, "profile", offered))


def found(sheet: Sheet, entity: Id) -> None:
    """Add the findings that name this."""
    from evidencemap.ui.problems import sentence_of

    named = sheet.editor.findings_on(entity)
    if not named:
        return
    sheet.heading(several("{count} finding", "{count} findings", len(named)))
    for each in named[:12]:
        sheet.line(sentence_of(sheet.case, each))


def all_fields(sheet: Sheet, held: Any, opened: bool, keep: Callable[[bool], None]) -> None:
    """Add an editor for every field that the entity has."""

    inner = Sheet(sheet.editor, sheet.theme)
    inner.column.setContentsMargins(0, 0, 0, 0)

    def flip(on: bool) -> None:
        keep(on)
        if on and not inner.property("filled"):
            _fill_fields(inner, held)
        inner.setVisible(on)

    sheet.fold(_("All fields"), opened, flip)
    sheet.put(inner)
    if opened:
        _fill_fields(inner, held)
    inner.setVisible(opened)


def _fill_fields(sheet: Sheet, held: Any) -> None:
    sheet.setProperty("filled", True)
    for field in shape(type(held)):
        if isinstance(held, Header) and field.name in ("aliases", "profile"):
            continue
        commit = _setter(sheet, held.id, field.name)
        widget = field_editor(sheet.case, held, field, commit, sheet.editor.refused.emit)
        widget.setEnabled(sheet.editor.may_edit(held.id))
        sheet.fact(field_name(field.name), _named(widget, f"field {field.name}"))


def _origins(sheet: Sheet, claim: Id) -> None:
    case = sheet.case
    items = [held for each in support_of(case, claim) if (held := case.get(Evidence, each)) is not None]
    named = {source for item in items for source in item.sources}
    if not named:
        return
    origins = origins_behind(sheet.editor.verdicts, claim)
    line = _("{origins} of {sources}").format(
        origins=len(origins), sources=several("{count} source", "{count} sources", len(named))
    )
    numbers = ", ".join(case.number(each) for each in origins[:4])
    single = len(origins) == 1 and len(named) > 1
    ink = "unsupported" if single else "text"
    sheet.fact(_("Independent origins"), f"{line} ({numbers})", ink, bold=single)


def _named(widget: QWidget, name: str) -> QWidget:
    widget.setObjectName(name)
    return widget


def _setter(sheet: Sheet, entity: Id, name: str) -> Callable[[Any], bool]:
    def commit(value: Any) -> bool:
        held = sheet.case.entities.get(entity)
        if held is not None and getattr(held, name) == value:
            return True
        # what is gone is refused with a sentence
        return sheet.editor.perform(verbs.set_field, entity, name, value) is not None

    return commit


def _chooser(sheet: Sheet, entity: Id, name: str, offered: list[tuple[str, Any]]) -> QWidget:
    held = sheet.case[entity]
    box = choice(offered, getattr(held, name), _setter(sheet, entity, name))
    box.setEnabled(sheet.editor.may_edit(entity))
    return _named(box, name)
