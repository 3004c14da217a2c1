"""The day of a brief and the day its case stands at are told in words of their own, in every form."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from evidencemap.brief.html import web_page
from evidencemap.brief.pdf import pdf_bytes
from evidencemap.brief.text import plain_text
from evidencemap.tongue import speak
from tests.brief.founding import DAY, outline_of, told


@pytest.fixture(params=[("en", "As of", "Brief of"), ("de", "Stand", "Bericht vom")], ids=["en", "de"])
def words(request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    language, state, brief = request.param
    outline_of.cache_clear()
    told.cache_clear()
    speak(language)
    yield state, brief
    speak()
    outline_of.cache_clear()
    told.cache_clear()


def test_the_day_of_a_brief_is_not_told_in_the_words_for_the_state_of_the_case(
    words: tuple[str, str], tmp_path: Path, oracle: Callable[[str], str]
) -> None:
    outline, paper = outline_of("register"), tmp_path / "brief.pdf"
    paper.write_bytes(pdf_bytes(outline, identity=b"")[0])

    printed = subprocess.run(
        [oracle("pdftotext"), "-layout", paper, "-"], capture_output=True, text=True, check=True
    ).stdout

    state, brief = words
    assert f"{state} {DAY}" not in plain_text(outline) + web_page(outline) + printed
    assert state in plain_text(outline)
    assert f"{brief} {DAY}" in plain_text(outline)
    assert f'{brief} <time datetime="{DAY}">' in web_page(outline)
    assert f"{brief} {DAY}" in printed
