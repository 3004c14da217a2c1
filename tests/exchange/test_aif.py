"""Argument maps in AIF that others drew are read whole, and judged."""

import json
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evidencemap.analysis.verdicts import Verdicts, verdicts
from evidencemap.errors import ListingRefused
from evidencemap.exchange.json_case import read_json
from evidencemap.model.case import Case, case_of
from evidencemap.model.entities import Claim, Evidence, Step

MADE = "This conflict holds."

UNDERCUT: dict[str, Any] = {
    "nodes": [
        {"nodeID": "1", "text": "It rained", "type": "I"},
        {"nodeID": "2", "text": "The street is wet", "type": "I"},
        {"nodeID": "3", "text": "RA", "type": "RA", "scheme": "CauseToEffect"},
        {"nodeID": "4", "text": "There is a roof over it", "type": "I"},
        {"nodeID": "5", "text": "CA", "type": "CA"},
        {"nodeID": "6", "text": "Ann says 'it rained'", "type": "L"},
        {"nodeID": "7", "text": "Asserting", "type": "YA"},
    ],
    "edges": [
        {"edgeID": "1", "fromID": "1", "toID": "3"},
        {"edgeID": "2", "fromID": "3", "toID": "2"},
        {"edgeID": "3", "fromID": "4", "toID": "5"},
        {"edgeID": "4", "fromID": "5", "toID": "3"},
        {"edgeID": "5", "fromID": "6", "toID": "7"},
        {"edgeID": "6", "fromID": "7", "toID": "1"},
    ],
}


def counted(case: Case) -> tuple[int, int]:
    """Return how many nodes and edges of AIF a case amounts to."""
    claims, steps = case.of(Claim).values(), case.of(Step).values()
    made = {each.id for each in claims if each.text == MADE}
    direct = [each for step in steps for each in step.undercut_by if each not in made]
    nodes = len(claims) - len(made) + len(case.of(Evidence)) + len(steps) + len(direct)
    edges = sum(len(each.premises) + 1 + len(each.undercut_by) for each in steps) + len(direct)
    return nodes, edges - len(made)


def in_json(path: Path) -> tuple[int, int]:
    held = json.loads(path.read_text(encoding="utf-8"))
    return len(held["nodes"]), len(held["edges"])


def warranted(case: Case) -> Case:
    """Return a case in which every inference is granted as sound, so that only conflicts decide."""
    return case_of(
        replace(each, scheme="definition") if isinstance(each, Step) else each
        for each in case.entities.values()
    )


def left_open(found: Verdicts) -> Counter[str]:
    return Counter(each.status.value for each in found.claims.values())


def test_every_real_map_is_read_whole_and_judged(corpora: Path) -> None:
    paths = sorted((corpora / "aif").glob("*.json"))
    as_drawn: Counter[str] = Counter()
    as_warranted: Counter[str] = Counter()

    for path in paths:
        case = read_json(path)
        assert counted(case) == in_json(path), path.name
        as_drawn += left_open(verdicts(case))
        as_warranted += left_open(verdicts(warranted(case)))

    sys.stdout.write(f"{len(paths)} maps as drawn: {dict(as_drawn)}; all warranted: {dict(as_warranted)}\n")
    assert len(paths) == 310
    assert as_drawn.total() == as_warranted.total() > 1_900
    assert as_drawn["circular"] == as_drawn["contested"] == 0
    assert as_warranted["contested"] > 20


def test_a_node_that_is_left_out_would_be_noticed() -> None:
    case = read_json(json.dumps(UNDERCUT))

    poorer = case_of(each for each in case.entities.values() if not isinstance(each, Evidence))

    assert counted(case) == (7, 6)
    assert counted(poorer) != (7, 6)


def test_a_conflict_with_an_inference_undercuts_its_step() -> None:
    case = read_json(json.dumps(UNDERCUT))

    (inference,) = (each for each in case.sorted(Step) if each.undercut_by)

    assert inference.scheme == "cause to effect"
    assert [case.number(each) for each in inference.undercut_by] == ["H1"]
    assert verdicts(case).steps[inference.id].status.value == "undercut"


def test_what_was_said_is_evidence_for_what_it_says() -> None:
    case = read_json(json.dumps(UNDERCUT))

    (record,) = (each for each in case.sorted(Step) if each.scheme == "record")

    assert case.number(record.premises[0]) == "E1"
    assert case.number(record.conclusion) == "C1"


@pytest.mark.parametrize(
    ("part", "value", "why"),
    [
        ("type", "PA", "which is not read"),
        ("type", "RA", "does not lead from statements to one thing"),
        ("nodeID", "2", "stands twice"),
        ("text", None, "takes a text or a number"),
    ],
)
def test_a_map_that_cannot_be_a_case_is_refused_with_its_line(part: str, value: Any, why: str) -> None:
    first, *others = UNDERCUT["nodes"]
    spoilt = {**UNDERCUT, "nodes": [{**first, part: value}, *others]}

    with pytest.raises(ListingRefused, match=rf"^Line \d+: .*{why}"):
        read_json(json.dumps(spoilt, indent=1))


def test_an_edge_to_nowhere_is_refused() -> None:
    lost = {"edgeID": "9", "fromID": "1", "toID": "99"}

    with pytest.raises(ListingRefused, match="an edge names the node '99', which is not in the map"):
        read_json(json.dumps({**UNDERCUT, "edges": [*UNDERCUT["edges"], lost]}))
