"""Sections on the claims: how each stands, what is shown and what is not, steps without a warrant."""

from evidencemap.analysis.judged import ClaimStatus, StepStatus
from evidencemap.brief.basis import ANALYST_KINDS, Basis
from evidencemap.brief.outline import (
    Block,
    Cell,
    Column,
    Heading,
    Row,
    Run,
    Runs,
    Side,
    State,
    Table,
    TwoColumns,
    Voice,
    cell,
    row,
)
from evidencemap.brief.phrases import listed, short
from evidencemap.brief.room import EVERYTHING, Room, fitting
from evidencemap.brief.sections.notebook import Notebook
from evidencemap.model.entities import Claim, Quantity, Step
from evidencemap.model.scales import schemes
from evidencemap.model.words import ClaimKind, Dispute, Grade
from evidencemap.tongue import _, capital, several

MOST_SHOWN = 15
"""What stands and what does not are lists of no more claims, also in a report: its key list has all."""


def name_of(claim: Claim) -> str:
    """Return how a brief names a claim: its number and its kind (`C2 Attribution`)."""
    return f"{claim.number} {capital(_(claim.kind.value))}"


def step_name(basis: Basis, step: Step) -> str:
    """Return how a brief names a step: `P8, C1 and C2 → C3`."""
    return f"{step.number}, {arrow(basis, step)}"


def arrow(basis: Basis, step: Step) -> str:
    """Return from where to where a step leads: `C1 and C2 → C3`."""
    premises = listed([basis.case.number(each) for each in step.premises[:6]])
    more = "…" if len(step.premises) > 6 else ""
    return f"{premises}{more} →\u00a0{basis.case.number(step.conclusion)}"


def voice_of(claim: Claim) -> Voice:
    """Return in whose voice the text of a claim stands: an assumption is assumed, all else is reported."""
    return Voice.ASSUMED if claim.kind is ClaimKind.ASSUMPTION else Voice.REPORTED


def more_row(left: int, columns: int) -> tuple[Row, ...]:
    """Return the row of a table that counts what does not fit; none where all fits."""
    return (row(Cell(paragraphs=(see_report(left),), columns=columns)),) if left > 0 else ()


def see_report(left: int) -> Runs:
    """Return the words for what does not fit."""
    text = several("{count} more: see the report.", "{count} more: see the report.", left)
    return (Run(text=text, muted=True),)


def see_key_list(left: int) -> Runs:
    """Return the words for what a report leaves to its key list."""
    text = several("{count} more: see the key list.", "{count} more: see the key list.", left)
    return (Run(text=text, muted=True),)


def claims_table(
    basis: Basis, book: Notebook, claims: list[Claim], title: str, room: Room, left: int = 0
) -> tuple[Block, ...]:
    """Return the table of claims: number, text, stated as, evidence carries, origins, finding.

    `left` counts the claims that there is no room for.
    """
    if not claims:
        return ()
    columns = (
        Column(header=_("Claim (reported)"), width=3.4, row_header=True),
        Column(header=_("Stated as"), width=1.0),
        Column(header=_("Evidence carries"), width=1.2),
        Column(header=_("Origins"), width=1.25),
        Column(header=_("Finding (inferred)"), width=1.35),
    )
    rows = tuple(_claim_row(basis, book, claim, room) for claim in claims)
    rows += more_row(left, len(columns))
    summary = _("Each claim with how sure its author is, what the evidence carries, and how it stands.")
    return (Heading(text=title), Table(columns=columns, rows=rows, summary=summary))


def shown_and_not(basis: Basis, focus: list[Claim], room: Room) -> tuple[Block, ...]:
    """Return what is solid, beside what the record does not show: the claims in focus first."""
    near = {claim.id for claim in focus}
    others = [
        claim
        for claim in basis.case.sorted(Claim)
        if claim.id not in near and claim.kind not in ANALYST_KINDS and not claim.headline
    ]
    shows = [claim for claim in focus if basis.stands(claim.id)]
    shows += [claim for claim in others if basis.stands(claim.id)]
    lacks = [claim for claim in focus if not basis.stands(claim.id)]
    lacks += [claim for claim in others if not basis.stands(claim.id) and claim.stated > Grade.NOTHING]
    return (
        Heading(text=_("What is solid, and what is not")),
        TwoColumns(
            left=Side(
                title=_("This shows"),
                paragraphs=_side(
                    [_shown(basis, claim, room) for claim in shows], room, _("Nothing on this map.")
                ),
                bullets=True,
                state=State.SUPPORTED,
            ),
            right=Side(
                title=_("It does not show"),
                paragraphs=_side(
                    [_not_shown(basis, claim, room) for claim in lacks],
                    room,
                    _("Nothing that is stated on this map."),
                ),
                bullets=True,
                state=State.UNSUPPORTED,
            ),
        ),
    )


def unsupported_steps(basis: Basis, claims: list[Claim], room: Room) -> tuple[Block, ...]:
    """Return the table of steps that nothing supports: what is missing, what passes, who lends sureness."""
    near = {claim.id for claim in claims}
    steps = [
        step
        for step in basis.case.sorted(Step)
        if basis.verdicts.steps[step.id].status is StepStatus.UNSUPPORTED
    ]
    steps.sort(key=lambda step: step.conclusion not in near)
    if not steps or not room.steps:
        return ()
    columns = (
        Column(header=_("Step"), width=1.45, row_header=True),
        Column(header=_("Kind"), width=0.95),
        Column(header=_("What should back it (inferred)"), width=2.45),
        Column(header=_("Passes"), width=0.85),
        Column(header=_("Borrows from (inferred)"), width=2.15),
    )
    shown = steps[: fitting(len(steps), room.steps)]
    rows = tuple(_step_row(basis, step) for step in shown)
    rows += more_row(len(steps) - len(shown), len(columns))
    summary = _("Each step with what should back it, what it passes and what it borrows from.")
    return (Heading(text=_("Steps that nothing backs")), Table(columns=columns, rows=rows, summary=summary))


def missing_backing(basis: Basis, step: Step) -> str:
    """Return what a step that nothing supports lacks: its warrant, or the number that it needs."""
    scheme = schemes().get(step.scheme)
    if scheme is not None and scheme.role:
        number = basis.case.get(Quantity, step.denominator)
        return (
            _("no {role} is recorded").format(role=_(scheme.role))
            if number is None
            else _("{number} has nothing behind it").format(number=number.number)
        )
    if step.warrant is None:
        return _("no warrant is recorded")
    return _("warrant {number} has nothing behind it").format(number=basis.case.number(step.warrant))


def _step_row(basis: Basis, step: Step) -> Row:
    verdict = basis.verdicts.steps[step.id]
    borrows = "–"
    if verdict.borrows and verdict.lender is not None:
        conclusion = basis.case.get(Claim, step.conclusion)
        stated = conclusion.stated if conclusion is not None else Grade.NOTHING
        borrows = _("{lender}, {grade}; {conclusion} stated {stated}").format(
            lender=basis.case.number(verdict.lender),
            grade=_(basis.verdicts.nodes[verdict.lender][0].word),
            conclusion=basis.case.number(step.conclusion),
            stated=_(stated.word),
        )
    return row(
        cell(Run(text=step_name(basis, step), bold=True)),
        _(step.scheme),
        missing_backing(basis, step),
        _(verdict.grade.word),
        borrows,
    )


def _claim_row(basis: Basis, book: Notebook, claim: Claim, room: Room) -> Row:
    verdict = basis.verdicts.claims[claim.id]
    origins = basis.origins(claim.id)
    items = basis.items_for(claim.id)
    counted = (
        several("{count} origin", "{count} origins", len(origins))
        + several(", {count} item", ", {count} items", len(items))
        if items
        else _("none of its own")
    )
    voice = voice_of(claim)
    text = short(claim.text, room.full)
    said = cell(
        Run(text=f"{name_of(claim)}. ", bold=True),
        Run(text=text, voice=voice, marked=voice is not Voice.REPORTED),
        *book.marks(items, most=3, voice=voice, marked=voice is not Voice.REPORTED),
    )
    unstated = "–" if claim.kind in ANALYST_KINDS else _("not recorded")
    return row(
        said,
        capital(_(claim.stated.word)) if claim.stated else unstated,
        carried(basis, claim),
        counted,
        cell(Run(text=capital(_(verdict.status.value)), bold=True, state=basis.state(claim.id))),
    )


def carried(basis: Basis, claim: Claim) -> str:
    """Return what the evidence carries of a claim, and against it; where it is granted, that it is."""
    verdict = basis.verdicts.claims[claim.id]
    if claim.id in verdict.granting:
        return _("Granted as {grade}").format(grade=_(verdict.pro.word))
    said = capital(_(verdict.pro.word))
    if verdict.granting:
        said = _("{grade} (granted)").format(grade=said)
    if verdict.con:
        said = _("{grade}; {against} against").format(grade=said, against=_(verdict.con.word))
    return said


def _side(items: list[Runs], room: Room, nothing: str) -> tuple[Runs, ...]:
    if not items:
        return ((Run(text=nothing, muted=True),),)
    shown = items[: fitting(len(items), min(room.shown, MOST_SHOWN))]
    left = len(items) - len(shown)
    if not left:
        return tuple(shown)
    return (*shown, see_key_list(left) if room == EVERYTHING else see_report(left))


def _shown(basis: Basis, claim: Claim, room: Room) -> Runs:
    verdict = basis.verdicts.claims[claim.id]
    words = [claim.number, _(verdict.grade.word)]
    if verdict.status is ClaimStatus.CONDITIONAL:
        words[-1] = several(
            "{grade} while {assumed} is granted",
            "{grade} while {assumed} are granted",
            len(verdict.granting),
            grade=words[-1],
            assumed=listed([basis.case.number(each) for each in verdict.granting]),
        )
    if claim.dispute is not None:
        words.append(_(Dispute(claim.dispute).value))
    text = short(claim.text, room.full)
    return (
        Run(text=text, voice=voice_of(claim), marked=False),
        Run(text=f" ({', '.join(words)})", muted=True),
    )


def _not_shown(basis: Basis, claim: Claim, room: Room) -> Runs:
    text = short(claim.text, room.full)
    status = basis.verdicts.claims[claim.id].status
    plain = status is ClaimStatus.UNSUPPORTED
    tail = f" ({claim.number})" if plain else f" ({claim.number}, {_(status.value)})"
    return (Run(text=text, voice=voice_of(claim), marked=False), Run(text=tail, muted=True))
