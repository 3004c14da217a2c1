"""Measures how fast briefs print: tagged pages per CPU second, and a memo from a cold start.

Run it as `python -m tests.benchmarks.brief_speed [SECTIONS]`. Medians of five. Where WeasyPrint is
installed, its PDF/UA of the same words is measured in the same run.
"""

import io
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
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
from tests.brief.samples import memo

RUNS = 5
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


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return the median CPU time of the work."""
    times = []
    for _ in range(RUNS):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return statistics.median(times)


def cold_seconds() -> float:
    """Return the median wall time of a memo in a fresh interpreter."""
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", COLD], check=True)
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def main() -> None:
    """Print the figures."""
    sections = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    outline = report(sections)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    data, made = pdf_bytes(outline, identity=b"")
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 / made.pages
    spent = cpu_seconds(lambda: pdf_bytes(outline, identity=b""))
    print(f"report: {made.pages} pages, {len(data):,} bytes")
    print(f"speed: {made.pages / spent:.0f} tagged pages per CPU second")
    print(f"memory: {grown:.2f} MB a page")
    print(f"memo, warm: {cpu_seconds(lambda: pdf_bytes(memo(), identity=b'')) * 1000:.0f} ms CPU")
    print(f"memo, cold start: {cold_seconds() * 1000:.0f} ms")
    if find_spec("weasyprint") is not None:
        print(weasyprint_figures(web_page(report(sections // 10))))


def weasyprint_figures(markup: str) -> str:
    """Return how fast WeasyPrint makes PDF/UA of a page."""
    weasyprint = import_module("weasyprint")
    begun = time.process_time()
    document = weasyprint.HTML(string=markup).render()
    document.write_pdf(io.BytesIO(), pdf_variant="pdf/ua-1")
    return f"WeasyPrint: {len(document.pages) / (time.process_time() - begun):.0f} pages per CPU second"


if __name__ == "__main__":
    main()
