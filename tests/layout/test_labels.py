"""Where labels stand: the first free place along their line."""

from random import Random

from evidencemap.layout.geometry import finder
from evidencemap.layout.labels import APART, Labels, Search
from evidencemap.layout.paths import Box, Point, evenly, samples
from evidencemap.model.records import Id

LINE: tuple[Point, ...] = ((0.0, 0.0), (140.0, 0.0), (300.0, 260.0), (440.0, 260.0))
MIDDLE: Point = (400.0, 258.0)


def boxes_of(draw: Random, count: int, room: float) -> list[Box]:
    return [
        Box(
            x=draw.uniform(-room, room),
            y=draw.uniform(-room, room),
            width=draw.uniform(0, 300),
            height=draw.uniform(0, 90),
        )
        for _ in range(count)
    ]


def test_a_finder_names_what_meets_an_area_in_order() -> None:
    draw = Random(3)
    for count in (0, 1, 40, 400):
        boxes = boxes_of(draw, count, 1500)
        near = finder(boxes)
        for area in [*boxes_of(draw, 60, 2500), Box(x=-9e6, y=-9e6, width=18e6, height=18e6)]:
            assert near(area) == [box for box in boxes if box.meets(area)]


def test_a_label_takes_the_first_place_that_keeps_clear_of_cards_and_labels() -> None:
    draw = Random(5)
    places = evenly(samples(LINE), 41)[4:37]
    places.sort(key=lambda at: abs(at[0] - MIDDLE[0]) + abs(at[1] - MIDDLE[1]))
    found = set()
    for count in range(60):
        cards, labels, known = boxes_of(draw, count, 500), boxes_of(draw, 4, 500), Labels()
        for at, box in enumerate(labels):
            known.put(Id(f"other {at}"), box)
        known.put(Id("own"), Box(x=-500, y=-500, width=1500, height=1500))
        search = Search(Id("own"), LINE, MIDDLE, finder(cards), known, reach=60.0)
        for margin in (8.0, 1.0):
            boxes = [Box(x=x - 40, y=y - 11, width=80, height=22) for x, y in (MIDDLE, *places)]
            apart = [box for box in boxes if not any(box.meets(label, APART) for label in labels)]
            free = [box for box in apart if not any(box.meets(card, margin) for card in cards)]
            assert search.free(80, 22, margin) == (free[0] if free else None)
            found.add(len(free))
    assert 0 in found and 34 in found


def test_a_search_in_vain_asks_what_lies_about_its_line_once() -> None:
    asked: list[Box] = []

    def near(area: Box) -> list[Box]:
        asked.append(area)
        return [Box(x=-500, y=-500, width=1500, height=1500)]

    search = Search(Id("own"), LINE, MIDDLE, near, Labels(), reach=60.0)
    assert search.free(80, 22, 8.0) is None
    first = len(asked)
    assert search.free(20, 20, 1.0) is None
    assert (first, len(asked) - first) == (7, 1), "six parts of the line and its middle, then its middle"
