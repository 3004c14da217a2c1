"""The map as a figure: labels stand free of lines, whole on each sheet that shows them, always the same."""

import gc
import hashlib
import os
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from evidencemap.analysis.verdicts import verdicts
from evidencemap.brief.drawing import Align, Box, BoxForm, Drawing, Label, Line, State, Stroke
from evidencemap.brief.figure import map_drawing
from evidencemap.brief.map_file import map_bytes
from evidencemap.brief.sheets import sheets
from evidencemap.model.case import empty_case
from evidencemap.model.entities import Claim, Evidence, Source
from evidencemap.model.verbs import add, connect
from evidencemap.model.words import Reliability
from tests.benchmarks.generate import generate
from tests.brief.founding import letter
from tests.brief.oracles import failures
from tests.counting import calls_in

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import hashlib
from evidencemap.brief.map_file import map_bytes
from evidencemap.brief.sheets import sheets
from tests.brief.founding import letter
for ending in (".svg", ".pdf", ".png"):
    print(hashlib.sha256(map_bytes(letter(), ending)).hexdigest())
"""


@cache
def drawn() -> Drawing:
    case = letter()
    return map_drawing(case, verdicts(case))


def gaps_of(drawing: Drawing) -> list[Box]:
    return [each for each in drawing.shapes if isinstance(each, Box) and each.form is BoxForm.GAP]


def rows_of(drawing: Drawing) -> list[Label]:
    """Return the rows of the labels that say that nothing backs a step."""
    labels = [each for each in drawing.shapes if isinstance(each, Label)]
    return [each for each in labels if each.state is State.NO_EVIDENCE]


def holds(gap: Box, label: Label) -> bool:
    return gap.x <= label.x <= gap.x + gap.width and gap.y <= label.y <= gap.y + gap.height


def torn(drawing: Drawing) -> list[Label]:
    """Return the rows of labels that stand without their gap, or whose gap reaches over the edge."""
    whole = [
        gap
        for gap in gaps_of(drawing)
        if gap.x >= 0
        and gap.y >= 0
        and gap.x + gap.width <= drawing.width
        and gap.y + gap.height <= drawing.height
    ]
    return [label for label in rows_of(drawing) if not any(holds(gap, label) for gap in whole)]


def test_no_line_is_painted_over_the_label_of_a_step() -> None:
    shapes = drawn().shapes

    last_line = max(at for at, each in enumerate(shapes) if isinstance(each, Line) and each.curved)
    first_gap = min(
        at for at, each in enumerate(shapes) if isinstance(each, Box) and each.form is BoxForm.GAP
    )

    assert last_line < first_gap
    assert len(rows_of(drawn())) >= len(gaps_of(drawn())) == 5


@pytest.mark.parametrize(("width", "depth"), [(481, 560), (360, 420), (700, 480)])
def test_every_label_is_whole_on_a_sheet_and_none_is_in_halves(width: float, depth: float) -> None:
    cut = sheets(drawn(), width, depth)

    assert len(cut) > 2
    assert [torn(each) for each in cut] == [[] for _ in cut]
    assert {label.text for each in cut for label in rows_of(each)} == {"no evidence", "for this step"}


def test_a_label_in_halves_would_be_seen() -> None:
    gap = gaps_of(drawn())[0]

    cut = replace(drawn(), height=gap.y + gap.height - 1)

    assert torn(cut) != []


def whole_on(sheet: Drawing) -> set[str]:
    """Return the numbers of the cards of a sheet."""
    cards = [each for each in sheet.shapes if isinstance(each, Box) and each.width > 10 and not is_gap(each)]
    said = [each for each in sheet.shapes if isinstance(each, Label) and "→" not in each.text]
    found = (re.match(r"[A-Z]\d+\b", label.text) for label in said if any(holds(one, label) for one in cards))
    return {each[0] for each in found if each}


def is_gap(box: Box) -> bool:
    return box.form is BoxForm.GAP


def signs_of(sheet: Drawing) -> list[str]:
    """Return the numbers at the edges of a sheet: where its lines come from or go to."""
    texts = [each.text for each in sheet.shapes if isinstance(each, Label) and "→" in each.text]
    return [text.strip("→ …") for text in texts]


def ends_in_nothing(sheet: Drawing) -> list[Line]:
    """Return the lines of a sheet neither end of which is at a card, at a meeting point or at a number."""
    boxes = [each for each in sheet.shapes if isinstance(each, Box)]

    def held(point: tuple[float, float]) -> bool:
        return any(
            box.x - 2 <= point[0] <= box.x + box.width + 2 and box.y - 2 <= point[1] <= box.y + box.height + 2
            for box in boxes
        )

    lines = [each for each in sheet.shapes if isinstance(each, Line)]
    return [line for line in lines if not held(line.points[0]) and not held(line.points[-1])]


def test_a_sheet_says_where_its_lines_go_on_and_shows_none_that_only_pass() -> None:
    cut = sheets(drawn(), 466, 560)

    signs = [signs_of(each) for each in cut]

    assert all(signs)
    assert [set(named) & whole_on(sheet) for named, sheet in zip(signs, cut, strict=True)] == [
        set() for _ in cut
    ]
    assert {"C1", "C2", "C3", "C9"} <= {number for named in signs for number in named}
    assert [ends_in_nothing(each) for each in cut] == [[] for _ in cut]


def test_a_line_that_only_passes_a_sheet_would_be_seen() -> None:
    sheet = sheets(drawn(), 466, 560)[0]
    passing = Line(points=((sheet.width / 2, 0.0), (sheet.width / 2 + 3, 1.0)))

    assert ends_in_nothing(replace(sheet, shapes=(*sheet.shapes, passing))) == [passing]
    assert signs_of(drawn()) == []


def test_a_large_map_is_vectors_with_text_that_everyone_can_read() -> None:
    data = map_bytes(generate(600, extras=True), ".pdf")

    with pypdfium2.PdfDocument(data) as document:
        words = document[0].get_textpage().get_text_range()
    assert failures(data, "ua1") == []
    assert b"/Subtype /Image" not in data
    assert words.count("unsupported") > 50 and "for this step" in words
    assert failures(data.replace(b"/Alt (", b"/Alx ("), "ua1") != []


def test_hash_seed_and_time_zone_change_no_byte_of_a_map() -> None:
    found = set()
    for seed, zone in (("0", "UTC"), ("1", "Pacific/Kiritimati"), ("4242", "America/New_York")):
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "TZ": zone}
        run = subprocess.run(
            [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True
        )
        found.add(run.stdout)

    here = [hashlib.sha256(map_bytes(letter(), ending)).hexdigest() for ending in (".svg", ".pdf", ".png")]
    assert [each.split() for each in found] == [here]


def fitting(scheme: str) -> Drawing:
    """Return the map of one claim that follows from another, with a warrant, by a scheme."""
    case = empty_case("Fits only")
    for text in ("many calls were made", "models can be trained so", "a model was trained on them"):
        case = case.after(add(case, Claim, text=text))
    one, other, target = (each.id for each in case.sorted(Claim))
    case = case.after(add(case, Source, name="The log", reliability=Reliability.A))
    log = case.sorted(Source)[0].id
    case = case.after(add(case, Evidence, text="the log shows it", credibility=1, sources=(log,)))
    item = case.sorted(Evidence)[0].id
    for ground in (one, other):
        case = case.after(connect(case, [item], ground, scheme="record"))
    case = case.after(connect(case, [one], target, scheme=scheme, warrant=other))
    return map_drawing(case, verdicts(case))


def test_a_step_that_only_fits_has_a_dash_and_a_word_of_its_own_on_paper() -> None:
    can_happen, shows = fitting("mechanism"), fitting("definition")

    words = [each.text for each in can_happen.shapes if isinstance(each, Label)]
    dashed = [
        each for each in can_happen.shapes if isinstance(each, Line) and each.stroke is Stroke.EVEN_DASH
    ]

    assert "fits only" in words and dashed
    assert "fits only" not in [each.text for each in shows.shapes if isinstance(each, Label)]
    assert not any(isinstance(each, Line) and each.stroke is Stroke.EVEN_DASH for each in shows.shapes)


def test_a_map_is_drawn_without_a_search_for_garbage() -> None:
    case, searches = generate(400), []

    def note(phase: str, _told: dict[str, int]) -> None:
        if phase == "start":
            searches.append(phase)

    gc.collect()
    gc.callbacks.append(note)
    try:
        map_bytes(case, ".pdf")
    finally:
        gc.callbacks.remove(note)
    assert len(searches) <= 1, "the one that the end of the work may bring"
    assert gc.isenabled()


def test_only_text_that_ends_or_is_centred_somewhere_is_measured() -> None:
    case = letter()
    map_bytes(case, ".pdf")
    labels = [one for one in map_drawing(case, verdicts(case)).shapes if isinstance(one, Label)]
    placed = [one for one in labels if one.struck or one.align is not Align.START]
    assert 0 < calls_in(lambda: map_bytes(case, ".pdf"), "width") < len(placed) + len(labels) / 4


def test_what_is_alike_on_a_map_is_set_once() -> None:
    case = generate(400)
    drawing = map_drawing(case, verdicts(case))
    labels = [one for one in drawing.shapes if isinstance(one, Label)]
    boxes = [one for one in drawing.shapes if isinstance(one, Box)]
    lines = [one for one in drawing.shapes if isinstance(one, Line)]

    set_texts = calls_in(lambda: map_bytes(case, ".pdf"), "shown")
    set_paths = calls_in(lambda: map_bytes(case, ".pdf"), "path")

    assert set_texts == len({one[2:] for one in labels}) < len(labels)
    assert set_paths < 2 * len(lines) + 3 * len({one[2:] for one in boxes})


def test_a_large_map_is_compressed_and_says_the_number_of_every_claim() -> None:
    case = generate(1000)

    data = map_bytes(case, ".pdf")
    page = pypdfium2.PdfDocument(data)[0]
    words = set(page.get_textpage().get_text_range().split())

    numbers = {claim.number for claim in case.sorted(Claim)}
    assert len(numbers) > 400 and numbers <= words
    assert failures(data, "ua1") == []
    assert len(data) < 500_000, "written out, it has more than 2 MB"
