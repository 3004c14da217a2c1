"""How fast briefs print: tagged pages per CPU second, a memo from a cold start, a map of 5,000 claims.

WeasyPrint's PDF/UA of the same words and Graphviz dot's PDF of the same map are measured in the same
run, where they are installed.
"""

import io
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from random import Random

from evidencemap.brief.html import web_page
from evidencemap.brief.outline import (
    Block,
    Column,
    Contents,
    Heading,
    Outline,
    Paragraph,
    Run,
    State,
    Table,
    Voice,
    plain,
    row,
)
from evidencemap.brief.pdf import pdf_bytes
from evidencemap.exchange.listing import write_listing
from evidencemap.layout.cards import card
from evidencemap.model.case import Case, case_of
from evidencemap.model.entities import Claim, Header, Step
from evidencemap.model.records import Id, listed_id
from tests.benchmarks.timing import Row, cpu_seconds, wall_seconds
from tests.brief.samples import memo

SECTIONS = 500
PEER_SECTIONS = 100
CLAIMS, LINKS_A_CLAIM, NEAR = 5_000, 1.2, 40
COLD = (
    "from evidencemap.brief.pdf import pdf_bytes; from tests.brief.samples import memo; "
    "pdf_bytes(memo(), identity=b'')"
)
SENTENCES = (
    "The provider states that the accounts followed one schedule and were paid from one place.",
    "Nothing in hand says by what method the accounts were tied to each other, or how often it errs.",
    "A third party that read the logs would settle it, and none has been asked to.",
)


def report(sections: int) -> Outline:
    """Return a report of many sections, each with text, a table and sentences in three voices."""
    blocks: list[Block] = [Heading(text="Report", level=1), Contents(depth=2)]
    for number in range(sections):
        said = SENTENCES[number % 3]
        blocks.append(Heading(text=f"Claim C{number}: {said[:40]}"))
        runs = (
            Run(text=said, voice=Voice.REPORTED),
            Run(text=f" {SENTENCES[1]}", voice=Voice.INFERRED),
            Run(text=f" {SENTENCES[2]}", voice=Voice.ASSUMED),
        )
        blocks.append(Paragraph(runs=runs * 3))
        columns = (
            Column(header="Evidence", width=4, row_header=True),
            Column(header="Grade"),
            Column(header="State"),
        )
        state = Run(text="Unsupported", state=State.UNSUPPORTED, bold=True)
        rows = tuple(row(f"E{number}.{item} {SENTENCES[item % 3]}", "probable", state) for item in range(6))
        blocks.append(Table(columns=columns, rows=rows))
        blocks.append(Paragraph(runs=plain(" ".join(SENTENCES) * 2)))
    return Outline(title="Report", date="2026-01-31", blocks=tuple(blocks), footer="Case state 0000")


def rows() -> list[Row]:
    """Return what was measured: what, the figure, the goal."""
    outline = report(SECTIONS)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    _, made = pdf_bytes(outline, identity=b"")
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 / made.pages
    spent = cpu_seconds(lambda: pdf_bytes(outline, identity=b""), 3)
    warm = cpu_seconds(lambda: pdf_bytes(memo(), identity=b""))
    cold = wall_seconds(lambda: subprocess.run([sys.executable, "-c", COLD], check=True))
    speed = f"{made.pages / spent:.0f} pages per CPU second, {grown:.2f} MB a page"
    return [
        (f"report of {made.pages} tagged pages", speed, "50 pages per CPU second, under 1 MB a page"),
        _beside_weasyprint(),
        ("memo PDF", f"{warm * 1000:.0f} ms CPU, {cold * 1000:.0f} ms from a cold start", "1 s"),
        _map_of_claims(),
    ]


def _beside_weasyprint() -> Row:
    """Return the tagged pages per CPU second of one outline, beside WeasyPrint on its web page."""
    outline = report(PEER_SECTIONS)
    pages = pdf_bytes(outline, identity=b"")[1].pages
    ours = pages / cpu_seconds(lambda: pdf_bytes(outline, identity=b""), 3)
    beside = "WeasyPrint is not installed: packaging/test brings it"
    if find_spec("weasyprint") is not None:
        theirs = weasyprint_pages(web_page(outline))
        beside = f"WeasyPrint PDF/UA of the same words {theirs:.0f}, {ours / theirs:.1f} times as many"
    return f"the same words, {pages} pages", f"{ours:.0f} pages per CPU second", beside


def claims_alone(count: int) -> Case:
    """Return a case of claims, each a step towards an earlier one near it, and a fifth more such steps."""
    case, draw = Id("7d3e2f0a-5b61-4c0e-9b7e-3f6a1c2d4e60"), Random(1)
    ids = [listed_id(case, f"C{at + 1}") for at in range(count)]
    claims = [
        Claim(id=each, number=f"C{at + 1}", text=f"Of {at + 1}: {SENTENCES[at % 3][:60]}")
        for at, each in enumerate(ids)
    ]
    ends = [*range(1, count), *(draw.randrange(1, count) for _ in range(round((LINKS_A_CLAIM - 1) * count)))]
    steps = [
        Step(
            id=listed_id(case, f"P{at + 1}"),
            number=f"P{at + 1}",
            premises=(ids[end],),
            conclusion=ids[max(0, end - 1 - draw.randrange(NEAR))],
        )
        for at, end in enumerate(ends)
    ]
    return case_of([Header(id=case, title=f"{count} claims"), *claims, *steps])


def _map_of_claims() -> Row:
    """Return the CPU seconds from a listing to a PDF of its map, cold start included, beside its peers'."""
    case = claims_alone(CLAIMS)
    with tempfile.TemporaryDirectory() as folder:
        listing, out = Path(folder, "claims.yaml"), Path(folder, "claims.pdf")
        listing.write_text(write_listing(case), encoding="utf-8")
        ours = [sys.executable, "-m", "evidencemap", "map", str(listing), "-o", str(out)]
        compiled = {**os.environ, "PYTHONPYCACHEPREFIX": str(Path(folder, "compiled"))}
        compiled.pop("PYTHONDONTWRITEBYTECODE", None)
        _spent(ours, compiled)
        spent = min(_spent(ours, compiled) for _ in range(3))
        beside = "".join(_peer(case, name, spent, Path(folder)) for name in ("dot", "argdown"))
    what = f"{CLAIMS:,} claims and {len(case.of(Step)):,} steps, listing to PDF"
    return what, f"{spent:.1f} s CPU", f"1/10 of each peer{beside}"


def _peer(case: Case, name: str, ours: float, folder: Path) -> str:
    """Return what a peer takes for the same map, where it is installed."""
    program = shutil.which(name)
    if program is None:
        return f"; {name} is not installed"
    source = folder / f"claims.{name}"
    source.write_text(_as_dot(case) if name == "dot" else _as_argdown(case), encoding="utf-8")
    if name == "dot":
        theirs = _spent([program, "-Tpdf", str(source), "-o", str(folder / "dot.pdf")])
    else:
        theirs = _spent([program, "map", "-f", "pdf", str(source), str(folder)])
    return f"; {name} {theirs:.1f} s, {theirs / ours:.1f} times as much"


def _as_dot(case: Case) -> str:
    lines = ['digraph { rankdir=LR; node [shape=box, fontname="Inter", fontsize=12];']
    for claim in case.sorted(Claim):
        words = "\\n".join(line.text for line in card(case, claim).lines)
        lines.append(f'{claim.number} [label="{words}"];')
    lines += [
        f"{case.number(step.premises[0])} -> {case.number(step.conclusion)};" for step in case.sorted(Step)
    ]
    return "\n".join([*lines, "}"])


def _as_argdown(case: Case) -> str:
    """Return the claims as statements of Argdown, each with those that support it beneath."""
    grounds: dict[Id, list[Id]] = {}
    for step in case.sorted(Step):
        grounds.setdefault(step.conclusion, []).append(step.premises[0])
    lines = []
    for claim in case.sorted(Claim):
        lines.append(f"[{claim.number}]: {claim.text.replace(':', ' ')}")
        lines += [f"  + [{case.number(each)}]" for each in grounds.get(claim.id, ())]
        lines.append("")
    return "\n".join(lines)


def _spent(command: list[str], environment: dict[str, str] | None = None) -> float:
    """Return the CPU seconds of a command, of all that it starts too."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def weasyprint_pages(markup: str) -> float:
    """Return how many pages of PDF/UA WeasyPrint makes in a CPU second."""
    weasyprint = import_module("weasyprint")
    begun = time.process_time()
    document = weasyprint.HTML(string=markup).render()
    document.write_pdf(io.BytesIO(), pdf_variant="pdf/ua-1")
    return float(len(document.pages) / (time.process_time() - begun))
