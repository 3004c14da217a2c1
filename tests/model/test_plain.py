"""An entity written as plain data and read back is the same entity."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidencemap.model.entities import Evidence, Source
from evidencemap.model.kinds import KINDS, number_key
from evidencemap.model.plain import canonical, from_plain, to_plain
from evidencemap.model.records import Id
from evidencemap.model.shape import FieldKind, FieldShape, shape
from evidencemap.model.words import Grade

texts = st.text(min_size=1, max_size=12).filter(lambda text: text.strip() != "")
ids = st.sampled_from([Id(f"id-{n}") for n in range(5)])


def values(field: FieldShape) -> st.SearchStrategy[Any]:
    if field.name == "sha256":
        return st.just("ab" * 32)
    limits = {"credibility": (1, 6), "stake": (1, 5)}.get(field.name, (0, 10**9))
    made = {
        FieldKind.TEXT: texts,
        FieldKind.FLAG: st.booleans(),
        FieldKind.WHOLE: st.integers(*limits),
        FieldKind.REAL: st.floats(-1e6, 1e6),
        FieldKind.GRADE: st.sampled_from(Grade),
        FieldKind.REFERENCE: ids,
        FieldKind.TEXTS: st.lists(texts, min_size=1, max_size=3).map(tuple),
        FieldKind.REFERENCES: st.lists(ids, min_size=1, max_size=3, unique=True).map(tuple),
        FieldKind.PAIRS: st.dictionaries(texts, texts, max_size=3).map(lambda pairs: tuple(pairs.items())),
    }.get(field.kind)
    if made is None and field.word is not None:
        word = st.sampled_from(list(field.word))
        made = word if field.kind is FieldKind.WORD else st.lists(word, max_size=3).map(tuple)
    if made is None:
        record = filled(field.record)
        made = record if field.kind is FieldKind.RECORD else st.lists(record, max_size=2).map(tuple)
    return st.none() | made if field.optional else made


def filled(kind: Any) -> st.SearchStrategy[Any]:
    return st.builds(kind, **{field.name: values(field) for field in shape(kind)})


def entities() -> st.SearchStrategy[Any]:
    numbered = {"id": st.just(Id("itself")), "number": st.just("Q1")}
    return st.one_of(
        [st.builds(kind, **numbered, **{f.name: values(f) for f in shape(kind)}) for kind in KINDS]
    )


@given(entities())
def test_plain_data_read_back_is_the_same_entity(entity: Any) -> None:
    plain = to_plain(entity, lambda target: f"#{target}")

    back = from_plain(
        type(entity), plain, lambda number: Id(number.removeprefix("#")), id=entity.id, number=entity.number
    )

    assert back == entity
    assert canonical(plain) == canonical(to_plain(back, lambda target: f"#{target}"))


def test_what_is_default_is_left_out_but_a_recorded_nothing_is_kept() -> None:
    source = Source(id=Id("a"), number="S1", name="A paper", knows=())

    assert to_plain(source, str) == {"name": "A paper", "knows": []}


@pytest.mark.parametrize(
    ("plain", "sentence"),
    [
        ({"text": "x", "colour": "red"}, "unknown key 'colour'"),
        ({}, "the key 'text' is missing"),
        ({"text": 3}, "'text' takes a text"),
        ({"text": "x", "credibility": True}, "'credibility' takes a whole number"),
        ({"text": "x", "state": "lost"}, "'state' is one of: held, reported, withdrawn; not 'lost'"),
        ({"text": "x", "from": "S1"}, "'from' takes a list"),
    ],
)
def test_plain_data_that_does_not_fit_is_refused(plain: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError) as caught:
        from_plain(Evidence, plain, Id, id=Id("e"), number="E1")

    assert sentence in str(caught.value)


def test_numbers_sort_as_people_count() -> None:
    mixed = ["P7", "C10", "S2", "C2", "M1", "S10", "E1"]

    assert sorted(mixed, key=number_key) == ["S2", "S10", "E1", "C2", "C10", "M1", "P7"]
