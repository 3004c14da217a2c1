"""What people read is translated whole: nothing is left out, no placeholder lost, no form missing."""

import gettext
import json
import os
import re
import subprocess
import sys
from collections import Counter
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from evidencemap.resources import resource
from tests.house.sources import ROOT

I18N = ROOT / "resources" / "i18n"
LANGUAGES = sorted(path.parent.parent for path in I18N.glob("*/LC_MESSAGES/evidencemap.po"))
MEND = "Run `python packaging/catalogue.py`; it says what is left to translate in resources/i18n."


def messages(text: bytes) -> list[Message]:
    """Return the messages of a catalogue, its head apart."""
    return [message for message in read_po(BytesIO(text)) if message.id]


def forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """Return the forms of a text: one, or one for each plural; none where there is no text."""
    return [text] if isinstance(text, str) else list(text or ())


def keys(held: list[Message]) -> set[tuple[str | None, str]]:
    """Return what a catalogue has messages for."""
    return {(message.context, str(forms(message.id))) for message in held}


def placeholders(text: str) -> set[str]:
    """Return the names in braces of a text. Raises ValueError where a brace is left open."""
    return {name for _text, name, _form, _conversion in Formatter().parse(text) if name is not None}


def untranslated(template: bytes, translated: bytes) -> list[str]:
    """Name every text of the template that a language lacks, or lacks a form of."""
    whole = keys([each for each in messages(translated) if forms(each.string) and all(forms(each.string))])
    return sorted(text for context, text in keys(messages(template)) if (context, text) not in whole)


def faults(translated: bytes) -> list[str]:
    """Say what is wrong with single translations: placeholders, blanks at the ends, number of forms."""
    return [fault for message in messages(translated) if (fault := fault_of(message))]


def fault_of(message: Message) -> str:
    """Say what is wrong with one translation, or nothing. A form for one need not say how many."""
    original = forms(message.id)
    for at, text in enumerate(forms(message.string)):
        if not text:
            continue
        known, given = placeholders(original[-1]), placeholders(text)
        of_one = len(original) > 1 and at == 0
        needed = placeholders(original[0]) - {"count", "some"} if of_one else known
        if given - known or needed - given:
            return f"{original}: {text} has other placeholders"
        ends = [text != text.lstrip(), text != text.rstrip()]
        if ends != [original[0] != original[0].lstrip(), original[0] != original[0].rstrip()]:
            return f"{original}: {text!r} has other blanks at its ends"
    return ""


@pytest.fixture(params=LANGUAGES, ids=lambda folder: folder.name)
def folder(request: pytest.FixtureRequest) -> Path:
    """Return the folder of one language that ships."""
    chosen: Path = request.param
    return chosen / "LC_MESSAGES"


def test_every_placeholder_of_a_translation_is_one_of_its_original(folder: Path) -> None:
    held = (folder / "evidencemap.po").read_bytes()

    found = faults(held)

    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        'msgid "{one} rests on {two}."\nmsgstr "{one} beruht auf {zwei}."\n',
        'msgid "{one} rests on {two}."\nmsgstr "{one} beruht auf nichts."\n',
        'msgid "about "\nmsgstr "etwa"\n',
        'msgid "{count} of {all}"\nmsgid_plural "{count} of {all}"\nmsgstr[0] "eins"\nmsgstr[1] "{count}"\n',
    ],
)
def test_a_lost_placeholder_or_blank_is_seen(text: str) -> None:
    planted = text.encode()

    found = faults(planted)

    assert len(found) == 1


def test_what_is_read_is_what_translators_wrote(folder: Path) -> None:
    written = messages((folder / "evidencemap.po").read_bytes())

    with (folder / "evidencemap.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)

    told = [
        compiled.ngettext(forms(each.id)[0], forms(each.id)[1], 2)
        if len(forms(each.id)) > 1
        else compiled.pgettext(each.context, str(each.id))
        if each.context
        else compiled.gettext(str(each.id))
        for each in written
    ]
    assert told == [forms(each.string)[-1] for each in written], MEND


def german(*words: str | Path) -> str:
    """Return what a command prints where the system speaks German."""
    environment = {key: value for key, value in os.environ.items() if key != "EVIDENCEMAP_LANGUAGE"}
    run = subprocess.run(
        [sys.executable, "-m", "evidencemap", *map(str, words)],
        cwd=ROOT,
        env={**environment, "LANGUAGE": "de", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return run.stdout


def english(*words: str | Path) -> str:
    """Return what a command prints where the system speaks English."""
    run = subprocess.run(
        [sys.executable, "-m", "evidencemap", *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return run.stdout


def figures(text: str) -> Counter[str]:
    """Return how often each number stands in a text, visible numbers such as C2 included."""
    return Counter(re.findall(r"[A-Z]?\d+", text))


def test_check_speaks_german_with_the_same_numbers() -> None:
    letter = resource("cases", "letter.yaml")

    told, original = german("check", letter), english("check", letter)

    assert "Behauptung C2 ist unbelegt: Bei Schritt P7 von C1 zu C2 ist eine Lücke." in told
    assert "Was hier unbelegt ist, ist damit nicht als falsch erwiesen" in told
    for word in ("unsupported", "warrant ", "Findings", "Claims"):
        assert word in original and word not in told
    codes = [word for word in original.split() if word.isupper() and "_" in word]
    assert codes == [word for word in told.split() if word.isupper() and "_" in word]
    assert figures(told) == figures(original)


@pytest.mark.parametrize(
    "words", [("check",), ("explain", "C2"), ("settle", "C2"), ("whatif", "--withdraw", "S1")]
)
def test_an_answer_for_programs_is_the_same_in_every_language(words: tuple[str, ...]) -> None:
    command, *rest = words
    asked: list[str | Path] = [command, resource("cases", "letter.yaml"), *rest, "--json"]

    told, original = german(*asked), english(*asked)

    assert told == original
    assert json.loads(told)
    assert german(*asked[:-1]) != english(*asked[:-1])


def test_a_brief_is_written_and_marked_in_the_language_of_the_person(tmp_path: Path) -> None:
    letter, out = resource("cases", "letter.yaml"), tmp_path / "memo.html"

    german("brief", letter, "-o", out)

    page = out.read_text(encoding="utf-8")
    assert '<html lang="de">' in page
    assert "Eine der drei Behauptungen unter der Hauptaussage beruht auf Belegen" in page
    assert "[gefolgert]" in page and "[inferred]" not in page


def test_every_text_is_translated(folder: Path) -> None:
    template = (I18N / "evidencemap.pot").read_bytes()

    left = untranslated(template, (folder / "evidencemap.po").read_bytes())

    assert left == [], MEND


def test_the_template_holds_every_text_of_the_program() -> None:
    check = [sys.executable, str(ROOT / "packaging" / "catalogue.py"), "--check"]

    run = subprocess.run(check, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)

    assert run.returncode == 0, f"{run.stdout}{run.stderr}\n{MEND}"


@pytest.mark.parametrize(
    "left",
    [
        'msgid "Step"\nmsgstr ""\n',
        "",
        'msgctxt "heading"\nmsgid "Step"\nmsgstr "Schritt"\n',
    ],
)
def test_a_text_that_is_left_out_of_a_language_is_seen(left: str) -> None:
    template = 'msgid "Claim"\nmsgstr ""\n\nmsgid "Step"\nmsgstr ""\n'
    translated = f'msgid "Claim"\nmsgstr "Behauptung"\n\n{left}'

    found = untranslated(template.encode(), translated.encode())

    assert found == ["['Step']"]


def test_a_missing_plural_is_seen() -> None:
    many = 'msgid "{count} claim"\nmsgid_plural "{count} claims"\n'
    translated = f'{many}msgstr[0] "{{count}} Behauptung"\nmsgstr[1] ""\n'

    found = untranslated(f'{many}msgstr[0] ""\nmsgstr[1] ""\n'.encode(), translated.encode())

    assert found == [str(["{count} claim", "{count} claims"])]
