"""Labels keep off the lines of other steps where there is room along their own."""

from random import Random

import pytest

from evidencemap.analysis.judged import StepStatus
from evidencemap.analysis.verdicts import verdicts
from evidencemap.exchange.listing import read_listing
from evidencemap.layout.direction import Direction
from evidencemap.layout.geometry import Geometry, finder, geometry
from evidencemap.layout.labels import Labels, Search
from evidencemap.layout.paths import Box, Point, evenly, samples
from evidencemap.layout.strokes import CELL, Strokes
from evidencemap.model.case import Case
from evidencemap.model.entities import Step
from evidencemap.model.records import Id
from evidencemap.resources import resource
from tests.benchmarks.generate import generate

OWN, ONE, OTHER = Id("own"), Id("one"), Id("other")
LEVEL: tuple[Point, ...] = ((0.0, 0.0), (200.0, 0.0), (400.0, 0.0), (600.0, 0.0))


def drawn(case: Case, direction: Direction) -> Geometry:
    steps = verdicts(case).steps
    return geometry(
        case, None, lambda step: steps[step].status is StepStatus.UNSUPPORTED, direction=direction
    )


def lines_under_labels(held: Geometry) -> list[tuple[Id, Id]]:
    """Return each step with each other step whose line passes under its label."""
    lines = [
        (step, evenly(samples(curve), 400))
        for step, route in held.steps.items()
        for curve in (*route.branches, route.trunk)
    ]
    found = {
        (step, other)
        for step, route in held.steps.items()
        if route.label is not None
        for other, line in lines
        if other != step and any(route.label.box.holds(at) for at in line)
    }
    return sorted(found)


def upright(x: float) -> tuple[Point, ...]:
    return ((x, -300.0), (x, -100.0), (x, 100.0), (x, 300.0))


@pytest.mark.parametrize(("direction", "most"), [(Direction.RIGHT, 4), (Direction.UP, 2)])
def test_few_lines_pass_under_the_labels_of_the_founding_case(direction: Direction, most: int) -> None:
    letter = read_listing(resource("cases", "letter.yaml"))

    held = drawn(letter, direction)

    assert len([route for route in held.steps.values() if route.label is not None]) == 5
    assert len(lines_under_labels(held)) <= most


def test_upwards_no_line_passes_under_the_label_of_the_step_from_c1_to_c2() -> None:
    letter = read_listing(resource("cases", "letter.yaml"))
    (step,) = [
        each
        for each in letter.sorted(Step)
        if [letter.number(one) for one in (*each.premises, each.conclusion)] == ["C1", "C2"]
    ]

    under = [
        other for labelled, other in lines_under_labels(drawn(letter, Direction.UP)) if labelled == step.id
    ]

    assert under == []


@pytest.mark.parametrize("direction", list(Direction))
def test_under_a_label_of_a_dense_map_two_lines_pass_at_the_most_on_average(direction: Direction) -> None:
    case = generate(120)
    assert len(case.of(Step)) <= 200

    held = drawn(case, direction)

    labels = sum(route.label is not None for route in held.steps.values())
    assert labels >= 10
    assert len(lines_under_labels(held)) <= 2 * labels


def test_a_label_goes_along_its_line_to_where_no_other_passes() -> None:
    strokes = Strokes()
    strokes.put(ONE, [upright(300.0)])
    strokes.put(OWN, [LEVEL])

    free = Search(OWN, LEVEL, (300.0, 0.0), finder([]), Labels(), 80.0, strokes).free(80.0, 22.0, 8.0)

    assert free is not None
    assert not free.holds((300.0, 0.0), CELL / 2)
    assert abs(free.center[0] - 300.0) < 80.0


def test_a_label_with_no_such_place_takes_the_one_under_which_the_fewest_lines_pass() -> None:
    strokes = Strokes()
    for at in range(12):
        strokes.put(Id(f"one {at}"), [upright(50.0 * at)])
        if at < 8:
            strokes.put(Id(f"other {at}"), [upright(50.0 * at)])

    free = Search(OWN, LEVEL, (300.0, 0.0), finder([]), Labels(), 80.0, strokes).free(80.0, 22.0, 8.0)

    assert free is not None
    assert 350.0 < free.x < 400.0


def test_a_line_passes_under_a_box_where_it_comes_nearer_than_a_cell() -> None:
    draw, met = Random(4), set()
    for _ in range(300):
        line = tuple((draw.uniform(-300, 300), draw.uniform(-300, 300)) for _ in range(7))
        box = Box(draw.uniform(-300, 300), draw.uniform(-300, 300), draw.uniform(5, 90), draw.uniform(5, 40))
        strokes = Strokes()
        strokes.put(ONE, [line])
        strokes.put(OTHER, [line])

        under = strokes.under(box, OWN)

        points = evenly(samples(line), 800)
        inside = any(box.holds(at, -2.0) for at in points)
        near = any(box.holds(at, CELL + 2.0) for at in points)
        assert under in (0, 2)
        assert bool(under) or not inside
        assert near or not under
        assert strokes.under(box, OTHER) == under / 2
        strokes.drop(ONE)
        assert strokes.under(box, OTHER) == 0
        met.add(under)
    assert met == {0, 2}
