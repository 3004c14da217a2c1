"""The program speaks the language that the system asks for, and English where it has none of it."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from evidencemap.tongue import WISHES, _, capital, figure, in_context, language, several, speak

TELL = "from evidencemap.tongue import _, language; print(language(), _('unsupported'))"


@pytest.fixture
def any_language() -> Iterator[None]:
    """Let a test speak any language, and go back to what the system asks for after it."""
    yield
    speak()


def told_under(**variables: str) -> str:
    """Return the language of a new process under these variables, and its word for `unsupported`."""
    environment = {key: value for key, value in os.environ.items() if key not in WISHES}
    run = subprocess.run(
        [sys.executable, "-c", TELL],
        env={**environment, "PYTHONUTF8": "1", **variables},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return run.stdout.strip()


@pytest.mark.parametrize(
    "variables",
    [
        {"LANGUAGE": "de"},
        {"LC_ALL": "de_AT.UTF-8"},
        {"LC_MESSAGES": "de_DE.UTF-8", "LANG": "fr_FR.UTF-8"},
        {"LANG": "de_CH.UTF-8@euro"},
        {"LANGUAGE": "fr:de:en"},
        {"EVIDENCEMAP_LANGUAGE": "de", "LANGUAGE": "en"},
    ],
)
def test_a_person_whose_system_speaks_german_reads_german(variables: dict[str, str]) -> None:
    told = told_under(**variables)

    assert told == "de unbelegt"


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"LANG": "C.UTF-8"},
        {"LANG": "fr_FR.UTF-8"},
        {"LANGUAGE": "en_GB:en:de"},
        {"LC_ALL": "en_US.UTF-8", "LANG": "de_DE.UTF-8"},
        {"EVIDENCEMAP_LANGUAGE": "en", "LANGUAGE": "de"},
        {"LANGUAGE": "../../de"},
    ],
)
def test_everybody_else_reads_english(variables: dict[str, str]) -> None:
    told = told_under(**variables)

    assert told == "en-US unsupported"


@pytest.mark.usefixtures("any_language")
def test_a_count_picks_its_form_in_the_language_spoken() -> None:
    speak("de-DE")

    forms = [several("{count} claim", "{count} claims", count) for count in (0, 1, 2, 1200)]

    assert forms == ["0 Behauptungen", "1 Behauptung", "2 Behauptungen", "1.200 Behauptungen"]


@pytest.mark.usefixtures("any_language")
@pytest.mark.parametrize(
    ("tag", "whole", "part"), [("en", "28,800,000", "1,234.5"), ("de", "28.800.000", "1.234,5")]
)
def test_figures_are_written_as_the_language_writes_them(tag: str, whole: str, part: str) -> None:
    speak(tag)

    assert (figure(28_800_000), figure(1234.5, ",.1f"), figure(999)) == (whole, part, "999")


@pytest.mark.usefixtures("any_language")
def test_one_english_word_may_be_two_words_elsewhere() -> None:
    speak("de")

    memo, step = _("To"), in_context("step", "To")

    assert (memo, step) == ("An", "Zu")


@pytest.mark.usefixtures("any_language")
def test_a_language_that_does_not_ship_is_english_and_leaves_nothing_behind() -> None:
    speak("de")

    speak("xx", "yy_ZZ")

    assert language() == "en-US"
    assert in_context("step", "To") == "To"


def test_a_first_letter_is_made_large_and_no_other_is_made_small() -> None:
    german = "forensischer Bericht"

    opened = capital(german)

    assert opened == "Forensischer Bericht"
    assert opened != german.capitalize()
    assert capital("") == ""
