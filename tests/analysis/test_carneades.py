"""The examples of Carneades 4 get the labels that their authors expect, pure circles of support apart."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from evidencemap.analysis.judged import ClaimStatus
from evidencemap.analysis.verdicts import Verdicts, verdicts
from evidencemap.model.words import Standard
from tests.analysis.carneades import Graph, NotUsableError, read
from tests.analysis.maps import Drawn, draw

LABELS = {"in": 105, "out": 50, "undecided": 15}
"""How many labels of each sort the files expect that can be used."""


@pytest.fixture(scope="module")
def files(corpora: Path) -> list[Path]:
    return sorted((corpora / "carneades4").glob("**/*.yml"))


def read_all(files: list[Path]) -> tuple[list[Graph], dict[str, str]]:
    """Return the graphs that can be used, and for every other file why it cannot."""
    graphs, unusable = [], {}
    for path in files:
        try:
            graphs.append(read(path))
        except NotUsableError as why:
            unusable[path.stem] = str(why)
    return graphs, unusable


def judged(graph: Graph) -> tuple[Drawn, Verdicts]:
    case = draw(leaves=graph.leaves, claims=graph.claims, steps=graph.steps)
    return case, verdicts(case.case)


def labels(graph: Graph) -> dict[str, str]:
    """Return the label of each statement: circular, or one of Carneades' three."""
    case, found = judged(graph)
    given = {}
    for name in graph.expected:
        low, high = found.nodes[case[name]]
        given[name] = "in" if low else "undecided" if high else "out"
        if name in graph.claims and found.status(case[name]) is ClaimStatus.CIRCULAR:
            given[name] = "circular"
    return given


def differing(graph: Graph) -> list[str]:
    """Return the statements that get another label; a pure circle of support is to be called circular."""
    found, pure = labels(graph), statements_for_each_other_alone(graph)
    return [
        f"{graph.name}: {name}"
        for name, label in graph.expected.items()
        if found[name] != ("circular" if label == "undecided" and name in pure else label)
    ]


def statements_for_each_other_alone(graph: Graph) -> set[str]:
    """Return the statements that no assumption is behind, whatever speaks against anything."""
    reached = set(graph.leaves)
    favouring = [each for each in graph.steps.values() if not each["con"]]
    while True:
        more = {each["to"] for each in favouring if reached.issuperset(each["from"])}
        if more <= reached:
            return set(graph.claims) - reached
        reached |= more


def test_every_usable_expected_label_is_given(files: list[Path]) -> None:
    graphs, unusable = read_all(files)

    wrong = [each for graph in graphs for each in differing(graph)]

    assert wrong == []
    assert (len(files), len(graphs)) == (43, 32)
    assert Counter(unusable.values()) == {
        "it expects no label": 9,
        "its arguments have to be derived from schemes first": 2,
    }
    assert Counter(label for graph in graphs for label in graph.expected.values()) == LABELS


def test_what_carneades_leaves_undecided_is_contested_or_a_pure_circle(files: list[Path]) -> None:
    undecided = [
        (graph.name, labels(graph)[name])
        for graph in read_all(files)[0]
        for name, label in graph.expected.items()
        if label == "undecided"
    ]

    circles = {name for name, label in undecided if label == "circular"}

    assert circles == {"even-loop", "odd-loop", "support-loop", "self-defeat", "unsupported2"}
    assert {label for name, label in undecided if name not in circles} == {"undecided"}


def test_another_standard_would_be_noticed(files: list[Path]) -> None:
    graphs, _ = read_all(files)

    spoilt = [
        replace(each, claims={name: {"standard": Standard.SCINTILLA} for name in each.claims})
        for each in graphs
    ]

    assert len([each for graph in spoilt for each in differing(graph)]) > 5


def test_an_undercutter_that_is_forgotten_would_be_noticed(files: list[Path]) -> None:
    graphs, _ = read_all(files)

    spoilt = [
        replace(each, steps={name: {**step, "undercut_by": ()} for name, step in each.steps.items()})
        for each in graphs
    ]

    assert len([each for graph in spoilt for each in differing(graph)]) > 3
