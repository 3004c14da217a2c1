"""Every sentence that the program says goes through the catalogue, so that it is said in one's language."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.pofile import read_po

from tests.house.sources import ROOT, Source, last_name, planted, sources

ELSEWHERE = {
    "evidencemap/brief/tagged/sealed.py",
    "evidencemap/exchange/aif.py",
    "evidencemap/resources.py",
}
"""English for everybody: a page of a sealed file, a claim of a case, and that the catalogue is gone."""

_SENTENCE = re.compile(r"[A-Z{][^\s]*(?: [^\s]+){2,}\.\s*\Z", re.DOTALL)
_FOR_PROGRAMMERS = ("ValueError", "TypeError", "KeyError", "RuntimeError", "AssertionError")


@cache
def catalogue() -> frozenset[str]:
    """Return every text that translators are given, in all its forms."""
    with (ROOT / "resources" / "i18n" / "evidencemap.pot").open("rb") as file:
        return frozenset(
            form
            for message in read_po(file)
            for form in ((message.id,) if isinstance(message.id, str) else message.id)
        )


def untranslated(source: Source) -> list[str]:
    """Name each sentence of a source that no catalogue holds: one that is said in English to everybody."""
    tree = source.tree
    apart = {id(each) for node in ast.walk(tree) for each in _apart(node)}
    return [
        f"{source.place}:{node.lineno}: {said}"
        for node in ast.walk(tree)
        if isinstance(node, ast.expr)
        and id(node) not in apart
        and (said := _sentence(node))
        and said not in catalogue()
    ]


def _apart(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what is not said to people: the texts that document code, faults of ours, parts of a text."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield from node.values
    elif isinstance(node, ast.Call) and last_name(node.func) in _FOR_PROGRAMMERS:
        yield from ast.walk(node)


def _sentence(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        parts = [str(each.value) if isinstance(each, ast.Constant) else "{}" for each in node.values]
        said = "".join(parts)
    else:
        said = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
    return said if _SENTENCE.match(said) and any(map(str.isalpha, said)) else ""


def test_no_sentence_is_said_in_english_to_everybody() -> None:
    held = [each for each in sources("evidencemap") if each.place not in ELSEWHERE]

    faults = [fault for source in held for fault in untranslated(source)]

    assert faults == []
    assert all(untranslated(each) for each in sources("evidencemap") if each.place in ELSEWHERE)


@pytest.mark.parametrize(
    "fault",
    [
        "raise CaseFileRefused('The case was lost somewhere.')",
        "yield f'{number} is not where it was.'",
        "with explained(f'{name} was not found.'): pass",
    ],
)
def test_a_sentence_outside_the_catalogue_is_seen(fault: str) -> None:
    assert len(untranslated(planted(fault))) == 1


@pytest.mark.parametrize(
    "right", ['"""A text that documents code."""', "raise ValueError('No fault of yours here.')"]
)
def test_what_is_not_said_to_people_may_stay(right: str) -> None:
    assert untranslated(planted(right)) == []
