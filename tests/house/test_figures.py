"""Numbers that people read are written in one place, as their language writes them."""

import ast

import pytest

from tests.house.sources import Source, planted, sources

ELSEWHERE = {
    "evidencemap/tongue.py",
    "evidencemap/analysis/numbers.py",
}
"""Where English figures are made: the place itself, and a figure that it then turns."""


def english_figures(source: Source) -> list[str]:
    """Name each place where a number is written with the commas of English."""
    return [
        f"{source.place}:{node.lineno}: use tongue.figure"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FormattedValue)
        and isinstance(node.format_spec, ast.JoinedStr)
        and any(isinstance(part, ast.Constant) and "," in str(part.value) for part in node.format_spec.values)
    ]


def test_no_number_is_written_in_english_for_everybody() -> None:
    faults = [
        fault
        for source in sources("evidencemap")
        if source.place not in ELSEWHERE
        for fault in english_figures(source)
    ]

    assert faults == []


@pytest.mark.parametrize("fault", ["said = f'{count:,}'", "said = f'{size:,.1f} MB'"])
def test_an_english_figure_is_seen(fault: str) -> None:
    assert len(english_figures(planted(fault))) == 1
