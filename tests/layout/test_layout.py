"""What a person may count on when the map lays itself out."""

from collections.abc import Mapping
from itertools import combinations
from math import dist

import pytest

from evidencemap.exchange.listing import read_listing
from evidencemap.layout.cards import card, nodes_of, sizes
from evidencemap.layout.direction import Direction
from evidencemap.layout.geometry import geometry, positions_of
from evidencemap.layout.metrics import width, wrapped
from evidencemap.layout.paths import Box, evenly, samples
from evidencemap.layout.relations import hosts
from evidencemap.layout.tidy import tidy
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Quantity, Step
from evidencemap.model.records import Id
from evidencemap.model.verbs import add, connect, place
from evidencemap.resources import resource
from tests.benchmarks.generate import generate

Points = Mapping[Id, tuple[float, float]]


@pytest.fixture
def letter() -> Case:
    return read_listing(resource("cases", "letter.yaml"))


def overlaps(case: Case, places: Points) -> list[tuple[Id, Id]]:
    size = sizes(nodes_of(case))
    boxes = sorted((x, y, x + size[node][0], y + size[node][1], node) for node, (x, y) in places.items())
    found = []
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            if other[0] >= one[2]:
                break
            if other[1] < one[3] and one[1] < other[3]:
                found.append((one[4], other[4]))
    return found


def aspect(case: Case, places: Points) -> float:
    size = sizes(nodes_of(case))
    wide = max(x + size[n][0] for n, (x, _) in places.items()) - min(x for x, _ in places.values())
    high = max(y + size[n][1] for n, (_, y) in places.items()) - min(y for _, y in places.values())
    return wide / high


@pytest.mark.parametrize("nodes", [40, 100, 300, 1000])
def test_no_card_lies_on_another_and_the_whole_fits_a_page(nodes: int) -> None:
    case = generate(nodes)

    places = tidy(case)

    assert len(places) == len(nodes_of(case))
    assert overlaps(case, places) == []
    assert 0.5 <= aspect(case, places) <= 2.0


def test_the_check_for_overlaps_sees_two_cards_put_on_each_other(letter: Case) -> None:
    places = tidy(letter)
    one, other = list(places)[:2]

    spoiled = {**places, one: places[other]}

    assert overlaps(letter, spoiled) != []


def test_steps_of_the_founding_case_run_from_left_to_right(letter: Case) -> None:
    places = tidy(letter)

    backwards = [
        step.number
        for step in letter.sorted(Step)
        for premise in step.premises
        if places[premise][0] >= places[step.conclusion][0]
    ]

    assert backwards == []


def test_steps_of_a_map_that_runs_upwards_lead_from_below(letter: Case) -> None:
    places = tidy(letter, direction=Direction.UP)

    downwards = [
        step.number
        for step in letter.sorted(Step)
        for premise in step.premises
        if places[premise][1] <= places[step.conclusion][1]
    ]

    assert downwards == []
    assert overlaps(letter, places) == []


@pytest.mark.parametrize("nodes", [100, 600])
def test_a_map_that_runs_upwards_fits_a_page_too(nodes: int) -> None:
    case = generate(nodes, extras=True)

    places = tidy(case, direction=Direction.UP)

    assert overlaps(case, places) == []
    assert 0.5 <= aspect(case, places) <= 2.0


def test_numbers_hang_under_what_states_them_and_beside_it_where_lines_come_from_below(letter: Case) -> None:
    size = sizes(nodes_of(letter))
    hung = hosts(letter)
    right, up = (tidy(letter, direction=direction) for direction in (Direction.RIGHT, Direction.UP))

    under = [right[number][1] - right[host][1] - size[host][1] for number, host in hung.items()]
    beside = [up[number][0] - up[host][0] - size[host][0] for number, host in hung.items()]
    down = [up[number][1] - up[host][1] for number, host in hung.items()]

    assert len(hung) >= 3
    assert min(under) > 0 and max(under) < 80
    assert min(beside) > 0 and max(beside) < 10
    assert min(down) >= 0 and max(down) < 80


def test_a_number_added_to_a_map_that_runs_upwards_stands_beside_what_states_it(letter: Case) -> None:
    placed = letter.after(place(letter, tidy(letter, direction=Direction.UP), pinned=False))
    host = next(claim for claim in letter.sorted(Claim) if claim.id not in set(hosts(letter).values()))
    edit = add(placed, Quantity, value="7", unit="accounts", stated_in=(host.id,))
    case = placed.after(edit)

    places = positions_of(case, Direction.UP)

    new = next(number for number in case.of(Quantity) if number not in letter.of(Quantity))
    assert places[new][0] >= places[host.id][0] + sizes([host])[host.id][0]
    assert overlaps(case, places) == []


@pytest.mark.parametrize("direction", list(Direction))
def test_no_line_of_the_founding_case_runs_through_a_card_and_labels_stand_on_their_lines(
    letter: Case, direction: Direction
) -> None:
    drawn = geometry(letter, tidy(letter, direction=direction), direction=direction)

    crossed, astray = [], []
    for route in drawn.steps.values():
        for part in (*route.branches, route.trunk):
            places = samples(part)
            crossed += [box for box in drawn.boxes.values() if any(box.holds(at, -2) for at in places)]
        if route.label is not None:
            line = evenly(samples((*route.branches[0], *route.trunk[1:])), 200)
            middle = route.label.box.center
            astray += [route.id] if min(dist(middle, at) for at in line) > 5 else []

    assert crossed == []
    assert astray == []


def test_lines_from_below_reach_their_card_without_going_round_its_numbers(letter: Case) -> None:
    drawn = geometry(letter, tidy(letter, direction=Direction.UP), direction=Direction.UP)

    stating = set(hosts(letter).values())
    into = [route for route in drawn.steps.values() if route.conclusion in stating]
    around = [route for route in into if len(route.trunk) > 4 or len(route.branches[0]) > 4]

    assert len(into) >= 2
    assert around == []


def test_a_tidy_says_how_far_it_is_and_ends_where_it_is_told_to() -> None:
    case, heard = generate(600), list[float]()

    tidy(case, progress=heard.append)

    assert heard == sorted(heard)
    assert len(heard) > 20
    assert 0 <= heard[0] < 0.05
    assert 0.9 < heard[-1] < 1
    with pytest.raises(InterruptedError):
        tidy(case, progress=stop)


def stop(share: float) -> None:
    if share > 0.5:
        raise InterruptedError


@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize("nodes", [0, 150, 400])
def test_a_label_never_lies_on_a_card_or_on_another_label(
    letter: Case, nodes: int, direction: Direction
) -> None:
    case = generate(nodes) if nodes else letter
    drawn = geometry(case, tidy(case, direction=direction), direction=direction)

    labels = [route.label.box for route in drawn.steps.values() if route.label is not None]

    assert len(labels) >= 5
    assert [box for box in labels for card_box in drawn.boxes.values() if box.meets(card_box)] == []
    assert [pair for pair in combinations(labels, 2) if pair[0].meets(pair[1])] == []


def test_joint_premises_meet_in_one_handle(letter: Case) -> None:
    joint = next(step for step in letter.sorted(Step) if len(step.premises) > 1)

    route = geometry(letter).steps[joint.id]

    assert len(route.branches) == len(joint.premises)
    assert {branch[-1] for branch in route.branches} == {route.handle}
    assert route.trunk[0] == route.handle


def test_what_a_person_placed_stays_where_it_is_when_the_map_is_tidied(letter: Case) -> None:
    pinned = {letter.sorted(Claim)[0].id: (5000.25, -333.5), letter.sorted(Claim)[3].id: (40.0, 40.0)}

    places = tidy(letter, keep=pinned)

    assert {node: places[node] for node in pinned} == pinned
    assert overlaps(letter, places) == []


def test_an_added_claim_moves_nothing_that_was_there(letter: Case) -> None:
    before = letter.after(place(letter, tidy(letter), pinned=False))
    claims = before.sorted(Claim)
    added = before.after(add(before, Claim, text="Somebody else used the same proxies"))
    new = next(claim.id for claim in added.sorted(Claim) if claim.id not in before)
    after = added.after(connect(added, [claims[0].id], new))

    places, then = positions_of(before), positions_of(after)

    assert {node: then[node] for node in places} == places
    assert overlaps(after, then) == []


def test_the_same_case_is_laid_out_the_same_each_time(letter: Case) -> None:
    assert tidy(letter) == tidy(read_listing(resource("cases", "letter.yaml")))


def test_sizes_made_all_at_once_are_those_of_the_cards(letter: Case) -> None:
    size = sizes(nodes_of(letter))

    made = {node.id: card(letter, node) for node in nodes_of(letter)}

    assert size == {node: (held.width, held.height) for node, held in made.items()}
    assert letter.of(Quantity)


@pytest.mark.parametrize(
    "text", ["", "a", "word " * 60, "W" * 300, "名前 " * 40, "no\u00adbreak\u200bhere " * 9]
)
def test_every_line_of_a_text_fits_its_room(text: str) -> None:
    lines = wrapped(text, 150.0, 13.0, lines=4)

    assert 1 <= len(lines) <= 4
    assert all(width(line, 13.0) <= 150.5 for line in lines)


def test_a_box_knows_what_it_meets() -> None:
    box = Box(x=0, y=0, width=10, height=10)

    assert box.meets(Box(x=9, y=9, width=5, height=5))
    assert not box.meets(Box(x=11, y=0, width=5, height=5))
    assert box.meets(Box(x=11, y=0, width=5, height=5), margin=2)
