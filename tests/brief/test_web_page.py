"""The web twin of a brief is one file that a browser and a screen reader can trust."""

import re
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from evidencemap.brief.html import web_page
from evidencemap.brief.outline import Heading, Outline, Paragraph, Run, plain
from evidencemap.brief.palette import DARK_INKS, INKS
from evidencemap.brief.templates import TEMPLATES
from evidencemap.brief.text import plain_text
from tests.brief.founding import outline_of
from tests.brief.samples import everything, memo

VOID = {"meta", "link", "br", "img", "hr", "input"}
FETCHES = ("src", "srcset", "action", "formaction", "poster", "data", "background", "ping")


class Page(HTMLParser):
    """Reads a page and keeps what a test asks about it."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.faults: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        if not {"style", "title", "desc"} & set(self.open):
            self.words.append(data)

    def attributes(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_every_tag_is_closed_and_every_link_leads_somewhere() -> None:
    page = Page(web_page(everything()))

    identities = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    targets = [attributes["href"][1:] for attributes in page.attributes("a") if attributes["href"][0] == "#"]

    assert page.faults == []
    assert page.open == []
    assert len(identities) == len(set(identities))
    assert set(targets) <= set(identities)
    assert len(targets) > 8


def test_the_page_fetches_and_runs_nothing() -> None:
    page = Page(web_page(everything()))

    (policy,) = (
        a["content"] for a in page.attributes("meta") if a.get("http-equiv") == "Content-Security-Policy"
    )

    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert not {tag for tag, _ in page.tags} & {"script", "iframe", "object", "embed", "img", "link", "form"}
    assert [name for _, attributes in page.tags for name in attributes if name in FETCHES] == []
    assert [name for _, attributes in page.tags for name in attributes if name.startswith("on")] == []
    assert [name for _, attributes in page.tags for name in attributes if name == "style"] == []


def test_tables_figures_and_landmarks_speak_for_themselves() -> None:
    page = Page(web_page(everything()))

    names = [tag for tag, _ in page.tags]
    figures = page.attributes("svg")

    assert all(attributes.get("scope") in ("col", "row", "rowgroup") for attributes in page.attributes("th"))
    assert {"main", "header", "footer", "nav"} <= set(names)
    assert page.attributes("html")[0]["lang"] == "en-GB"
    assert figures[0]["role"] == "img"
    assert names.count("title") == 1 + len(figures)
    assert names.count("desc") == len(figures)


def test_a_narrow_screen_has_the_header_of_its_column_beside_every_cell() -> None:
    markup = web_page(outline_of("memo"))
    page = Page(markup)
    headers = set(re.findall(r'<th scope="col"[^>]*>([^<]+)</th>', markup))

    cells = [each for each in (*page.attributes("td"), *page.attributes("th")) if each.get("role")]
    plain = [each for each in cells if each["role"] in ("cell", "rowheader") and "colspan" not in each]

    assert len(plain) > 40
    assert {each.get("data-label") for each in plain} <= headers
    assert "attr(data-label)" in markup
    assert all("data-label" not in each for each in cells if "colspan" in each)
    assert "colspan" not in [name for each in page.attributes("th") for name in each]


def test_tables_stay_tables_where_their_rows_are_shown_as_blocks() -> None:
    page = Page(web_page(outline_of("memo")))
    roles = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row"}

    inside = [(tag, each.get("role")) for tag, each in page.tags if tag in roles]

    meta = [("table", None), ("tbody", None), *[("tr", None)] * 3]
    assert inside[:5] == meta
    assert {(tag, role) for tag, role in inside[5:]} == set(roles.items())


def test_a_header_over_several_rows_begins_a_group_of_rows() -> None:
    page = Page(web_page(outline_of("report")))

    groups = [each for each in page.attributes("th") if each["scope"] == "rowgroup"]
    bodies = [tag for tag, _ in page.tags].count("tbody") - len(page.attributes("table"))

    assert len(groups) > 10
    assert bodies == len(groups) - 1
    assert {each["colspan"] for each in groups} == {"2"}


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_page_is_named_by_what_it_is_and_its_headings_skip_no_level(template: str) -> None:
    outline = outline_of(template)
    page = Page(web_page(outline))
    title = web_page(outline).partition("<title>")[2].partition("</title>")[0]

    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    places = [
        tag for tag, each in page.tags if tag in ("header", "main", "footer") or "draft" in each.values()
    ]

    assert title.endswith(": Senate letter on distillation")
    assert not title.startswith("Senate")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert places == ["header", "p", "main", "footer"]


def test_the_two_sides_of_a_pair_have_headings_of_their_own() -> None:
    markup = web_page(outline_of("memo"))

    for title in ("This shows", "It does not show", "The headline", "The honest version"):
        assert re.search(rf"<h3>.*{title}</span></h3>", markup), title


def test_words_from_right_to_left_turn_nothing_beside_them_round() -> None:
    hebrew = "הטענה אינה נתמכת (3)."
    runs = (Run(text="C1 "), Run(text=hebrew), Run(text=" (probable)"))
    blocks = (Heading(text="Brief", level=1), Paragraph(runs=runs), Paragraph(runs=plain(hebrew)))

    page = web_page(Outline(title="x", date="2026-01-31", blocks=blocks))

    assert f"<p>C1 <bdi>{hebrew}</bdi> (probable)</p>" in page
    assert f"<p>{hebrew}</p>" in page
    assert "unicode-bidi: plaintext" in page


def test_a_figure_is_well_formed_by_itself() -> None:
    markup = web_page(everything())
    start, end = markup.index("<svg"), markup.index("</svg>") + len("</svg>")

    root = ElementTree.fromstring(markup[start:end])

    assert root.tag == "svg"
    assert len(root) > 15


def test_each_sentence_says_whose_it_is() -> None:
    page = Page(web_page(everything()))

    voices = [
        attributes["data-voice"] for attributes in page.attributes("span") if "data-voice" in attributes
    ]

    assert voices == ["reported", "inferred", "assumed"]


@pytest.mark.parametrize("outline", [memo(), everything()], ids=["memo", "everything"])
def test_page_and_text_carry_the_same_words(outline: Outline) -> None:
    page = Page(web_page(outline))
    said = letters("".join(page.words))

    wanted = [
        letters(run.text) for block in outline.blocks if isinstance(block, Paragraph) for run in block.runs
    ]
    text = letters(plain_text(outline))

    assert len(wanted) > 0
    assert [words for words in wanted if words not in said or words not in text] == []


def letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def test_markup_in_a_case_stays_text() -> None:
    canary = "<img src=x onerror=alert(1)></style><script>alert(2)</script>&quot;'\""
    blocks = (Heading(text=canary, anchor=canary), Paragraph(runs=(Run(text=canary, link=canary),)))
    outline = Outline(
        title=canary,
        date="2026-01-31",
        handling=canary,
        footer=canary,
        blocks=(*blocks, Paragraph(runs=plain(canary))),
    )

    page = Page(web_page(outline))

    assert page.faults == []
    assert not {tag for tag, _ in page.tags} & {"script", "img"}
    assert "".join(page.words).count("<script>alert(2)</script>") == 6


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.2 computes it."""

    def light(code: str) -> float:
        parts = [int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_in_the_dark_the_page_is_dark_and_every_state_can_be_read() -> None:
    style = web_page(memo()).partition("<style>")[2].partition("</style>")[0]

    dark = style.partition("prefers-color-scheme: dark")[2]
    ground = "#14181E"

    assert "color-scheme: light dark" in style
    assert ground in dark
    assert all(contrast(ink, ground) >= 4.5 and ink in dark for ink in DARK_INKS.values())
    assert any(contrast(ink, ground) < 4.5 for ink in INKS.values())
