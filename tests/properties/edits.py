"""Random edits of a case, of every sort that a verdict can depend on, drawn from a seed."""

from collections.abc import Callable
from random import Random
from typing import Any

from evidencemap.errors import RuleBroken
from evidencemap.model import verbs
from evidencemap.model.case import Case
from evidencemap.model.edit import Edit
from evidencemap.model.entities import Claim, Evidence, Quantity, Request, Source, Step
from evidencemap.model.records import Id, Retracted, Undercut
from evidencemap.model.scales import schemes
from evidencemap.model.words import ClaimKind, EvidenceState, Grade, Reliability, RequestState, Standard


def random_edit(case: Case, random: Random) -> Edit:
    """Return an edit that the rules allow."""
    while True:
        try:
            return random.choice(_SORTS)(case, random)
        except (RuleBroken, IndexError):
            continue


def _one(case: Case, random: Random, kind: type[Any]) -> Any:
    return random.choice(case.sorted(kind))


def _node(case: Case, random: Random) -> Id:
    kind: type[Any] = random.choice((Claim, Claim, Claim, Evidence))
    return Id(_one(case, random, kind).id)


def _some(case: Case, random: Random, kind: type[Any], most: int) -> tuple[Id, ...]:
    held = case.sorted(kind)
    return tuple(each.id for each in random.sample(held, min(len(held), random.randint(0, most))))


def _add(case: Case, random: Random) -> Edit:
    kind = random.choice((Source, Evidence, Claim, Request, Quantity))
    if kind is Source:
        return verbs.add(case, Source, name="someone", reliability=random.choice(list(Reliability)))
    if kind is Evidence:
        return verbs.add(
            case,
            Evidence,
            text="an item",
            sources=_some(case, random, Source, 2),
            copied_from=_some(case, random, Evidence, 1),
            credibility=random.randint(1, 6),
        )
    if kind is Claim:
        return verbs.add(case, Claim, text="a claim", kind=random.choice(list(ClaimKind)))
    if kind is Request:
        settled = (*_some(case, random, Claim, 2), *_some(case, random, Step, 1))
        return verbs.add(case, Request, text="a request", settles=settled, hope=random.choice(list(Grade)))
    method = (*_some(case, random, Claim, 1), None)[0]
    stated = (*_some(case, random, Claim, 2), *_some(case, random, Evidence, 1))
    return verbs.add(case, Quantity, value="7", method=method, stated_in=stated)


def _connect(case: Case, random: Random) -> Edit:
    premises = tuple({_node(case, random): None for _ in range(random.randint(1, 3))})
    return verbs.connect(
        case,
        premises,
        _node(case, random),
        con=random.random() < 0.2,
        scheme=random.choice(list(schemes())),
        warrant=random.choice((None, _node(case, random))),
    )


def _remove(case: Case, random: Random) -> Edit:
    kind = random.choice((Step, Step, Claim, Evidence, Source, Request, Quantity))
    return verbs.remove(case, [_one(case, random, kind).id])


def _source(case: Case, random: Random) -> Edit:
    held = _one(case, random, Source)
    name, value = random.choice(
        (
            ("reliability", random.choice(list(Reliability))),
            ("retracted", random.choice((None, Retracted(date="2020", why="wrong")))),
            ("knows", random.choice((None, (), (ClaimKind.VOLUME,), tuple(ClaimKind)))),
            ("gains_from", tuple(e.id for e in case.sorted(Claim) if e.kind is ClaimKind.ASK)[:1]),
            ("name", "another name"),
        )
    )
    return verbs.set_field(case, held.id, name, value)


def _evidence(case: Case, random: Random) -> Edit:
    held = _one(case, random, Evidence)
    source = random.choice((*held.sources, None))
    name, value = random.choice(
        (
            ("credibility", random.randint(1, 6)),
            ("state", random.choice(list(EvidenceState))),
            ("audited", random.random() < 0.5),
            ("sources", _some(case, random, Source, 2)),
            ("copied_from", _some(case, random, Evidence, 2)),
            ("undercut_by", (Undercut(by=_one(case, random, Claim).id, source=source),)),
            ("undercut_by", ()),
        )
    )
    return verbs.set_field(case, held.id, name, value)


def _claim(case: Case, random: Random) -> Edit:
    held = _one(case, random, Claim)
    name, value = random.choice(
        (
            ("kind", random.choice(list(ClaimKind))),
            ("standard", random.choice((None, *Standard))),
            ("disclosed", random.choice((None, True, False))),
            ("stated", random.choice(list(Grade))),
            ("stake", random.randint(1, 5)),
            ("text", f"reworded {random.random()}"),
        )
    )
    return verbs.set_field(case, held.id, name, value)


def _request(case: Case, random: Random) -> Edit:
    held = _one(case, random, Request)
    name, value = random.choice(
        (
            ("state", random.choice((RequestState.RECEIVED, RequestState.RECEIVED, RequestState.ASKED))),
            ("hope", random.choice(list(Grade))),
            ("all_of", random.choice(("", "both"))),
            ("answered_by", _some(case, random, Evidence, 2)),
            ("settles", (*_some(case, random, Claim, 2), *_some(case, random, Step, 2))),
        )
    )
    return verbs.set_field(case, held.id, name, value)


def _quantity(case: Case, random: Random) -> Edit:
    held = _one(case, random, Quantity)
    name, value = random.choice(
        (
            ("method", (*_some(case, random, Claim, 1), None)[0]),
            ("stated_in", (*_some(case, random, Claim, 3), *_some(case, random, Evidence, 1))),
        )
    )
    return verbs.set_field(case, held.id, name, value)


def _step(case: Case, random: Random) -> Edit:
    held = _one(case, random, Step)
    name, value = random.choice(
        (
            ("warrant", random.choice((None, _node(case, random)))),
            ("undercut_by", _some(case, random, Claim, 2)),
            ("con", random.random() < 0.5),
            ("ceiling", random.choice((None, *Grade))),
            ("denominator", (*_some(case, random, Quantity, 1), None)[0]),
            ("scheme", random.choice(list(schemes()))),
            ("conclusion", _node(case, random)),
            ("premises", tuple({_node(case, random): None for _ in range(random.randint(1, 3))})),
        )
    )
    return verbs.set_field(case, held.id, name, value)


def _header(case: Case, random: Random) -> Edit:
    return verbs.set_field(case, case.id, "standard", random.choice(list(Standard)))


_SORTS: tuple[Callable[[Case, Random], Edit], ...] = (
    *(_add, _add, _connect, _connect, _remove, _source, _evidence, _evidence, _claim, _claim),
    *(_request, _request, _quantity, _step, _step, _step, _header),
)
