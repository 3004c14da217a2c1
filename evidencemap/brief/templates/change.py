"""The change brief: what moved since a brief was last issued, and why."""

import re

from evidencemap.analysis.findings import KINDS, title_of
from evidencemap.analysis.sentences import sentence
from evidencemap.analysis.verdicts import verdicts
from evidencemap.brief.basis import STATE_OF_CLAIM, Basis
from evidencemap.brief.issued import last_issued
from evidencemap.brief.outline import (
    Block,
    Callout,
    Column,
    Heading,
    ListBlock,
    MetaTable,
    Outline,
    Paragraph,
    Row,
    Run,
    Runs,
    Table,
    Voice,
    cell,
    row,
)
from evidencemap.brief.phrases import counted, dated, plural, short, stopped
from evidencemap.brief.room import EVERYTHING
from evidencemap.brief.sections.bottom import fixed_sentence
from evidencemap.brief.sections.claims import voice_of
from evidencemap.brief.sections.frame import head, outline_of
from evidencemap.brief.sections.record import reviews
from evidencemap.layout.cards import amount
from evidencemap.model.case import Case
from evidencemap.model.entities import (
    Claim,
    Entity,
    Evidence,
    Exhibit,
    Header,
    Link,
    Quantity,
    Remark,
    Request,
    Source,
    Step,
    Term,
    Watch,
)
from evidencemap.model.kinds import number_key
from evidencemap.model.labels import field_name
from evidencemap.model.plain import plain_entity
from evidencemap.model.shape import FieldKind, FieldShape, shape
from evidencemap.model.upkeep import Acceptance, Checkpoint, IssuedBrief, Placement
from evidencemap.model.words import Grade
from evidencemap.tongue import _, capital

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_SILENT = (Placement, IssuedBrief)
_SHORT = 40
"""Characters that a value may have to be told with what it was before."""


def change(basis: Basis) -> Outline:
    """Return what moved between the case as last issued (`basis.before`) and as it is, and why.

    Where no brief was issued before, it says so and no more.
    """
    blocks: list[Block] = [Heading(text=_("What changed"), level=1), MetaTable(rows=head(basis, EVERYTHING))]
    if basis.before is None:
        text = _("No earlier brief of this case is recorded, so there is nothing to compare with.")
        blocks.append(Callout(paragraphs=((Run(text=text),),)))
    else:
        blocks += _since(basis, basis.before)
    blocks += [*reviews(basis), *fixed_sentence()]
    return outline_of(basis, blocks)


def _since(basis: Basis, before: Case) -> list[Block]:
    was, now = verdicts(before), basis.verdicts
    moved = [
        claim
        for claim in basis.case.sorted(Claim)
        if claim.id not in was.claims
        or (was.claims[claim.id].status, was.claims[claim.id].grade)
        != (now.claims[claim.id].status, now.claims[claim.id].grade)
    ]
    gone = [claim for claim in before.sorted(Claim) if claim.id not in basis.case]
    blocks: list[Block] = [_summary(basis, len(moved) + len(gone))]
    rows = [_moved_row(basis, before, claim) for claim in moved]
    rows += [_gone_row(was.claims[claim.id].status.value, claim) for claim in gone]
    if rows:
        columns = (
            Column(header=_("Claim (reported)"), width=2.6, row_header=True),
            Column(header=_("Was"), width=1.2),
            Column(header=_("Is (inferred)"), width=1.2),
            Column(header=_("Why (inferred)"), width=2.6),
        )
        summary = _("Each claim whose verdict moved, with what it was, what it is, and why.")
        blocks += [
            Heading(text=_("Verdicts that moved")),
            Table(columns=columns, rows=tuple(rows), summary=summary),
        ]
    blocks += _edits(basis, before)
    return blocks


def _summary(basis: Basis, count: int) -> Callout:
    last = last_issued(basis.case)
    said = []
    if last is not None:
        said.append(
            _("The last brief ({number}, {template}) was issued on {when}.").format(
                number=last.number,
                template=_(last.template),
                when=dated(last.when[:10]) if _ISO.match(last.when) else _("a date not recorded"),
            )
        )
    moved = plural("{count} verdict has moved since.", "{count} verdicts have moved since.", count)
    said.append(moved.format(count=capital(counted(count))) if count else _("No verdict has moved since."))
    return Callout(
        paragraphs=((Run(text=" ".join(said), voice=Voice.INFERRED),), _reason(basis, moved=bool(count)))
    )


def _reason(basis: Basis, *, moved: bool) -> Runs:
    """Return the reason given for what moved, or that none is given yet."""
    if basis.why:
        label = Run(text=_("Why it moved: ") if moved else _("The reason given: "), bold=True)
        return (label, Run(text=stopped(capital(short(basis.why, 600))), voice=Voice.REPORTED))
    text = _("Why it moved is not said yet: whoever issues this brief gives the reason.")
    return (Run(text=text if moved else _("No reason is given for this brief."), italic=True),)


def _moved_row(basis: Basis, before: Case, claim: Claim) -> Row:
    was = verdicts(before).claims.get(claim.id) if claim.id in before else None
    now = basis.verdicts.claims[claim.id]
    earlier = (
        cell(_("not on the map"))
        if was is None
        else cell(
            Run(text=capital(_(was.status.value)), state=STATE_OF_CLAIM[was.status]),
            f", {_(was.grade.word)}",
        )
    )
    return row(
        cell(
            Run(text=f"{claim.number} ", bold=True),
            Run(text=claim.text, voice=voice_of(claim), marked=False),
        ),
        earlier,
        cell(
            Run(text=capital(_(now.status.value)), bold=True, state=basis.state(claim.id)),
            f", {_(now.grade.word)}",
        ),
        cell(Run(text=sentence(basis.case, now.reason), voice=Voice.INFERRED, marked=False)),
    )


def _gone_row(status: str, claim: Claim) -> Row:
    return row(
        cell(
            Run(text=f"{claim.number} ", bold=True),
            Run(text=claim.text, voice=voice_of(claim), marked=False),
        ),
        cell(capital(_(status))),
        cell(_("not on the map")),
        cell(_("The claim was removed.")),
    )


def _edits(basis: Basis, before: Case) -> list[Block]:
    """Return what was added, changed and removed, entity by entity."""
    items: list[tuple[str, Runs]] = []
    now = basis.case
    for entity in now.entities.values():
        if isinstance(entity, _SILENT):
            continue
        if entity.id not in before:
            items.append((entity.number, _item(_("{what} was added: {text}"), now, entity)))
        elif before[entity.id] != entity:
            form, fields = _("{what} was changed ({fields}): {text}"), _changed(before, now, entity)
            items.append((entity.number, _item(form, now, entity, fields="; ".join(fields))))
    for entity in before.entities.values():
        if entity.id not in now and not isinstance(entity, _SILENT):
            items.append((entity.number, _item(_("{what} was removed: {text}"), before, entity)))
    if not items:
        return [Paragraph(runs=(Run(text=_("Nothing on the map was added, changed or removed.")),))]
    items.sort(key=lambda each: number_key(each[0]))
    return [Heading(text=_("What was done")), ListBlock(items=tuple(runs for _number, runs in items))]


def _changed(before: Case, now: Case, entity: Entity) -> list[str]:
    """Return the fields of an entity that changed, short values with what they were and are."""
    old, new = plain_entity(before, before[entity.id]), plain_entity(now, entity)
    said = []
    for each in shape(type(entity)):
        was, now_is = old.get(each.key, each.default), new.get(each.key, each.default)
        if old.get(each.key) == new.get(each.key):
            continue
        name, values = field_name(each.name), (_value(each, was), _value(each, now_is))
        if None in values or max(len(value or "") for value in values) > _SHORT:
            said.append(name)
        else:
            said.append(_("{field}: {old} → {new}").format(field=name, old=values[0], new=values[1]))
    return said


def _value(field: FieldShape, plain: object) -> str | None:
    """Return a plain value of a field in words; None where it is no single word, number or line."""
    if plain is None or plain == "":
        return "–"
    if isinstance(plain, Grade):
        return _(plain.word)
    if not isinstance(plain, str):
        return None
    return _(plain) if field.kind in (FieldKind.WORD, FieldKind.GRADE) else " ".join(plain.split())


def _item(form: str, case: Case, entity: Entity, *, fields: str = "") -> Runs:
    said = form.format(what=_named(entity), fields=fields, text=short(_words(case, entity), 240))
    return (Run(text=capital(said)),)


def _named(entity: Entity) -> str:
    """Return what an entity is called: by its number, or by its kind where the number stays inside."""
    match entity:
        case Header():
            return _("the case")
        case Link():
            return _("a link")
        case Acceptance():
            return _("an acceptance")
        case Checkpoint():
            return _("a checkpoint")
    return entity.number


def _words(case: Case, entity: Entity) -> str:
    match entity:
        case Claim() | Evidence() | Request() | Remark():
            return entity.text
        case Source() | Exhibit() | Checkpoint():
            return entity.name
        case Header():
            return entity.title
        case Step():
            return _("a step of the kind {kind}").format(kind=_(entity.scheme))
        case Quantity():
            return amount(entity)
        case Term():
            return ", ".join(entity.words)
        case Watch():
            return entity.why or entity.by or _("no reason recorded")
        case Link():
            return f" {_(entity.kind.value)} ".join(case.number(each) for each in entity.between)
        case Acceptance():
            return title_of(entity.code) if entity.code in KINDS else entity.code
    return entity.number
