"""Full-text search: an index in memory over every text of a case, brought up to each edit."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any

from evidencemap.model.case import Case
from evidencemap.model.edit import Edit
from evidencemap.model.entities import Entity
from evidencemap.model.kinds import KINDS, number_key
from evidencemap.model.records import Id
from evidencemap.model.shape import FieldKind, shape
from evidencemap.model.upkeep import Placement
from evidencemap.storage.driver import DatabaseError, connect_in_memory

MOST_RANKED = 500
"""Matches that are put in order; of more, those with the lowest numbers of each kind are taken."""

MOST_WORDS = 12
"""Words of a search that count; the rest is passed over."""

_TABLE = """create virtual table texts using fts5(
  -- one row for each thing that has a text; the text itself stays in the case
  text, content = '', contentless_delete = 1, prefix = '1 2 3',
  tokenize = 'unicode61 remove_diacritics 2'
)"""

_WORD = re.compile(r"[^\W_]{1,100}")

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
"""Letters of scripts that put no space between words: each is found by itself."""


class Index:
    """The words of one case. It lies in memory alone: no file of a person ever holds an index.

    That keeps what was deleted out of every file, and leaves nothing for a hostile file to plant.
    """

    def __init__(self, case: Case) -> None:
        self._connection = connect_in_memory()
        self._connection.execute(_TABLE)
        self._rows: dict[Id, int] = {}
        self._ids: dict[int, Id] = {}
        self._next = 1
        self._tables: Mapping[type[Any], Mapping[Id, Entity]] = {}
        self.follow(case)

    def follow(self, case: Case) -> None:
        """Bring the index to a case, taking up only what differs from the case it knew."""
        known, self._tables = self._tables, case.tables
        self._connection.execute("begin")
        for kind in _SEARCHED:
            was, now = known.get(kind, {}), case.tables.get(kind, {})
            if was is not now:
                known_before = was.get
                fresh = [held for each, held in now.items() if known_before(each) is not held]
                self._leave([*(was.keys() - now.keys()), *(each.id for each in fresh)])
                self._take(sorted(fresh, key=lambda each: number_key(each.number)))
        self._connection.execute("commit")

    def learn(self, before: Case, edit: Edit, after: Case) -> None:
        """Take up one edit, if the index knows the case before it; else `follow` does so later."""
        if self._tables is before.tables:
            self._tables = after.tables
            changes = [each for each in edit.changes if type(each.entity) in _SEARCHED]
            self._connection.execute("begin")
            self._leave(each.id for each in changes)
            self._take([each.after for each in changes if each.after is not None])
            self._connection.execute("commit")

    def find(self, typed: str, limit: int) -> list[Id]:
        """Return the ids of what holds each word or the beginning of it, the best match first.

        No text is wrong to search for: what means something to the database means nothing here.
        """
        words = words_of(typed)
        if not words:
            return []
        query = " AND ".join(f'"{word}" *' for word in words)
        try:
            found = self._connection.execute(
                "select row from (select rowid as row, bm25(texts) as rank from texts where texts match ?"
                " limit ?) order by rank, row limit ?",
                (query, MOST_RANKED, limit),
            ).fetchall()
        except DatabaseError:  # a letter that is younger than the driver's tables
            return []
        return [self._ids[row] for (row,) in found]

    def _leave(self, gone: Iterable[Id]) -> None:
        rows = [self._rows.pop(each) for each in gone if each in self._rows]
        self._connection.executemany("delete from texts where rowid = ?", ((row,) for row in rows))
        for row in rows:
            del self._ids[row]

    def _take(self, fresh: list[Entity]) -> None:
        def rows() -> Iterator[tuple[int, str]]:
            for entity in fresh:
                text = text_of(entity)
                if text:
                    self._rows[entity.id], self._ids[self._next] = self._next, entity.id
                    self._next += 1
                    yield self._next - 1, text

        self._connection.executemany("insert into texts (rowid, text) values (?, ?)", rows())


def find(index: Index, case: Case, typed: str, limit: int) -> list[Id]:
    """Return what a search finds in a case: the thing of that number first, an earlier number included."""
    index.follow(case)
    named = typed.strip().upper()
    numbered = (case.by_number.get(named), case.by_number.get(dict(case.header.aliases).get(named, "")))
    found = dict.fromkeys(each for each in numbered if each is not None)
    found.update(dict.fromkeys(index.find(typed, limit)))
    return list(found)[:limit]


def words_of(typed: str) -> list[str]:
    """Return the words of a search as the index knows them: letters and digits, and nothing else."""
    text = _spaced(unicodedata.normalize("NFC", typed[:2_000]))
    return list(dict.fromkeys(_WORD.findall(text)))[:MOST_WORDS]


def text_of(entity: Entity) -> str:
    """Return all texts of an entity as one, empty where it has none."""
    get, lists = _SEARCHED[type(entity)]
    held = "\n".join(filter(None, get(entity)))
    for name in lists:
        value = getattr(entity, name)
        if value:
            held = f"{held}\n{' '.join(_texts(value))}"
    return _spaced(held)


def _spaced(text: str) -> str:
    return text if text.isascii() else _UNSPACED.sub(r" \g<0> ", text)


def _texts(value: Any) -> Iterator[str]:
    """Yield every text inside a value: of a list, of pairs, of a record."""
    if type(value) is str:
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
    else:
        for each in shape(type(value)):
            if each.kind is FieldKind.TEXT:
                yield getattr(value, each.name)


_LISTS = (FieldKind.TEXTS, FieldKind.PAIRS, FieldKind.RECORD, FieldKind.RECORDS)


def _plan(kind: type[Any]) -> tuple[Callable[[Any], tuple[str, ...]], tuple[str, ...]]:
    plain = [each.name for each in shape(kind) if each.kind is FieldKind.TEXT]
    lists = tuple(each.name for each in shape(kind) if each.kind in _LISTS and each.name != "aliases")
    # Named twice, an only field comes as a tuple like several do.
    names = plain * 2 if len(plain) == 1 else plain
    get = attrgetter(*names) if names else lambda entity: ()
    return get, lists


_SEARCHED = {kind: _plan(kind) for kind in KINDS if kind is not Placement}
