"""Sections on sources: who says so and what they gain, the replies, the source summary statement."""

from evidencemap.analysis.knowing import bar, caveats_in
from evidencemap.brief.basis import Basis
from evidencemap.brief.outline import (
    Block,
    Column,
    Heading,
    ListBlock,
    Paragraph,
    Row,
    Run,
    Runs,
    Table,
    Voice,
    cell,
    row,
)
from evidencemap.brief.phrases import counted, listed, plural, short
from evidencemap.brief.room import Room, fitting
from evidencemap.brief.sections.claims import more_row, see_report
from evidencemap.brief.sections.notebook import rating_of_source
from evidencemap.model.entities import Claim, Evidence, Source
from evidencemap.model.words import EvidenceState, Reply, Seen
from evidencemap.tongue import _, capital, several


def who_says_so(basis: Basis, claims: list[Claim], room: Room) -> tuple[Block, ...]:
    """Return who stands behind the claims: rating, what it gains, and how many items only copy it."""
    sources = basis.behind(claims)
    if not sources or not room.sources:
        return ()
    shown = sources[: fitting(len(sources), room.sources)]
    rows = [_source_row(basis, source, room) for source in shown]
    columns = (
        Column(header=_("Source"), width=1.6, row_header=True),
        Column(header=_("Rating"), width=1.4),
        Column(header=_("What it gains"), width=2.2),
        Column(header=_("Its items"), width=1.5),
    )
    summary = _("Each source with its rating, its interest and its items.")
    rows.extend(more_row(len(sources) - len(shown), len(columns)))
    return (
        Heading(text=_("Who says so, and what they gain")),
        Table(columns=columns, rows=tuple(rows), summary=summary),
    )


def replies(basis: Basis, room: Room) -> tuple[Block, ...]:
    """Return what those who are named said when asked."""
    named = [source for source in basis.case.sorted(Source) if source.reply is not None]
    if not named or not room.replies:
        return ()
    runs = [_reply(source, room) for source in named[: room.replies]]
    if len(named) > room.replies:
        runs.append(see_report(len(named) - room.replies))
    said = tuple(run for place, each in enumerate(runs) for run in (*_space(place, each), *each))
    return (Paragraph(runs=(Run(text=_("Reply of those named.") + " ", bold=True), *said)),)


def _space(place: int, following: Runs) -> Runs:
    return (Run(text=" ", voice=following[0].voice),) if place else ()


def _reply(source: Source, room: Room) -> Runs:
    sentence = {
        Reply.NOT_ASKED: _("{name} has not been asked."),
        Reply.ASKED: _("{name} was asked; no answer is recorded."),
        Reply.DECLINED: _("{name} declined to comment."),
        Reply.DENIED: _("{name} denied it."),
        Reply.ADMITTED: _("{name} admitted it."),
        Reply.ANSWERED: _("{name} answered."),
    }[source.reply or Reply.NOT_ASKED]
    name = short(source.name, room.letters)
    if source.reply_date:
        name = _("{name} ({date})").format(name=name, date=source.reply_date)
    return (Run(text=sentence.format(name=name), voice=Voice.REPORTED),)


def how_each_tells_it(basis: Basis) -> tuple[Block, ...]:
    """Return, for each source that is a text, what its venue asks for, its caveats, and its own wording."""
    told = [
        each
        for each in basis.case.sorted(Source)
        if each.genre is not None or each.verb.strip() or each.wording.strip() or caveats_in(each)
    ]
    if not told:
        return ()
    with_verbs = any(each.verb.strip() for each in told)
    verb = (Column(header=_("Its verb"), width=1.0),) if with_verbs else ()
    columns = (
        Column(header=_("Source"), width=1.6, row_header=True),
        *verb,
        Column(header=_("In what sort of text"), width=1.2),
        Column(header=_("What its venue asks for"), width=1.9),
        Column(header=_("Caveats in the source"), width=1.5),
        Column(header=_("Where its wording is stronger"), width=2.0),
    )
    rows = []
    for source in told:
        caveats = caveats_in(source)
        rows.append(
            row(
                cell(Run(text=f"{source.number} ", bold=True), Run(text=source.name)),
                *([source.verb.strip() or "–"] if with_verbs else ()),
                _(source.genre.value) if source.genre is not None else "–",
                bar(source.genre) if source.genre is not None else "–",
                f"{len(caveats)}: {'; '.join(caveats)}" if caveats else _("none recorded"),
                source.wording.strip() or "–",
            )
        )
    summary = _(
        "Each text with what its venue asks for, its caveats and where it words things more strongly."
    )
    table = Table(columns=columns, rows=tuple(rows), summary=summary)
    return (Heading(text=_("How each text tells it")), table)


def who_belongs_to_whom(basis: Basis) -> tuple[Block, ...]:
    """Return each tie between two sources, with what shows it, or that it is asserted."""
    case = basis.case
    items = []
    for source in case.sorted(Source):
        for tie in source.ties:
            to = case.of(Source)[tie.to]
            said = _("{one} is {tie} {two}").format(
                one=f"{source.name} ({source.number})", tie=_(tie.kind.value), two=f"{to.name} ({to.number})"
            )
            shown = (
                _("asserted: nothing on the map shows it")
                if tie.shown_by is None
                else _("as {number} is to show").format(number=case.number(tie.shown_by))
            )
            items.append((Run(text=f"{said} ", voice=Voice.REPORTED), Run(text=f"({shown})", muted=True)))
    return (Heading(text=_("Who belongs to whom")), ListBlock(items=tuple(items))) if items else ()


def source_summary(basis: Basis) -> tuple[Block, ...]:
    """Return the source summary statement, drafted from the map as ICD 206 asks."""
    text = source_summary_text(basis)
    if not text:
        return ()
    label = Run(text=_("Source summary statement.") + " ", bold=True)
    return (Paragraph(runs=(label, Run(text=text, voice=Voice.INFERRED))),)


def source_summary_text(basis: Basis) -> str:
    """Return the source summary statement as one text; empty where there is no evidence."""
    case = basis.case
    held = case.of(Evidence).values()
    items = [item for item in held if item.state is not EvidenceState.WITHDRAWN]
    withdrawn = len(held) - len(items)
    if not held:
        return ""
    sources = len({each for item in items for each in item.sources})
    said = [
        _from_where(len(items), sources, len(case.of(Source)))
        if items
        else _("All evidence that the map holds is withdrawn.")
    ]
    said += [_told(len(items), *each) for each in _what_items_are(items)]
    if items and withdrawn:
        text = plural("{count} further item is withdrawn.", "{count} further items are withdrawn.", withdrawn)
        said.append(_counted(text, withdrawn))
    parts = [
        (
            sum(1 for source in case.of(Source).values() if source.gains_from),
            "{count} source gains from what is asked for.",
            "{count} sources gain from what is asked for.",
        ),
        (
            sum(1 for source in case.of(Source).values() if source.retracted is not None),
            "{count} source has been retracted.",
            "{count} sources have been retracted.",
        ),
    ]
    said += [_counted(plural(one, many, count), count) for count, one, many in parts if count]
    if items and not any(item.audited for item in items):
        said.append(_("It has not been audited.") if len(items) == 1 else _("No item has been audited."))
    return " ".join(said)


def _from_where(items: int, sources: int, all_sources: int) -> str:
    """Return how many items the map holds, and of how many of its sources."""
    if not sources:
        return _("The map holds {items}; no source is recorded.").format(items=_items(items))
    if sources == all_sources:
        origin = plural("{count} source", "{count} sources", sources).format(count=counted(sources))
        return _("The map holds {items} from {sources}.").format(items=_items(items), sources=origin)
    return _("The map holds {items} from {count} of its {all} sources.").format(
        items=_items(items), count=counted(sources), all=counted(all_sources)
    )


def _what_items_are(items: list[Evidence]) -> list[tuple[int, str, str, str]]:
    """Return how many items are copies and so on, and what is said of the only item, of one and of more."""
    alone = (
        _("No source is recorded for it."),
        _("It only copies another item."),
        _("It is known as reported and not in hand."),
        _("It is known from a description only."),
        _("It has been audited."),
    )
    counts = (
        sum(1 for item in items if not item.sources and not item.copied_from),
        sum(1 for item in items if item.copied_from),
        sum(1 for item in items if item.state is EvidenceState.REPORTED),
        sum(1 for item in items if item.seen is Seen.DESCRIBED_ONLY),
        sum(1 for item in items if item.audited),
    )
    parts = (
        ("For one of them, no source is recorded.", "For {count} of them, no source is recorded."),
        ("{count} only copies another item.", "{count} only copy other items."),
        ("{count} is known as reported and not in hand.", "{count} are known as reported and not in hand."),
        ("{count} is known from a description only.", "{count} are known from a description only."),
        ("{count} has been audited.", "{count} have been audited."),
    )
    return [(count, only, *forms) for count, only, forms in zip(counts, alone, parts, strict=True) if count]


def _told(items: int, count: int, alone: str, one: str, many: str) -> str:
    return alone if items == 1 else _counted(plural(one, many, count), count)


def _counted(text: str, count: int) -> str:
    return capital(text.format(count=counted(count)))


def _items(count: int) -> str:
    return plural("{count} item of evidence", "{count} items of evidence", count).format(count=counted(count))


def _source_row(basis: Basis, source: Source, room: Room) -> Row:
    asks = listed([basis.case.number(each) for each in source.gains_from[:6]])
    if source.interest and asks:
        gains = _("{interest} ({asks})").format(interest=short(source.interest, room.letters), asks=asks)
    else:
        gains = short(source.interest, room.letters) or asks or _("none recorded")
    return row(
        cell(Run(text=f"{source.number} ", bold=True), Run(text=short(source.name, room.letters))),
        rating_of_source(source),
        gains,
        _own_and_copied(basis, source),
    )


def _own_and_copied(basis: Basis, source: Source) -> str:
    items = [item for item in basis.case.sorted(Evidence) if source.id in item.sources]
    own = sum(1 for item in items if not item.copied_from)
    copies = len(items) - own
    parts = [
        several("{count} of its own", "{count} of its own", own) if own else "",
        several("{count} copy", "{count} copies", copies) if copies else "",
    ]
    return ", ".join(each for each in parts if each) or _("none")
