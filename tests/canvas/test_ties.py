"""Sources that belong together are seen to, while a person looks at what rests on both."""

from dataclasses import replace

import pytest

from evidencemap.layout.ties import ties_of
from evidencemap.model.case import Case
from evidencemap.model.edit import Change, Edit
from evidencemap.model.entities import Source
from evidencemap.model.records import Tie
from evidencemap.model.words import TieKind
from evidencemap.ui.canvas.spoken import name_of
from tests.canvas.conftest import OpenMap
from tests.canvas.hands import seen, unlike
from tests.numbered import id_of

OWNED = "S3 is owned by S1"


@pytest.fixture
def tied(letter: Case) -> Case:
    """The founding case, in which S3 is owned by S1 and nothing shows it."""
    before = letter.of(Source)[id_of(letter, "S3")]
    after = replace(before, ties=(Tie(kind=TieKind.OWNED_BY, to=id_of(letter, "S1")),))
    return letter.after(Edit(label="tie", changes=(Change(before=before, after=after),)))


def test_a_tie_is_seen_with_its_words_while_one_of_its_sources_is_chosen(
    open_map: OpenMap, tied: Case
) -> None:
    view = open_map(tied)
    view.fit()
    alone = seen(view)

    view.select([id_of(tied, "S3")])
    words = view.ties_shown()
    chosen = seen(view)
    view.select([id_of(tied, "S4")])

    assert words == (OWNED,)
    assert unlike(alone, chosen) > 0.001
    assert view.ties_shown() == (), "no tie of another source"


def test_a_tie_is_seen_while_a_claim_that_rests_on_both_is_chosen(tied: Case) -> None:
    assert [tie.words for tie in ties_of(tied, [id_of(tied, "C1")])] == [OWNED]
    assert ties_of(tied, [id_of(tied, "C10")]) == [], "it rests on neither"
    assert ties_of(tied, []) == []


def test_a_tie_is_seen_while_the_items_of_one_of_its_sources_are_ringed(tied: Case) -> None:
    assert [tie.words for tie in ties_of(tied, [], [id_of(tied, "E1")])] == [OWNED]


def test_a_tie_is_heard_with_its_source(open_map: OpenMap, tied: Case, letter: Case) -> None:
    verdicts = open_map(tied).scene.verdicts
    assert verdicts is not None

    assert OWNED in name_of(tied, verdicts, id_of(tied, "S3"))
    assert OWNED not in name_of(letter, verdicts, id_of(letter, "S3"))
