"""Maps of nothing but attacks are Dung's grounded semantics: as published, and as clingo finds them."""

import re
from pathlib import Path
from random import Random

import clingo
import pytest

from evidencemap.analysis.verdicts import verdicts
from evidencemap.model.words import Grade, Standard
from tests.analysis.maps import draw

Attacks = list[tuple[str, str]]
GRAPHS = 500
IN, OUT, UNDECIDED = "in", "out", "undecided"
_GROUNDED = """
out(X) :- att(Y, X), in(Y).
in(X) :- arg(X), out(Y) : att(Y, X).
#show in/1.
"""


def labels(arguments: list[str], attacks: Attacks, *, by: str = "con", forgotten: int = 0) -> dict[str, str]:
    """Return what the engine makes of attacks, drawn as con steps or as undercutters.

    `forgotten` leaves that many attacks out.
    """
    drawn = attacks[forgotten:]
    against: dict[str, list[str]] = {}
    for attacker, attacked in drawn:
        against.setdefault(attacked, []).append(attacker)
    steps = {
        f"for {each}": {
            "from": ["given"],
            "to": each,
            "undercut_by": against.get(each, []) if by == "undercut" else [],
        }
        for each in arguments
    }
    if by == "con":
        for at, (attacker, attacked) in enumerate(drawn):
            steps[f"attack {at}"] = {"from": [attacker], "to": attacked, "con": True}  # type: ignore[dict-item]
    claims = {each: {"standard": Standard.DIALECTICAL_VALIDITY} for each in arguments}
    case = draw(leaves={"given": Grade.ESTABLISHED}, claims=claims, steps=steps)
    found = verdicts(case.case)
    intervals = {each: found.nodes[case[each]] for each in arguments}
    return {each: IN if low else UNDECIDED if high else OUT for each, (low, high) in intervals.items()}


def grounded(arguments: list[str], attacks: Attacks) -> set[str]:
    """Return the grounded extension by clingo: the least model of two rules."""
    control = clingo.Control(["--warn=none"])
    facts = [f"arg({each})." for each in arguments] + [f"att({one},{other})." for one, other in attacks]
    control.add("base", [], _GROUNDED + "\n".join(facts))
    control.ground([("base", [])])
    found: set[str] = set()
    control.solve(
        on_model=lambda model: found.update(str(each.arguments[0]) for each in model.symbols(shown=True))
    )
    return found


def expected(arguments: list[str], attacks: Attacks, extension: set[str]) -> dict[str, str]:
    """Return the labels that a grounded extension gives."""
    beaten = {attacked for attacker, attacked in attacks if attacker in extension}
    return {each: IN if each in extension else OUT if each in beaten else UNDECIDED for each in arguments}


def random_graph(seed: int) -> tuple[list[str], Attacks]:
    """Return arguments and attacks, self-attacks among them."""
    random = Random(seed)
    arguments = [f"a{at}" for at in range(random.randint(1, 14))]
    density = random.choice((0.05, 0.1, 0.2))
    attacks = [(one, other) for one in arguments for other in arguments if random.random() < density]
    return arguments, attacks


def published(folder: Path) -> list[tuple[str, list[str], Attacks, set[str]]]:
    """Return the published graphs: a name, arguments, attacks and the grounded extension of each."""
    found = []
    instances = folder / "dung" / "aspartix" / "tests" / "insts"
    for path in sorted((instances / "apx").glob("*.apx")):
        text = path.read_text(encoding="utf-8")
        arguments = re.findall(r"arg\((\w+)\)", text)
        attacks = re.findall(r"att\((\w+),\s*(\w+)\)", text)
        solution = (instances / "solutions" / f"{path.stem}.SE-GR").read_text(encoding="utf-8")
        found.append((path.stem, arguments, attacks, set(re.findall(r"\w+", solution))))
    return found


@pytest.mark.parametrize("by", ["con", "undercut"])
def test_the_published_grounded_extensions_are_found(by: str, corpora: Path) -> None:
    graphs = published(corpora)

    compared = 0
    for name, arguments, attacks, extension in graphs:
        assert labels(arguments, attacks, by=by) == expected(arguments, attacks, extension), name
        compared += len(arguments)

    assert len(graphs) == 17
    assert compared > 500


def test_a_forgotten_attack_would_be_noticed_in_the_published_graphs(corpora: Path) -> None:
    wrong = [
        name
        for name, arguments, attacks, extension in published(corpora)
        if labels(arguments, attacks, forgotten=1) != expected(arguments, attacks, extension)
    ]

    assert len(wrong) > 3


@pytest.mark.parametrize("by", ["con", "undercut"])
def test_clingo_finds_the_same_on_random_graphs(by: str) -> None:
    seen: dict[str, int] = {IN: 0, OUT: 0, UNDECIDED: 0}
    for seed in range(GRAPHS):
        arguments, attacks = random_graph(seed)

        found = labels(arguments, attacks, by=by)

        assert found == expected(arguments, attacks, grounded(arguments, attacks)), seed
        for label in found.values():
            seen[label] += 1
    assert min(seen.values()) > 300


def test_clingo_would_notice_a_forgotten_attack() -> None:
    differing = 0
    for seed in range(60):
        arguments, attacks = random_graph(seed)
        found = labels(arguments, attacks, forgotten=1)
        differing += found != expected(arguments, attacks, grounded(arguments, attacks))

    assert differing > 10
