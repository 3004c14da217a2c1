"""The definition as a ground logic program over named small maps, solved naively: an oracle for the engine.

Atoms are (what, name, grade). A rule is a head, positive atoms and negated atoms. The well-founded
model is the alternating fixpoint of Van Gelder (1989). `broken` plants faults in a program.
"""

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from evidencemap.analysis.policy import OPEN_PAIRS, STANDARD_PAIRS
from evidencemap.analysis.verdicts import Verdicts, verdicts
from evidencemap.model.words import Grade, Standard
from tests.analysis.maps import Drawn, draw

Given = Mapping[str, Any]
Atom = tuple[str, str, int]
Rule = tuple[Atom, tuple[Atom, ...], tuple[Atom, ...]]
Solution = dict[str, tuple[int, int]]
Solver = Callable[[Given], Solution]
_NO_WARRANT = ("record", "definition", "practical", "comparison")
_STANDARDS = tuple(Standard)
_WEIGHTS = tuple(
    {Standard.SCINTILLA: 3, Standard.BEYOND_REASONABLE_DOUBT: 1}.get(each, 2) for each in Standard
)


def names(given: Given) -> list[str]:
    """Return the names of the nodes of a small map."""
    return [*given["leaves"], *given["assumptions"], *given["claims"]]


def drawn(given: Given) -> Drawn:
    """Return the case of a small map."""
    return draw(
        leaves=given["leaves"],
        claims={name: {"standard": standard} for name, standard in given["claims"].items()},
        assumptions=given["assumptions"],
        steps=given["steps"],
        standard=given["standard"],
    )


def judged(given: Given) -> tuple[Drawn, Verdicts]:
    """Return the case of a small map and the engine's verdicts on it."""
    case = drawn(given)
    return case, verdicts(case.case)


def engine(given: Given) -> Solution:
    """Return the interval of every node by the engine."""
    case, found = judged(given)
    nodes = {name: found.nodes[case[name]] for name in names(given)}
    return {name: (int(low), int(high)) for name, (low, high) in nodes.items()}


def naive(given: Given, rules: list[Rule] | None = None) -> Solution:
    """Return the interval of every node by the naive solution of a program, by default that of the map."""
    low, high = alternating(ground(given) if rules is None else rules)
    return {name: (_grade(low, name), _grade(high, name)) for name in names(given)}


def ground(given: Given) -> list[Rule]:
    """Return the ground program of a small map: the lines of the definition, one by one."""
    claims: dict[str, Standard] = given["claims"]
    rules: list[Rule] = []
    for name, grade in (*given["leaves"].items(), *((each, 2) for each in given["assumptions"])):
        rules += [(("pro", name, k), (), ()) for k in range(1, grade + 1)]
    for name in names(given):
        standard: Standard = claims.get(name) or given["standard"]
        pairs = OPEN_PAIRS if name in given["leaves"] else STANDARD_PAIRS[standard]
        for a, b in pairs:
            blocked = (("con", name, b),) if b <= 4 else ()
            rules.append((("meets", name, 1), (("pro", name, a),), blocked))
        rules += [(("h", name, k), (("meets", name, 1), ("pro", name, k)), ()) for k in range(1, 5)]
    for name, step in given["steps"].items():
        ceiling = min(4 if step["scheme"] != "mechanism" else 1, step.get("ceiling") or 4)
        if step["scheme"] not in _NO_WARRANT and not step.get("warrant"):
            ceiling = min(ceiling, 1)
        against = tuple(("h", each, 1) for each in step.get("undercut_by", ()))
        for k in range(1, ceiling + 1):
            needed = [("h", each, k) for each in step["from"]]
            if step.get("warrant") and k > 1:
                needed.append(("h", step["warrant"], k))
            rules.append((("live", name, k), tuple(needed), against))
            side = "con" if step.get("con") else "pro"
            rules.append(((side, step["to"], k), (("live", name, k),), ()))
    return rules


def alternating(rules: list[Rule]) -> tuple[set[Atom], set[Atom]]:
    """Return the atoms that are true, and those that are not false, in the well-founded model."""
    low: set[Atom] = set()
    while True:
        high = least(rules, low)
        again = least(rules, high)
        if again == low:
            return low, high
        low = again


def least(rules: list[Rule], assumed: set[Atom]) -> set[Atom]:
    """Return the least model where an atom is false unless `assumed`."""
    model: set[Atom] = set()
    grown = True
    while grown:
        new = {
            head
            for head, needed, against in rules
            if head not in model and model.issuperset(needed) and assumed.isdisjoint(against)
        }
        model |= new
        grown = bool(new)
    return model


def broken(fault: str) -> Solver:
    """Return a solver of a definition that was spoilt in one place."""

    def solve(given: Given) -> Solution:
        return naive(given, spoilt(ground(given), fault))

    return solve


def spoilt(rules: list[Rule], fault: str) -> list[Rule]:
    """Return a program with a fault in it."""
    return [each for rule in rules for each in FAULTS[fault](rule, rules)]


def _forget_undercutters(rule: Rule, rules: list[Rule]) -> list[Rule]:
    head, needed, against = rule
    return [(head, needed, () if head[0] == "live" else against)]


def _heed_every_objection(rule: Rule, rules: list[Rule]) -> list[Rule]:
    return [] if rule[0][0] == "live" and rule[2] else [rule]


def _let_ties_stand(rule: Rule, rules: list[Rule]) -> list[Rule]:
    head, needed, against = rule
    if head[0] != "meets":
        return [rule]
    return [(head, needed, tuple((side, name, k + 1) for side, name, k in against if k < 4))]


def _take_the_first_link(rule: Rule, rules: list[Rule]) -> list[Rule]:
    head, needed, against = rule
    return [(head, needed[:1] if head[0] == "live" else needed, against)]


def _forget_the_last_link(rule: Rule, rules: list[Rule]) -> list[Rule]:
    head, needed, against = rule
    return [(head, needed[:-1] if head[0] == "live" and len(needed) > 1 else needed, against)]


def _begin_from_nothing(rule: Rule, rules: list[Rule]) -> list[Rule]:
    head, needed, against = rule
    return [(head, () if head[0] == "pro" and head[2] == 1 and head[1][0] == "c" else needed, against)]


def _add_copies_up(rule: Rule, rules: list[Rule]) -> list[Rule]:
    head, needed, _ = rule
    if head[0] != "pro" or head[2] == 4 or not needed:
        return [rule]
    others = [body for other, body, _ in rules if other == head and body and body != needed]
    return [rule, *(((head[0], head[1], head[2] + 1), (*needed, *each), ()) for each in others)]


def _let_circles_hold(rule: Rule, rules: list[Rule]) -> list[Rule]:
    head = rule[0]
    return [(head, (), ())] if head[0] == "h" and _leans_on_itself(rules, head[1]) else [rule]


FAULTS: dict[str, Callable[[Rule, list[Rule]], list[Rule]]] = {
    "undercutters are forgotten": _forget_undercutters,
    "every objection counts": _heed_every_objection,
    "ties stand": _let_ties_stand,
    "chains take the first link": _take_the_first_link,
    "the last link is forgotten": _forget_the_last_link,
    "something comes from nothing": _begin_from_nothing,
    "copies add up": _add_copies_up,
    "circles hold": _let_circles_hold,
}
"""Ways to spoil a program, rule by rule."""


def _leans_on_itself(rules: list[Rule], name: str) -> bool:
    """Tell whether a node is behind itself through steps for it."""
    seen: set[Atom] = set()
    waiting = [atom for head, needed, _ in rules if head[0] == "pro" and head[1] == name for atom in needed]
    while waiting:
        atom = waiting.pop()
        if atom[0] == "h" and atom[1] == name:
            return True
        if atom not in seen:
            seen.add(atom)
            waiting += [each for head, needed, _ in rules if head == atom for each in needed]
    return False


def _grade(atoms: set[Atom], name: str) -> int:
    return max((k for k in range(1, 5) if ("h", name, k) in atoms), default=0)


def random_given(random: Random, most: int = 7, *, circles: bool = True) -> dict[str, Any]:
    """Return a random small map as `draw` takes it, circles and all, in which four claims in ten stand.

    Without `circles`, no node depends on a later one.
    """
    leaves = {f"e{at}": Grade(random.choice((1, 2, 3, 3, 4, 4))) for at in range(random.randint(2, 4))}
    claims = {f"c{at}": random.choices(_STANDARDS, _WEIGHTS)[0] for at in range(random.randint(2, most))}
    assumptions = ["h"] if random.random() < 0.4 else []
    nodes = [*leaves, *assumptions, *claims]
    quarrel = random.choice((0.1, 0.2, 0.5))
    steps: dict[str, dict[str, Any]] = {}
    for at in range(random.randint(len(claims), 3 * len(claims))):
        to = random.choice(list(claims) if random.random() < 0.93 else nodes)
        firm = [each for each in leaves if each != to]
        others = [each for each in nodes if each != to]
        if not circles:
            others = nodes[: nodes.index(to)]
            firm = [each for each in others if each in leaves]
            if not firm:
                continue
        grounds = firm if random.random() < 0.4 else others
        objectors = [each for each in (*assumptions, *claims) if circles or each in others]
        steps[f"p{at}"] = {
            "from": random.sample(grounds, min(len(grounds), random.choice((1, 1, 2)))),
            "to": to,
            "scheme": random.choice(("record", "definition", "definition", "sign", "mechanism")),
            "warrant": random.choice((None, random.choice(firm), random.choice(others))),
            "con": random.random() < quarrel,
            "undercut_by": [random.choice(objectors)] if objectors and random.random() < quarrel else [],
            "ceiling": random.choice((None, None, None, None, *list(Grade)[1:])),
        }
    return {
        "leaves": leaves,
        "claims": claims,
        "assumptions": assumptions,
        "steps": steps,
        "standard": random.choices(_STANDARDS, _WEIGHTS)[0],
    }
