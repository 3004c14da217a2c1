"""What did not carry the day but prints: open remarks of reviewers, findings accepted and why."""

from evidencemap.analysis import findings as registry
from evidencemap.brief.basis import Basis
from evidencemap.brief.outline import Block, Heading, ListBlock, Paragraph, Run, Runs, Voice
from evidencemap.brief.phrases import listed, short, stopped
from evidencemap.brief.room import Room
from evidencemap.brief.sections.claims import see_report
from evidencemap.model.entities import Remark
from evidencemap.model.upkeep import Acceptance
from evidencemap.model.words import RemarkState
from evidencemap.tongue import _, capital, several


def dissent(basis: Basis, room: Room) -> tuple[Block, ...]:
    """Return the reviewers' remarks that are still open, and says so where none is."""
    remarks = _open(basis)
    if not remarks:
        said = Paragraph(runs=(Run(text=_("No remark of a reviewer is open.")),))
        return (Heading(text=_("Dissent")), said)
    return (Heading(text=_("Dissent")), ListBlock(items=_remarks(basis, remarks, room)))


def accepted(basis: Basis, room: Room) -> tuple[Runs, ...]:
    """Return the findings that a person accepted, with the reasons, as items of a list.

    What was accepted for one reason by one person stands together.
    """
    groups: dict[tuple[str, str, str, bool], list[str]] = {}
    valid = {
        (each.code, frozenset(each.on)) for each in basis.findings if registry.is_accepted(basis.case, each)
    }
    for each in basis.case.sorted(Acceptance):
        holds = (each.code, frozenset(each.about)) in valid
        about = [basis.called(one) for one in each.about if one in basis.case]
        groups.setdefault((each.code, each.why, each.by, holds), []).extend(about)
    items = [
        _accepted(code, why, by, about, room, holds=holds) for (code, why, by, holds), about in groups.items()
    ]
    return (*items[: room.accepted], *_more(len(items) - room.accepted))


def dissent_and_accepted(basis: Basis, room: Room) -> tuple[Block, ...]:
    """Return open remarks, accepted findings and why it went out all the same, if there are any."""
    items = (*_remarks(basis, _open(basis), room), *accepted(basis, room), *despite(basis))
    if not items:
        return ()
    return (Heading(text=_("Dissent, and what was accepted")), ListBlock(items=items))


def despite(basis: Basis) -> tuple[Runs, ...]:
    """Return the reason for which a brief was issued with blockers open, as an item of a list."""
    if not basis.despite:
        return ()
    held = [each for each in basis.findings if each.severity is registry.Severity.BLOCKER]
    count = sum(not registry.is_accepted(basis.case, each) for each in held)
    label = several("Issued with {count} blocker open. ", "Issued with {count} blockers open. ", count)
    return (
        (
            Run(text=label, bold=True),
            Run(text=stopped(capital(short(basis.despite, 300))), voice=Voice.REPORTED),
        ),
    )


def _open(basis: Basis) -> list[Remark]:
    return [each for each in basis.case.sorted(Remark) if each.state is RemarkState.OPEN]


def _remarks(basis: Basis, remarks: list[Remark], room: Room) -> tuple[Runs, ...]:
    items: list[Runs] = []
    for each in remarks[: room.remarks]:
        about = _("{number}, a {kind} on {what}").format(
            number=each.number, kind=_(each.kind.value), what=basis.called(each.about)
        )
        author = _(" by {author}").format(author=short(each.author, 60)) if each.author else ""
        items.append(
            (
                Run(text=f"{about}{author}: ", bold=True),
                Run(text=short(each.text, 2 * room.letters), voice=Voice.REPORTED),
            )
        )
    return (*items, *_more(len(remarks) - room.remarks))


def _accepted(code: str, why: str, by: str, about: list[str], room: Room, *, holds: bool) -> Runs:
    title = registry.title_of(code) if code in registry.KINDS else code
    label = _("Accepted: {finding}, {what}. ").format(finding=title, what=listed(about[:12]) or _("the case"))
    name = _(" ({name})").format(name=short(by, 60)) if by else ""
    runs = [
        Run(text=label, bold=True),
        Run(text=stopped(f"{capital(short(why, 2 * room.letters))}{name}"), voice=Voice.REPORTED),
    ]
    if not holds:
        runs.append(Run(text=_(" What was accepted has changed since, or is gone."), muted=True))
    return tuple(runs)


def _more(left: int) -> tuple[Runs, ...]:
    return (see_report(left),) if left > 0 else ()
