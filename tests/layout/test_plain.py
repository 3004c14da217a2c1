"""Lines routed all at once run as they do when each is routed alone."""

from random import Random

import pytest

from evidencemap.layout.cards import nodes_of
from evidencemap.layout.direction import Direction
from evidencemap.layout.geometry import Geometry, finder, geometry, positions_of
from evidencemap.layout.meetings import Cards, Edges, columns_of
from evidencemap.layout.paths import Box
from evidencemap.layout.routes import Router, StepRoute
from evidencemap.model.case import Case
from evidencemap.model.entities import Step
from evidencemap.model.records import Id
from tests.benchmarks.brief_speed import claims_alone
from tests.benchmarks.generate import generate


def one_by_one(case: Case, drawn: Geometry, direction: Direction) -> dict[Id, StepRoute]:
    router = Router(case, drawn.boxes.get, finder(list(drawn.boxes.values())), None, direction)
    routes = {step.id: router.step(step.id) for step in case.sorted(Step)}
    return {step: route for step, route in routes.items() if route is not None}


@pytest.mark.parametrize("direction", list(Direction))
def test_every_line_of_a_map_runs_as_if_it_were_routed_alone(direction: Direction) -> None:
    for case in (claims_alone(400), generate(300)):
        drawn = geometry(case, positions_of(case, direction), direction=direction)

        alone = one_by_one(case, drawn, direction)

        assert drawn.steps == alone
        forms = {len(route.label.rows) for route in alone.values() if route.label is not None}
        round_cards = [route for route in alone.values() if len(route.branches[0]) > 4]
        assert forms >= {1, 2}
        assert len(round_cards) >= 5


@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize("room", [900, 3000, 20_000])
def test_lines_between_cards_that_lie_anywhere_run_as_if_routed_alone(
    room: int, direction: Direction
) -> None:
    draw = Random(room)
    case = claims_alone(300)
    places = {node.id: (draw.uniform(-room, room), draw.uniform(-room, room)) for node in nodes_of(case)}

    drawn = geometry(case, places, direction=direction)

    assert drawn.steps == one_by_one(case, drawn, direction)
    assert len(drawn.steps) == len(case.of(Step))


def test_a_part_of_a_map_is_routed_without_what_is_not_shown() -> None:
    case = claims_alone(200)
    shown = {node: at for place, (node, at) in enumerate(positions_of(case).items()) if place % 3}

    drawn = geometry(case, shown)

    assert drawn.steps == one_by_one(case, drawn, Direction.RIGHT)
    assert 0 < len(drawn.steps) < len(case.of(Step))
    assert geometry(case, {}).steps == {}


def test_cards_asked_for_all_at_once_are_those_that_meet_each_area() -> None:
    draw = Random(7)
    for count in (0, 1, 30, 500):
        boxes, areas = boxes_of(draw, count, 1500), boxes_of(draw, 80, 2600)

        cards = Cards.sorted(boxes)
        x, y, width, height = columns_of(areas)
        which, places = cards.met(Edges(x, y, x + width, y + height))

        met = set(zip(which.tolist(), cards.order[places].tolist(), strict=True))
        assert met == {
            (at, of) for at, area in enumerate(areas) for of, box in enumerate(boxes) if box.meets(area)
        }


def boxes_of(draw: Random, count: int, room: float) -> list[Box]:
    return [
        Box(draw.uniform(-room, room), draw.uniform(-room, room), draw.uniform(0, 300), draw.uniform(0, 90))
        for _ in range(count)
    ]
