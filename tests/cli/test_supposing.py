"""What can be granted or withdrawn in thought, told before anything is supposed."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Ask

LISTING = """
evidencemap: 1
title: Gaps
sources:
  S1: {name: a, kind: person, reliability: A}
evidence:
  E1: {text: e1, from: [S1], credibility: 1}
claims:
  C1: {text: large, kind: magnitude}
  C2: {text: so, kind: existence}
  C3: {text: thus, kind: existence}
  C4: {text: hence, kind: existence}
requests:
  R1: {text: the whole, settles: [C1], hope: strong, held_by: the office, state: refused}
  R2: {text: why it follows, settles: [P2], hope: strong, obtainable: impossible}
  R3: {text: another reason, settles: [P2], hope: strong}
steps:
  P1: {from: [E1], to: C1, scheme: magnitude}
  P2: {from: [E1], to: C2, scheme: sign}
  P3: {from: [E1], to: C3, scheme: sign}
  P4: {from: [E1], to: C4, scheme: record}
"""


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    """Return a listing with every sort of gap."""
    path = tmp_path / "gaps.yaml"
    path.write_text(LISTING, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("P1.denominator", "R1 stands for P1.denominator: grant that one instead."),
        ("P2.warrant", "R2 and R3 stand for P2.warrant: grant those instead."),
        ("P4.warrant", "There is no gap P4.warrant: P4 needs none, or has it."),
        ("P2.denominator", "There is no gap P2.denominator: P2 needs none, or has it."),
        ("C1.warrant", "C1.warrant cannot be granted: requests, missing warrants and empty roles can."),
        ("E1", "E1 cannot be granted: requests, missing warrants and empty roles can."),
        ("P3.reason", "P3.reason is no gap of a step: write P3.warrant or P3.denominator."),
    ],
)
def test_what_is_no_gap_is_told_instead_of_an_answer_that_nothing_changes(
    name: str, sentence: str, ask: Ask, listing: Path
) -> None:
    answer = ask("whatif", listing, "--grant", name)

    assert (answer.code, answer.out) == (2, "")
    assert answer.err == f"{sentence}\n"
    assert ask("whatif", listing, "--grant", "P3.warrant").out.startswith("Falls: none\nRises: C3\n")


def test_a_step_cannot_be_withdrawn_and_is_called_by_its_number(ask: Ask, listing: Path) -> None:
    for name in ("P3", "P3.warrant"):
        answer = ask("whatif", listing, "--withdraw", name)

        told = f"{name} cannot be withdrawn: sources, evidence, claims and requests can.\n"
        assert (answer.code, answer.err) == (2, told)


def test_what_would_settle_it_says_who_holds_it_and_whether_it_can_be_had(ask: Ask, listing: Path) -> None:
    assert "R1            the whole (held by the office; refused)" in ask("settle", listing, "C1").out

    told = ask("settle", listing, "C2").out
    assert "R2            why it follows (obtainable: impossible)\n" in told
    assert "R3            another reason\n" in told


def wide(folder: Path, *, alternatives: int, parts: int) -> Path:
    """Write a listing in which a claim needs many parts, each of which any of some requests would settle."""
    path = folder / f"wide-{alternatives}-{parts}.yaml"
    claims = [f"  C{at}: {{text: part {at}, kind: existence}}" for at in range(1, parts + 1)]
    requests = [
        f"  R{at}: {{text: request {at}, settles: [C{(at - 1) // alternatives + 1}], hope: strong}}"
        for at in range(1, alternatives * parts + 1)
    ]
    premises = ", ".join(f"C{at}" for at in range(1, parts + 1))
    path.write_text(
        "\n".join(
            [
                "evidencemap: 1\ntitle: Wide\nclaims:",
                *claims,
                "  C50: {text: all of them, kind: existence}\nrequests:",
                *requests,
                f"steps:\n  P1: {{from: [{premises}], to: C50, scheme: definition}}\n",
            ]
        )
    )
    return path


def test_a_search_that_was_cut_short_says_so_and_never_that_nothing_would_do(
    ask: Ask, tmp_path: Path
) -> None:
    short = wide(tmp_path, alternatives=2, parts=15)

    told, given = ask("settle", short, "C50").out, json.loads(ask("settle", short, "C50", "--json").out)

    assert "At least these: the search was cut short." in told
    assert "and " in told and " more, which --json lists" in told
    assert given["complete"] is False
    assert given["C50"]["probable"] and given["C50"]["strong"]
    whole = wide(tmp_path, alternatives=2, parts=3)
    assert json.loads(ask("settle", whole, "C50", "--json").out).keys() == {"format", "C50"}
    assert "cut short" not in ask("settle", whole, "C50").out
