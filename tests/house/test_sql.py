"""SQL stands only in storage."""

import ast
import re

import pytest

from tests.house.sources import Source, planted, sources

STATEMENTS = (
    r"select\b.+\bfrom\b", r"(insert|replace) (or \w+ )?into\b", r"update \w+ set\b", r"delete from\b",
    r"create (temp |temporary |virtual |unique )?(table|index|trigger|view)\b", r"alter table\b",
    r"drop (table|index|trigger|view)\b", r"pragma \w+", r"attach .+ as\b", r"vacuum( into\b|;|$)",
    r"begin( immediate| exclusive| deferred| transaction)\b", r"savepoint \w+", r"with \w+ as \(",
)  # fmt: skip
SQL = re.compile(r"\s*(" + "|".join(STATEMENTS) + ")", re.DOTALL)


def sql_faults(source: Source) -> list[str]:
    """Name each string of a source, docstrings apart, that is a statement of SQL in either case."""
    tree = source.tree
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        f"{source.place}:{node.lineno}: {node.value.strip()[:40]}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
        if is_sql(node.value)
    ]


def is_sql(text: str) -> bool:
    """Say whether a text is a statement of SQL; a sentence that begins with a capital is not."""
    keyword = text.split(maxsplit=1)[0] if text.strip() else ""
    return (keyword.islower() or keyword.isupper()) and SQL.match(text.lower()) is not None


def test_sql_stands_only_in_storage() -> None:
    elsewhere = [s for s in sources("evidencemap") if not s.place.startswith("evidencemap/storage/")]

    faults = [fault for source in elsewhere for fault in sql_faults(source)]

    assert faults == []


@pytest.mark.parametrize(
    "text",
    [
        "select text from claim where id = ?",
        "SELECT count(*)\n  FROM step",
        "\n    insert or replace into claim values (?)",
        "update claim set text = ?",
        "delete from step",
        "create virtual table search using fts5(text)",
        "pragma user_version",
        "begin immediate",
        "vacuum into ?",
    ],
)
def test_a_statement_outside_storage_is_seen(text: str) -> None:
    source = planted(f"query = {text!r}\n", "evidencemap/session.py")

    faults = sql_faults(source)

    assert len(faults) == 1


@pytest.mark.parametrize(
    "text",
    ["Select a claim from the outline.", "select", "Update the case", "with a warrant", "drop", "begin", ""],
)
def test_a_sentence_is_no_statement(text: str) -> None:
    source = planted(f'"""select x from y"""\ntext = {text!r}\n', "evidencemap/session.py")

    faults = sql_faults(source)

    assert faults == []
