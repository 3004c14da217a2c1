"""What the gate refuses and what the history says was done is told in the person's language."""

import ast
import re
import sqlite3
from pathlib import Path

import pytest

from evidencemap.errors import CaseFileRefused
from evidencemap.model import verbs
from evidencemap.model.entities import Claim
from evidencemap.model.labels import TEMPLATES, label_said
from evidencemap.session import Session, read_case
from evidencemap.tongue import speaking
from tests.storage.forging import forge, founding_file

ROOT = Path(__file__).resolve().parent.parent.parent / "evidencemap"
WRITERS = (
    "model/verbs.py",
    "model/reviewing.py",
    "model/custody.py",
    "storage/copies.py",
    "storage/migrating.py",
)


def test_a_file_that_was_forged_is_refused_in_german(tmp_path: Path) -> None:
    file = founding_file(tmp_path / "case.evmap")
    forge(file, with_a_view)

    with speaking("de"), pytest.raises(CaseFileRefused, match="etwas, das keine Falldatei hat"):
        read_case(file)


def test_what_a_digest_denies_is_said_in_german(tmp_path: Path) -> None:
    def change(connection: sqlite3.Connection) -> None:
        connection.execute("update claim set text = text || '!' where key = (select min(key) from claim)")

    file = founding_file(tmp_path / "case.evmap")
    forge(file, change)

    with speaking("de"), pytest.raises(CaseFileRefused, match=r"Die Prüfsumme passt nicht"):
        read_case(file)


def test_the_journal_says_in_german_what_was_done_and_keeps_it_in_english(tmp_path: Path) -> None:
    with Session.open(founding_file(tmp_path / "case.evmap")) as session, speaking("de"):
        claim = session.case.sorted(Claim)[0]
        session.apply(verbs.reword(session.case, claim.id, "Another text"))

        said, kept = session.undo_label, session.history()[-1].label
        session.undo()

    assert said == f"Text von {claim.number} ändern"
    assert kept == f"Change text of {claim.number}"


def test_every_label_that_the_program_writes_has_words_in_other_languages() -> None:
    known = {words_among(each) for each in TEMPLATES}

    written = {label: at for at in WRITERS for label in labels_in(ROOT / at)}

    with speaking("de"):
        told = {each for each in written if label_said("C1".join(each)) != "C1".join(each)}
    assert len(written) > 30
    assert not written.keys() - known - told


def test_a_label_that_lacks_a_template_would_be_found(tmp_path: Path) -> None:
    made = tmp_path / "verbs.py"
    made.write_text('def dance(draft):\n    return draft.edit(f"Dance with {partner}")\n', encoding="utf-8")

    found = labels_in(made)

    assert found == {("Dance with ", "")}
    assert not found & {words_among(each) for each in TEMPLATES}


def test_a_label_that_nobody_makes_stays_as_it_is() -> None:
    with speaking("de"):
        said = label_said("Dance with C1")

    assert said == "Dance with C1"


def with_a_view(connection: sqlite3.Connection) -> None:
    connection.execute("create view v as select 1")


def words_among(template: str) -> tuple[str, ...]:
    """Return the words of a template, what stands among them left out."""
    return tuple(re.split(r"\{\w+\}", template))


def labels_in(path: Path) -> set[tuple[str, ...]]:
    """Return the words of each label that a module gives an edit or a line, values left out."""
    found: set[tuple[str, ...]] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for given in labels_given(node):
            branches = (given.body, given.orelse) if isinstance(given, ast.IfExp) else (given,)
            found.update(words_of(each) for each in branches)
    return {label for label in found if label[0][:1].isupper()}


def labels_given(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name == "edit" and node.args:
            return [node.args[0]]
        if name == "one_edit" and len(node.args) > 2:
            return [node.args[2]]
    if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "label":
        return [node.value]
    return []


def words_of(text: ast.expr) -> tuple[str, ...]:
    if isinstance(text, ast.Constant):
        return (str(text.value),)
    parts = [""]
    for each in text.values if isinstance(text, ast.JoinedStr) else ():
        if isinstance(each, ast.Constant):
            parts[-1] += str(each.value)
        else:
            parts.append("")
    return tuple(parts)
