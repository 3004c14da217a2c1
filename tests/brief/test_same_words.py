"""Paper, web page and plain text say the same words in the same order, in every template."""

import html
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from evidencemap.analysis import findings as registry
from evidencemap.brief.basis import Basis, basis
from evidencemap.brief.html import web_page
from evidencemap.brief.outline import Outline, every_run
from evidencemap.brief.pdf import pdf_bytes
from evidencemap.brief.preflight import open_blockers
from evidencemap.brief.templates import TEMPLATES
from evidencemap.brief.text import plain_text
from evidencemap.brief.words import clean
from evidencemap.model import verbs
from evidencemap.model.words import RemarkKind
from tests.brief.founding import DAY, letter, outline_of, told
from tests.brief.test_reading_order import structure


def squeezed(text: str) -> str:
    return re.sub(r"[\s|]+", "", text)


def on_the_web(outline: Outline) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", web_page(outline).partition("<main")[2]))


def heard(outline: Outline, pdfinfo: str) -> str:
    return "".join(re.findall(r'"(.*)"', structure(pdf_bytes(outline, identity=b"")[0], pdfinfo)))


def first_missing(outline: Outline, told: str) -> str:
    """Return the first words that do not follow the words before them; an empty text where all do."""
    text, place = squeezed(told), 0
    for run in every_run(outline.blocks):
        words = squeezed(clean(run.text))
        found = text.find(words, place)
        if found < 0:
            return run.text
        place = found + len(words)
    return ""


@pytest.mark.parametrize("template", TEMPLATES)
def test_web_page_and_plain_text_say_the_same_words_in_the_same_order(template: str) -> None:
    outline = outline_of(template)

    forms = [on_the_web(outline), plain_text(outline)]

    assert [first_missing(outline, form) for form in forms] == ["", ""]


# pdfinfo takes minutes over the structure of a whole report; its pages are the same boxes.
@pytest.mark.parametrize("template", sorted(set(TEMPLATES) - {"report"}))
def test_paper_says_the_same_words_in_the_same_order(oracle: Callable[[str], str], template: str) -> None:
    outline = outline_of(template)

    read_aloud = heard(outline, oracle("pdfinfo"))

    assert first_missing(outline, read_aloud) == ""


def test_words_in_another_order_would_be_noticed() -> None:
    outline = outline_of("memo")
    turned = replace(outline, blocks=(*outline.blocks[3:], *outline.blocks[:3]))

    assert first_missing(outline, plain_text(turned))
    assert first_missing(outline, on_the_web(turned))


@pytest.mark.parametrize("template", ["memo", "report"])
def test_the_honest_version_and_what_would_settle_it_stand_in_every_form(template: str) -> None:
    outline = outline_of(template)

    for form in (on_the_web(outline), plain_text(outline)):
        assert "The honest version" in " ".join(form.split())
        assert "What would settle it" in " ".join(form.split())


def disputed() -> Basis:
    """Return the founding case with a finding accepted for a reason and a reviewer's remark left open."""
    case, blocker = letter(), open_blockers(told())[0]
    digest = registry.digest_of(case, blocker)
    case = case.after(verbs.accept(case, blocker.code, blocker.on, "The committee knows", accepted=digest))
    about = case.by_number["C2"]
    remark = verbs.remark(case, about, "Staff saw the method", author="Reviewer", kind=RemarkKind.CHALLENGE)
    return basis(case.after(remark), DAY)


@pytest.mark.parametrize("template", ["memo", "report"])
def test_dissent_and_what_was_accepted_stand_in_every_form_with_the_reason(
    oracle: Callable[[str], str], template: str
) -> None:
    outline = TEMPLATES[template](disputed())
    forms = [on_the_web(outline), plain_text(outline)]
    if template == "memo":
        forms.append(heard(outline, oracle("pdfinfo")))

    silent = outline_of(template)

    for words in ("The committee knows.", "Staff saw the method", "by Reviewer"):
        assert all(squeezed(words) in squeezed(form) for form in forms)
        assert squeezed(words) not in squeezed(plain_text(silent))
    assert [first_missing(outline, form) for form in forms] == [""] * len(forms)
