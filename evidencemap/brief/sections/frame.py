"""What frames every brief: its head, its footer, and the outline that holds its blocks."""

from evidencemap.brief.basis import Basis
from evidencemap.brief.issued import state_mark
from evidencemap.brief.outline import Block, Outline, Run, Runs
from evidencemap.brief.phrases import dated, short
from evidencemap.brief.room import EVERYTHING, Room
from evidencemap.model.entities import Source
from evidencemap.tongue import _, language, several


def outline_of(basis: Basis, blocks: list[Block], *, title: str = "", compact: bool = False) -> Outline:
    """Return the outline of a brief with these blocks; a draft, unless the basis says that it is issued."""
    header = basis.case.header
    return Outline(
        title=short(title or header.title, 300),
        date=basis.today,
        blocks=tuple(blocks),
        language=language(),
        handling=short(header.handling, 120),
        footer=footer(basis),
        draft=not basis.issued,
        author=short(header.sender, 200),
        subject=short(header.question, 300),
        keywords=state_mark(basis.digest),
        compact=compact,
    )


def head(basis: Basis, room: Room = EVERYTHING, *, subject: str = "") -> tuple[tuple[str, Runs], ...]:
    """Return the head of a memo; handling stands here too, since headers are not read aloud."""
    header = basis.case.header
    rows = [
        (_("To"), header.to),
        (_("From"), header.sender),
        (_("Date"), dated(basis.today)),
        (_("Series"), header.series),
        (_("Topic"), header.topic),
        (_("Week"), header.week),
        (_("As of"), header.as_of),
        (_("Handling"), header.handling),
    ]
    held: list[tuple[str, Runs]] = [
        (label, (Run(text=short(text, room.line)),)) for label, text in rows if text
    ]
    named = (_("Subject"), (Run(text=short(subject or header.title, room.line), bold=True),))
    return (*held, named)


def footer(basis: Basis) -> str:
    """Return what stands in the footer: the state of the case, its history, its origins."""
    digest = f"{basis.digest[:4]} {basis.digest[4:8]}"
    parts = [
        _("Case state {digest}").format(digest=digest) if basis.digest else "",
        basis.history or _("a listing, with no history"),
        several("{count} source", "{count} sources", len(basis.case.of(Source))),
    ]
    return " · ".join(part for part in parts if part)
