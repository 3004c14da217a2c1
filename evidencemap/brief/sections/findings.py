"""The report's list of findings: by what they are, and what is found of several said once."""

from itertools import groupby

from evidencemap.analysis import findings as registry
from evidencemap.analysis.findings import Finding, Severity
from evidencemap.brief.basis import Basis
from evidencemap.brief.outline import (
    Block,
    Cell,
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
from evidencemap.brief.phrases import listed
from evidencemap.brief.room import EVERYTHING
from evidencemap.brief.sections.dissent import accepted, despite
from evidencemap.model.kinds import NUMBER_IN_TEXT
from evidencemap.tongue import _, capital, figure


def findings_section(basis: Basis) -> tuple[Block, ...]:
    """Return the findings, the gravest first, and those that were accepted with their reasons."""
    open_ones = [each for each in basis.findings if not registry.is_accepted(basis.case, each)]
    blocks: list[Block] = [Heading(text=_("Findings"))]
    if open_ones:
        columns = (
            Column(header=_("On"), width=0.8, row_header=True),
            Column(header=_("Finding (inferred)"), width=6.0),
        )
        rows: list[Row] = []
        for (severity, code), group in groupby(open_ones, key=lambda each: (each.severity, each.code)):
            rows += _of_one_code(basis, severity, code, list(group))
        summary = _("The findings by what they are, the gravest first, each with what would mend it.")
        blocks.append(Table(columns=columns, rows=tuple(rows), summary=summary))
    else:
        blocks.append(Paragraph(runs=(Run(text=_("No finding is open.")),)))
    items = (*accepted(basis, EVERYTHING), *despite(basis))
    if items:
        blocks += [Heading(text=_("Findings accepted, and why"), level=3), ListBlock(items=items)]
    return tuple(blocks)


def _of_one_code(basis: Basis, severity: Severity, code: str, group: list[Finding]) -> list[Row]:
    """Return the rows of the findings of one code; what would mend all of them is said once."""
    fixes = {registry.fix_of(basis.case, each) for each in group}
    named = f"{capital(_(str(severity)))}: {registry.title_of(code)} ({figure(len(group))}). "
    head = [Run(text=named, bold=True)]
    if len(fixes) == 1:
        head.append(Run(text=next(iter(fixes)), muted=True))
    alike: dict[str, list[Finding]] = {}
    for each in group:
        alike.setdefault(NUMBER_IN_TEXT.sub("#", _text(_said(basis, each, fixes))), []).append(each)
    return [
        row(cell(*head, columns=2, header=True)),
        *(_row(basis, found, fixes) for found in alike.values()),
    ]


def _row(basis: Basis, found: list[Finding], fixes: set[str]) -> Row:
    """Return the row of findings whose sentences differ in their numbers alone.

    The sentence of the first is told in full. Each of the others is told by what it is on and, in
    brackets, by the other numbers of its sentence in their order.
    """
    first, *others = found
    paragraphs = [_said(basis, first, fixes)]
    if others:
        told = "; ".join(_by_number(basis, each, fixes) for each in others)
        text = _("Likewise: {others}.").format(others=told)
        paragraphs.append((Run(text=text, voice=Voice.INFERRED, marked=False),))
    return row(_on(basis, first), Cell(paragraphs=tuple(paragraphs)))


def _said(basis: Basis, finding: Finding, fixes: set[str]) -> Runs:
    """Return the sentence of a finding, with what would mend it where the others of its code need else."""
    said = Run(text=registry.sentence_of(basis.case, finding), voice=Voice.INFERRED, marked=False)
    if len(fixes) == 1:
        return (said,)
    return (said, Run(text=" " + registry.fix_of(basis.case, finding), muted=True))


def _text(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def _on(basis: Basis, finding: Finding) -> str:
    return listed([basis.called(one) for one in finding.on if one in basis.case]) or "–"


def _by_number(basis: Basis, finding: Finding, fixes: set[str]) -> str:
    on = _on(basis, finding)
    own = set(NUMBER_IN_TEXT.findall(on))
    others = [each for each in NUMBER_IN_TEXT.findall(_text(_said(basis, finding, fixes))) if each not in own]
    named = ", ".join(dict.fromkeys(others))
    return f"{on} ({named})" if named else on
