"""The chain that leads to a claim: no box hides another, no line runs through a word, every step is drawn."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, pairwise

import pytest

from evidencemap.analysis.verdicts import verdicts
from evidencemap.brief.basis import Basis
from evidencemap.brief.chain import SMALLEST, ChainBox, ChainStep, chain, fits
from evidencemap.brief.drawing import Box, BoxForm, Drawing, Label, Line, State, moved
from evidencemap.brief.outline import Figure
from evidencemap.brief.sections.figures import DEEPEST, what_leads_to, where_the_chain_breaks
from evidencemap.layout.metrics import Face, width
from evidencemap.layout.paths import samples
from evidencemap.model.entities import Claim
from tests.benchmarks.generate import generate
from tests.brief.founding import DAY, told

ROOM = 466.0


def large(nodes: int, seed: int) -> Basis:
    """Return a generated case, without the findings, of which a chain tells nothing."""
    case = generate(nodes, seed=seed, extras=True)
    return Basis(case=case, verdicts=verdicts(case), findings=(), today=DAY)


def boxes_of(drawing: Drawing) -> list[Box]:
    """Return the boxes of a drawing, the points where premises meet apart."""
    return [each for each in drawing.shapes if isinstance(each, Box) and each.width > 6]


def area(label: Label) -> tuple[float, float, float, float]:
    """Return the left, top, right and bottom of a label that stands on a line."""
    wide = width(label.text, label.size, Face.BOLD) + (8.0 if label.icon else 0.0)
    return label.x - wide / 2, label.y - label.size * 0.7, label.x + wide / 2, label.y


def hidden(drawing: Drawing) -> list[tuple[Box, Box]]:
    """Return the boxes that lie over each other."""
    return [
        (one, other)
        for one, other in combinations(boxes_of(drawing), 2)
        if one.x < other.x + other.width - 0.5
        and other.x < one.x + one.width - 0.5
        and one.y < other.y + other.height - 0.5
        and other.y < one.y + one.height - 0.5
    ]


def struck(drawing: Drawing) -> list[Label]:
    """Return the labels that stand on lines and that a line runs through."""
    said = [each for each in drawing.shapes if isinstance(each, Label) and each.align.value == "centre"]
    lines = [each for each in drawing.shapes if isinstance(each, Line)]
    found = []
    for label in said:
        left, top, right, bottom = area(label)
        for line in lines:
            flat = samples(line.points, 40) if line.curved else _filled(line.points)
            if any(left < x < right and top < y < bottom for x, y in flat):
                found.append(label)
                break
    return found


def outside(drawing: Drawing) -> list[Box]:
    """Return the boxes that reach over the edge of a drawing."""
    return [
        box
        for box in boxes_of(drawing)
        if min(box.x, box.y) < -0.01
        or box.x + box.width > drawing.width + 0.01
        or box.y + box.height > drawing.height + 0.01
    ]


def _filled(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    return [
        (one[0] + (two[0] - one[0]) * at / 40, one[1] + (two[1] - one[1]) * at / 40)
        for one, two in pairwise(points)
        for at in range(41)
    ]


def figures(read: Basis) -> list[Figure]:
    """Return the figure of a memo and the one of every claim."""
    made = [block for block in where_the_chain_breaks(read, read.focus()) if isinstance(block, Figure)]
    each = (what_leads_to(read, claim, ROOM) for claim in read.case.sorted(Claim))
    return [*made, *(figure for figure in each if figure is not None)]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_box_hides_another_and_no_line_runs_through_a_word(seed: int) -> None:
    read = large(60, seed)

    drawings = [figure.drawing for figure in figures(read)]

    assert len(drawings) > 20
    assert [hidden(each) for each in drawings] == [[] for _ in drawings]
    assert sum(len(struck(each)) for each in drawings) == 0
    assert sum(len(outside(each)) for each in drawings) == 0


def test_a_box_over_another_and_a_line_through_a_word_would_be_seen() -> None:
    drawing = figures(told())[0].drawing
    label = next(each for each in drawing.shapes if isinstance(each, Label) and each.align.value == "centre")
    first = boxes_of(drawing)[0]

    over = moved(first, 5, 0)
    through = Line(points=((label.x - 20, label.y - 2), (label.x + 20, label.y - 2)))
    broken = replace(drawing, shapes=(*drawing.shapes, over, through), width=100.0)

    assert hidden(drawing) == [] == struck(drawing)
    assert outside(drawing) == []
    assert outside(broken) != []
    assert (first, over) in hidden(broken)
    assert label in struck(broken)


def test_a_claim_that_rests_on_others_is_never_drawn_without_a_line() -> None:
    read = large(60, 3)

    for claim in read.case.sorted(Claim):
        figure = what_leads_to(read, claim, ROOM)
        lines = [each for each in figure.drawing.shapes if isinstance(each, Line)] if figure else []

        assert bool(figure) == bool(read.steps_to(claim.id))
        assert not figure or lines


def test_a_case_without_a_headline_shows_one_claim_and_what_leads_to_it() -> None:
    read = large(1_000, 1)

    figure = next(each for each in where_the_chain_breaks(read, read.focus()) if isinstance(each, Figure))

    assert any(isinstance(each, Line) for each in figure.drawing.shapes)


def test_claims_that_lean_on_each_other_are_drawn_with_a_line_back() -> None:
    boxes = tuple(ChainBox(key=key, title=key, under="circular", state=State.CIRCULAR) for key in "AB")
    round_trip = (
        ChainStep(premises=("A",), conclusion="B", state=State.CIRCULAR, label="circular"),
        ChainStep(premises=("B",), conclusion="A", state=State.CIRCULAR, label="circular"),
    )

    drawing = chain(boxes, round_trip, ROOM)

    lines = [each for each in drawing.shapes if isinstance(each, Line)]
    assert len(lines) == 2
    assert all(0 <= y <= drawing.height for line in lines for _x, y in line.points)
    assert hidden(drawing) == [] == struck(drawing)


def test_a_chain_tells_where_its_words_have_no_room() -> None:
    boxes = tuple(ChainBox(key=str(at), title=f"C{at} Superlative", under="x") for at in range(6))
    steps = tuple(
        ChainStep(premises=(str(at),), conclusion=str(at + 1), state=State.CARRIES) for at in range(5)
    )

    assert fits(boxes, steps, 800.0)
    assert not fits(boxes, steps, 300.0)


def test_nothing_in_a_chain_is_set_smaller_than_seven_points() -> None:
    labels = [each for figure in figures(told()) for each in figure.drawing.shapes if isinstance(each, Label)]

    assert min(label.size for label in labels) >= SMALLEST == 7.0


def test_what_would_settle_two_steps_is_drawn_once() -> None:
    boxes = tuple(ChainBox(key=key, title=key, under="unsupported") for key in "ABC")
    steps = tuple(
        ChainStep(premises=("A",), conclusion=key, state=State.UNSUPPORTED, requests=("The method",))
        for key in "BC"
    )

    drawing = chain(boxes, steps, ROOM)

    brackets = [each for each in drawing.shapes if isinstance(each, Box) and each.form is BoxForm.BRACKET]
    assert len(brackets) == 1


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_figure_of_a_memo_leaves_room_for_what_else_it_says(seed: int) -> None:
    read = large(60, seed)

    blocks = where_the_chain_breaks(read, read.focus())
    heights = [block.drawing.height for block in blocks if isinstance(block, Figure)]
    higher = [what_leads_to(read, claim, ROOM) for claim in read.case.sorted(Claim)]

    assert len(heights) == 1 and heights[0] <= DEEPEST
    assert any(each is not None and each.drawing.height > DEEPEST for each in higher)
