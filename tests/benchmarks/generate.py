"""The one generator of cases for benchmarks and properties: seeded, of any size, with text of real length.

Of the nodes 10 % are sources, 30 % evidence and 60 % claims; 1.45 steps a node, with warrants and
undercutters and small circles; 15 % of the links beyond each claim's first go anywhere.
"""

from dataclasses import dataclass, field, replace
from functools import cache
from random import Random
from typing import Any

from evidencemap.model.case import Case, case_of, letter_of
from evidencemap.model.entities import Claim, Entity, Evidence, Header, Quantity, Request, Source, Step
from evidencemap.model.records import Id, listed_id
from evidencemap.model.words import (
    ClaimKind,
    EvidenceKind,
    EvidenceState,
    Grade,
    Obtainable,
    Reliability,
    RequestState,
    SourceKind,
)

STEPS_A_NODE = 1.45
GLOBAL_LINKS = 0.15
_NEAR = 40
_CASE = Id("7d3e2f0a-5b61-4c0e-9b7e-3f6a1c2d4e5f")

_PROSE = (
    "the accounts were opened within six weeks and routed through a reseller that neither party has named "
    "while records of traffic held by the provider show a rise in volume after the model was released and "
    "an auditor who saw part of the logs could not tie them to one operator because the method rests on "
    "timing patterns whose error rate was never published although two outlets repeated the figure from "
    "the same letter without asking how it had been counted or what share of all exchanges it made up"
)
_WORDS = _PROSE.split()


def generate(nodes: int, seed: int = 1, *, extras: bool = False) -> Case:
    """Return a case of so many sources, items and claims; the same for the same arguments.

    `extras` adds what is beyond the promised mix: a request for every hundredth node and a
    quantity for every fiftieth.
    """
    made = _Made(random=Random(seed))
    sources = [_source(made) for _ in range(max(1, nodes // 10))]
    items: list[Id] = []
    for _ in range(max(1, nodes * 3 // 10)):
        items.append(_evidence(made, sources, items))
    claims = [_claim(made, sources) for _ in range(max(2, nodes - len(sources) - len(items)))]
    asks = [each for each in claims if made.kinds[each] is ClaimKind.ASK]
    _let_some_gain(made, sources, asks)
    _steps(made, items, claims, round(STEPS_A_NODE * nodes))
    if extras:
        for _ in range(nodes // 100):
            _request(made, claims)
        for _ in range(nodes // 50):
            _quantity(made, claims)
    return case_of([Header(id=_CASE, title=f"Generated case of {nodes} nodes"), *made.entities.values()])


@cache
def generated(nodes: int) -> Case:
    """Return the generated case of so many nodes that all benchmarks of one run share."""
    return generate(nodes)


@dataclass(slots=True)
class _Made:
    random: Random
    entities: dict[Id, Entity] = field(default_factory=dict)
    given: dict[str, int] = field(default_factory=dict)
    kinds: dict[Id, ClaimKind] = field(default_factory=dict)

    def add(self, what: type[Any], letter: str, **fields: Any) -> Id:
        self.given[letter] = self.given.get(letter, 0) + 1
        number = f"{letter}{self.given[letter]}"
        made = what(id=listed_id(_CASE, number), number=number, **fields)
        self.entities[made.id] = made
        return Id(made.id)

    def text(self, shortest: int, longest: int) -> str:
        length = self.random.randint(shortest, longest)
        start = self.random.randrange(len(_WORDS))
        words: list[str] = []
        size = 0
        while size < length:
            word = _WORDS[(start + len(words) * (1 + start % 7)) % len(_WORDS)]
            words.append(word)
            size += len(word) + 1
        return " ".join(words).capitalize()


def _source(made: _Made) -> Id:
    random = made.random
    knows = random.choice([None, (ClaimKind.VOLUME, ClaimKind.EXISTENCE), (), tuple(ClaimKind)])
    return made.add(
        Source,
        "S",
        name=made.text(8, 40),
        kind=random.choice(list(SourceKind)),
        reliability=random.choices(list(Reliability), (25, 35, 20, 8, 4, 8))[0],
        knows=knows,
    )


def _evidence(made: _Made, sources: list[Id], items: list[Id]) -> Id:
    random = made.random
    at = len(items) * len(sources) // max(1, 3 * len(sources))
    near = sources[max(0, at - 5) : at + 5] or sources
    from_many = random.random() < 0.08 and len(near) > 1
    copied = (items[-random.randint(1, min(len(items), 20))],) if items and random.random() < 0.15 else ()
    return made.add(
        Evidence,
        "E",
        text=made.text(50, 180),
        sources=() if random.random() < 0.04 else tuple(random.sample(near, 2 if from_many else 1)),
        copied_from=copied,
        credibility=random.choices(range(1, 7), (25, 35, 18, 8, 4, 10))[0],
        kind=random.choice(list(EvidenceKind)[:4]),
        state=random.choices(list(EvidenceState), (82, 16, 2))[0],
        audited=random.random() < 0.2,
        quote=made.text(30, 90) if random.random() < 0.5 else "",
    )


def _claim(made: _Made, sources: list[Id]) -> Id:
    random = made.random
    chance = random.random()
    if chance < 0.04:
        kind = ClaimKind.ASSUMPTION
    elif chance < 0.09:
        kind = ClaimKind.METHOD
    elif chance < 0.12:
        kind = ClaimKind.ASK
    else:
        kind = random.choice(list(ClaimKind)[:11])
    claim = made.add(
        Claim,
        letter_of(Claim, kind),
        text=made.text(40, 150),
        kind=kind,
        stated=random.choice(list(Grade)),
        stated_by=(random.choice(sources),),
        stake=random.randint(1, 5) if kind is ClaimKind.ASK else None,
        disclosed=random.random() < 0.5 if kind is ClaimKind.METHOD else None,
    )
    made.kinds[claim] = kind
    return claim


def _let_some_gain(made: _Made, sources: list[Id], asks: list[Id]) -> None:
    for source in sources:
        if asks and made.random.random() < 0.1:
            held: Any = made.entities[source]
            made.entities[source] = replace(held, gains_from=(made.random.choice(asks),))


def _steps(made: _Made, items: list[Id], claims: list[Id], wanted: int) -> None:
    random = made.random
    for place in range(len(claims)):
        _step(made, items, claims, place, anywhere=False)
    for _ in range(wanted - len(claims)):
        place = random.randrange(len(claims))
        _step(made, items, claims, place, anywhere=random.random() < GLOBAL_LINKS)


def _step(made: _Made, items: list[Id], claims: list[Id], place: int, *, anywhere: bool) -> None:
    random = made.random
    target = claims[place]
    turned_back = random.random() < 0.01
    grounds: list[Id] = []
    for _ in range(random.choices((1, 2, 3), (62, 28, 10))[0]):
        from_items = place == 0 or random.random() < 0.55
        chosen = (
            _item(random, items, len(claims), place, anywhere)
            if from_items and not turned_back
            else _other(random, claims, place, anywhere=anywhere, ahead=turned_back)
        )
        if chosen != target and chosen not in grounds:
            grounds.append(chosen)
    if not grounds:
        grounds = [random.choice(items)]
    con = random.random() < 0.07
    of_items = all(each not in made.kinds for each in grounds)
    scheme = _scheme(random, made.kinds[target], of_items=of_items, grounds=len(grounds))
    warrant = None
    if scheme in ("sign", "attribution", "effect", "testimony", "mechanism") and random.random() < 0.8:
        warrant = _other(random, claims, place, anywhere=anywhere, ahead=False)
        if random.random() < 0.4 or warrant == target:
            warrant = _item(random, items, len(claims), place, anywhere)
    under: tuple[Id, ...] = ()
    if random.random() < 0.03:
        by = _other(random, claims, place, anywhere=anywhere, ahead=False)
        under = (by,) if by != target else ()
    made.add(
        Step,
        "P",
        premises=tuple(grounds),
        conclusion=target,
        scheme=scheme,
        warrant=warrant,
        con=con,
        undercut_by=under,
    )


def _scheme(random: Random, kind: ClaimKind, *, of_items: bool, grounds: int) -> str:
    if kind is ClaimKind.ASK:
        return "practical"
    if kind is ClaimKind.COMPARISON and grounds >= 2:
        return "comparison"
    if kind is ClaimKind.MAGNITUDE:
        return "magnitude"
    if of_items:
        return random.choices(("record", "testimony", "sign"), (70, 15, 15))[0]
    if kind in (ClaimKind.ATTRIBUTION, ClaimKind.EFFECT):
        return kind.value
    return random.choices(("definition", "sign", "mechanism"), (45, 50, 5))[0]


def _item(random: Random, items: list[Id], claims: int, place: int, anywhere: bool) -> Id:
    if anywhere:
        return random.choice(items)
    at = place * len(items) // claims
    return items[random.randrange(max(0, at - _NEAR // 4), min(len(items), at + _NEAR // 4 + 1))]


def _other(random: Random, claims: list[Id], place: int, *, anywhere: bool, ahead: bool) -> Id:
    if ahead:
        return claims[min(len(claims) - 1, place + random.randint(1, 6))]
    if place == 0:
        return claims[0]
    if anywhere:
        return claims[random.randrange(place)]
    return claims[random.randrange(max(0, place - _NEAR), place)]


def _request(made: _Made, claims: list[Id]) -> None:
    random = made.random
    made.add(
        Request,
        "R",
        text=made.text(40, 120),
        settles=(random.choice(claims),),
        hope=random.choice(list(Grade)[2:]),
        obtainable=random.choice(list(Obtainable)),
        state=random.choice(list(RequestState)[:3]),
    )


def _quantity(made: _Made, claims: list[Id]) -> None:
    random = made.random
    methods = [each for each, kind in made.kinds.items() if kind is ClaimKind.METHOD][:50]
    made.add(
        Quantity,
        "N",
        value=str(random.randint(10, 10_000_000)),
        unit=random.choice(("exchanges", "accounts", "calls")),
        method=random.choice(methods) if methods and random.random() < 0.7 else None,
        stated_in=(random.choice(claims),),
    )
