"""Sections on the claims: the bottom line, what is shown and not, the claims table, what rests on gaps."""

from evidencemap.analysis.sentences import sentence
from evidencemap.analysis.settle import settle
from evidencemap.analysis.verdicts import StepStatus
from evidencemap.brief.basis import ANALYST_KINDS, Basis
from evidencemap.brief.outline import (
    Block,
    Callout,
    Cell,
    Column,
    Heading,
    ListBlock,
    Paragraph,
    Row,
    Run,
    Runs,
    Side,
    State,
    Table,
    Tone,
    TwoColumns,
    Voice,
    cell,
    row,
)
from evidencemap.brief.sections.notebook import Notebook
from evidencemap.model.entities import Claim, Step
from evidencemap.model.words import ClaimKind, Grade
from evidencemap.tongue import _, several

NOT_FALSE = (
    "What is unsupported here is not shown to be false: the record does not carry it, and that is all."
)
"""The fixed sentence that every brief says. A catalogue translates it."""


def name_of(claim: Claim) -> str:
    """Return how a brief names a claim: its number and its kind (`C2 Attribution`)."""
    return f"{claim.number} {_(claim.kind.value).capitalize()}"


def bottom_line(basis: Basis, book: Notebook, focus: list[Claim]) -> tuple[Block, ...]:
    """Return the callout that separates, in its first sentences, what stands from what does not."""
    standing = [claim for claim in focus if basis.stands(claim.id)]
    fallen = [claim for claim in focus if not basis.stands(claim.id)]
    runs: list[Run] = []
    total = len(focus)
    if not focus:
        runs.append(_inferred(_("The map holds no claim yet.")))
    elif not standing:
        runs.append(
            _inferred(_("None of the {total} claims here has evidence that carries it.").format(total=total))
        )
    else:
        first = several(
            "{count} of the {total} claims here has evidence that carries it: ",
            "{count} of the {total} claims here have evidence that carries them: ",
            len(standing),
            total=total,
        )
        runs.append(_inferred(first))
        for place, claim in enumerate(standing):
            runs.append(Run(text=("; " if place else "") + _text(claim), voice=Voice.REPORTED))
            runs.extend(book.marks(basis.items_for(claim.id), most=1))
        runs.append(Run(text=". "))
    if fallen and standing:
        names = _list([f"{claim.number} ({_(claim.kind.value)})" for claim in fallen])
        runs.append(_inferred(_("The record does not carry {names}. ").format(names=names)))
    gap = _first_gap(basis, focus)
    if gap is not None:
        runs.append(_inferred(sentence(basis.case, basis.verdicts.steps[gap.id].reason) + " "))
    runs.extend(_origin_runs(basis, focus))
    state = State.UNSUPPORTED if fallen else State.SUPPORTED
    return (Callout(paragraphs=(tuple(runs),), label=_("Bottom line."), state=state),)


def shown_and_not(basis: Basis, focus: list[Claim]) -> tuple[Block, ...]:
    """Return what the record shows beside what it does not show."""
    shows: list[Runs] = []
    shows_not: list[Runs] = []
    for claim in focus:
        verdict = basis.verdicts.claims[claim.id]
        said = Run(text=_text(claim), voice=Voice.REPORTED)
        if basis.stands(claim.id):
            carried = _(" ({number}; carried as {grade})").format(
                number=claim.number, grade=_(verdict.grade.word)
            )
            shows.append((said, Run(text=carried, muted=True)))
        else:
            shows_not.append((said, Run(text=f" ({claim.number})", muted=True)))
    nothing: Runs = (Run(text=_("Nothing under this headline."), muted=True),)
    return (
        TwoColumns(
            left=Side(
                title=_("This shows"),
                paragraphs=tuple(shows) or (nothing,),
                bullets=True,
                state=State.SUPPORTED,
            ),
            right=Side(
                title=_("It does not show"),
                paragraphs=tuple(shows_not) or (nothing,),
                bullets=True,
                state=State.UNSUPPORTED,
            ),
        ),
    )


def claims_table(basis: Basis, book: Notebook, claims: list[Claim], title: str) -> tuple[Block, ...]:
    """Return the table of claims: number, text, stated as, evidence carries, origins, finding."""
    if not claims:
        return ()
    columns = (
        Column(header=_("Claim"), width=3.1, row_header=True),
        Column(header=_("Stated as"), width=1.05),
        Column(header=_("Evidence carries"), width=1.25),
        Column(header=_("Origins"), width=0.95),
        Column(header=_("Finding"), width=1.35),
    )
    rows = tuple(_claim_row(basis, book, claim) for claim in claims)
    summary = _("Each claim with how sure its author is, what the evidence carries, and how it stands.")
    return (Heading(text=title), Table(columns=columns, rows=rows, summary=summary))


def unsupported_steps(basis: Basis, claims: list[Claim], most: int = 6) -> tuple[Block, ...]:
    """Return the steps that nothing supports, each with its sentence; steps into the claims come first."""
    near = {claim.id for claim in claims}
    steps = [
        step
        for step in basis.case.sorted(Step)
        if basis.verdicts.steps[step.id].status is StepStatus.UNSUPPORTED
    ]
    steps.sort(key=lambda step: step.conclusion not in near)
    if not steps:
        return ()
    items: list[Runs] = [
        (
            Run(text=step_name(basis, step) + ". ", bold=True),
            _inferred(sentence(basis.case, basis.verdicts.steps[step.id].reason)),
        )
        for step in steps[:most]
    ]
    if len(steps) > most:
        items.append(_see_report(len(steps) - most))
    return (Heading(text=_("Steps without a warrant")), ListBlock(items=tuple(items)))


def step_name(basis: Basis, step: Step) -> str:
    """Return how a brief names a step: `P8, C1 and C2 → C3`."""
    premises = _list([basis.case.number(each) for each in step.premises])
    return f"{step.number}, {premises} → {basis.case.number(step.conclusion)}"


def what_rests(basis: Basis, most: int = 1) -> tuple[Block, ...]:
    """Return what the asks rest on: the heaviest in full, the others in one table row each."""
    asks = basis.asks()
    if not asks:
        return ()
    rows = []
    for ask in asks:
        verdict = basis.verdicts.claims[ask.id]
        premises = [basis.case[each] for step in basis.steps_to(ask.id) for each in step.premises]
        rests = _list(list(dict.fromkeys(each.number for each in premises))) or _("nothing")
        rows.append(
            row(
                cell(Run(text=f"{ask.number} ", bold=True), Run(text=ask.text, voice=Voice.REPORTED)),
                f"{ask.stake or '–'} / 5",
                rests,
                cell(_(verdict.stated.word)),
                cell(Run(text=_(verdict.status.value).capitalize(), state=basis.state(ask.id))),
            )
        )
    columns = (
        Column(header=_("Ask"), width=3.0, row_header=True),
        Column(header=_("Stake"), width=0.7),
        Column(header=_("Rests on"), width=1.2),
        Column(header=_("Needs"), width=1.0),
        Column(header=_("Finding"), width=1.4),
    )
    blocks: list[Block] = [
        Heading(text=_("What rests on the gap")),
        Table(
            columns=columns,
            rows=tuple(rows),
            summary=_("Each ask with what it rests on and how that stands."),
        ),
    ]
    for ask in asks[:most]:
        verdict = basis.verdicts.claims[ask.id]
        if basis.stands(ask.id) and verdict.overstated == 0:
            continue
        runs = [_inferred(sentence(basis.case, verdict.reason))]
        answer = settle(basis.case, ask.id)
        if verdict.stated > Grade.NOTHING and not answer.sets.get(verdict.stated):
            runs.append(_inferred(_(" No listed request would lift it to what its stake needs.")))
        blocks.append(Paragraph(runs=(Run(text=f"{ask.number}. ", bold=True), *runs)))
    return tuple(blocks)


def fixed_sentence() -> tuple[Block, ...]:
    """Return the sentence that every brief says: unsupported is not false."""
    return (Paragraph(runs=(Run(text=_(NOT_FALSE), italic=True),), tone=Tone.SMALL),)


def _claim_row(basis: Basis, book: Notebook, claim: Claim) -> Row:
    verdict = basis.verdicts.claims[claim.id]
    origins = basis.origins(claim.id)
    items = basis.items_for(claim.id)
    counted = (
        several("{count} origin", "{count} origins", len(origins))
        + several(", {count} report", ", {count} reports", len(items))
        if items
        else _("none of its own")
    )
    said: Cell = cell(
        Run(text=f"{name_of(claim)}. ", bold=True),
        Run(text=_text(claim), voice=Voice.ASSUMED if claim.kind is ClaimKind.ASSUMPTION else Voice.REPORTED),
        *book.marks(items),
    )
    carried = _(verdict.grade.word).capitalize()
    return row(
        said,
        _(claim.stated.word).capitalize() if claim.kind not in ANALYST_KINDS or claim.stated else "–",
        carried,
        counted,
        cell(Run(text=_(verdict.status.value).capitalize(), bold=True, state=basis.state(claim.id))),
    )


def _first_gap(basis: Basis, focus: list[Claim]) -> Step | None:
    for claim in focus:
        for step in basis.steps_to(claim.id):
            if basis.verdicts.steps[step.id].status is StepStatus.UNSUPPORTED:
                return step
    return None


def _origin_runs(basis: Basis, focus: list[Claim]) -> list[Run]:
    items = {item.id for claim in focus for item in basis.items_for(claim.id)}
    origins = {source.id: source for claim in focus for source in basis.origins(claim.id)}
    if len(items) < 2 or len(origins) != 1:
        return []
    source = next(iter(origins.values()))
    runs = [
        _inferred(
            _("All {count} reports go back to one origin, {name}").format(count=len(items), name=source.name)
        )
    ]
    if source.gains_from:
        gains = several(
            ", which gains from {count} ask", ", which gains from {count} asks", len(source.gains_from)
        )
        runs.append(_inferred(gains))
    runs.append(Run(text="."))
    return runs


def _see_report(left: int) -> Runs:
    text = several("{count} more: see the report.", "{count} more: see the report.", left)
    return (Run(text=text, muted=True),)


def _inferred(text: str) -> Run:
    return Run(text=text, voice=Voice.INFERRED)


def _text(claim: Claim) -> str:
    return claim.text.rstrip(".")


def _list(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("{first} and {last}").format(first=", ".join(names[:-1]), last=names[-1])
