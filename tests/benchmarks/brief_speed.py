"""How fast briefs print: tagged pages per CPU second, and a memo from a cold start.

Where WeasyPrint is installed, its PDF/UA of the same words is measured in the same run.
"""

import io
import resource
import subprocess
import sys
import time
from importlib import import_module
from importlib.util import find_spec

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
from tests.benchmarks.timing import Row, cpu_seconds, wall_seconds
from tests.brief.samples import memo

SECTIONS = 500
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
    peer = "WeasyPrint 10 in an earlier run"
    if find_spec("weasyprint") is not None:
        peer = f"WeasyPrint {weasyprint_pages(web_page(report(SECTIONS // 10))):.0f}"
    speed = f"{made.pages / spent:.0f} pages per CPU second, {grown:.2f} MB a page"
    return [
        (f"report of {made.pages} tagged pages", speed, f"50 pages per CPU second; {peer}"),
        ("memo PDF", f"{warm * 1000:.0f} ms CPU, {cold * 1000:.0f} ms from a cold start", "1 s"),
    ]


def weasyprint_pages(markup: str) -> float:
    """Return how many pages of PDF/UA WeasyPrint makes in a CPU second."""
    weasyprint = import_module("weasyprint")
    begun = time.process_time()
    document = weasyprint.HTML(string=markup).render()
    document.write_pdf(io.BytesIO(), pdf_variant="pdf/ua-1")
    return float(len(document.pages) / (time.process_time() - begun))
