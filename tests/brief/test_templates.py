"""Every template tells every case so that everyone can read it, whatever people wrote into the case."""

import hashlib
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings

from evidencemap.analysis.verdicts import verdicts
from evidencemap.brief.basis import Basis, basis
from evidencemap.brief.html import web_page
from evidencemap.brief.pdf import Attachment, pdf_bytes
from evidencemap.brief.templates import TEMPLATES
from evidencemap.brief.text import plain_text
from evidencemap.exchange.json_case import write_json
from evidencemap.exchange.listing import write_listing
from evidencemap.model import verbs
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim
from tests.benchmarks.generate import generate
from tests.brief.founding import DAY, letter, outline_of, told
from tests.brief.oracles import failures, found_wanting, vera_failures, vera_faults
from tests.brief.processes import printed
from tests.brief.test_reading_order import structure
from tests.exchange.random_cases import cases

GOLDEN = Path(__file__).with_name("golden") / "letter-memo-structure.txt"
ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import hashlib
from evidencemap.brief.pdf import pdf_bytes
from evidencemap.brief.templates import TEMPLATES
from tests.brief.founding import outline_of
for template in TEMPLATES:
    data, _ = pdf_bytes(outline_of(template), identity=b"letter")
    print(hashlib.sha256(data).hexdigest())
"""
PAGES = {"memo": 2, "settle": 1}
"""What a template never exceeds."""


def attached(case: Case) -> tuple[Attachment, ...]:
    listing, twin = write_listing(case).encode(), write_json(case).encode()
    return (
        Attachment(name="case.yaml", data=listing, media_type="application/yaml"),
        Attachment(name="case.json", data=twin, media_type="application/json", relation="Alternative"),
    )


@cache
def archive(template: str, paper: str = "letter") -> bytes:
    data, _ = pdf_bytes(
        outline_of(template), identity=b"letter", paper=paper, pdfa=True, attachments=attached(letter())
    )
    return data


def large(nodes: int) -> Basis:
    """Return a generated case; its findings are left out, of which other tests hold what they say."""
    case = generate(nodes, extras=True)
    return Basis(case=case, verdicts=verdicts(case), findings=(), today=DAY)


@pytest.mark.parametrize("paper", ["letter", "a4"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_the_founding_case_is_accessible_and_archivable_in_every_template(template: str, paper: str) -> None:
    plain, report = pdf_bytes(outline_of(template), identity=b"letter", paper=paper)

    assert failures(plain, "ua1") == []
    assert failures(archive(template, paper), "ua1") == []
    assert failures(archive(template, paper), "3a") == []
    assert report.pages <= PAGES.get(template, 40)
    assert report.unknown_glyphs == ()


def test_the_memo_of_the_founding_case_has_exactly_two_pages_on_both_papers() -> None:
    pages = {
        paper: pdf_bytes(outline_of("memo"), identity=b"letter", paper=paper)[1].pages
        for paper in ("letter", "a4")
    }

    assert pages == {"letter": 2, "a4": 2}


def test_verapdf_agrees_on_every_template(tmp_path: Path) -> None:
    files = {template: archive(template) for template in TEMPLATES}

    found = vera_faults(files, tmp_path)

    assert found == []


@pytest.mark.parametrize(
    ("whole", "broken", "profile"),
    [
        (b"/StructTreeRoot", b"/StructTreeXxxx", "ua1"),
        (b"/Alt (", b"/Alx (", "ua1"),
        (b"/S /TH", b"/S /XX", "ua1"),
        (b"/AFRelationship", b"/AFRelationshix", "3a"),
    ],
)
def test_a_template_with_one_thing_taken_away_is_found_wanting(
    whole: bytes, broken: bytes, profile: str
) -> None:
    good = archive("memo")

    assert found_wanting(good, whole, broken, profile)


@pytest.mark.parametrize("template", ["memo", "settle", "register", "change"])
def test_a_case_of_a_thousand_nodes_is_told_as_well(template: str) -> None:
    read = large(1_000)
    outline = TEMPLATES[template](read)

    data, report = pdf_bytes(outline, identity=b"large", pdfa=True, attachments=attached(read.case))

    assert failures(data, "ua1") == []
    assert failures(data, "3a") == []
    assert report.pages <= PAGES.get(template, 200)


def test_a_report_of_many_pages_is_accessible_to_its_end() -> None:
    data, report = pdf_bytes(TEMPLATES["report"](large(50)), identity=b"large", pdfa=True)

    assert report.pages > 20
    assert failures(data, "ua1") == []
    assert failures(data, "3a") == []


@pytest.mark.long
def test_the_report_of_a_thousand_nodes_is_accessible_to_its_end(tmp_path: Path) -> None:
    # page-validation reads tables of at most 1,024 rows, so veraPDF alone judges this one.
    data, report = pdf_bytes(TEMPLATES["report"](large(1_000)), identity=b"large", pdfa=True)
    path = tmp_path / "report.pdf"
    path.write_bytes(data)

    assert report.pages > 300
    assert vera_failures([path], "ua1,3a", tmp_path / "classes") == []


@given(case=cases(most=3))
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
def test_random_cases_with_hard_texts_in_every_field_are_accessible(case: Case) -> None:
    if case.header.profile != "standard":
        case = case.after(verbs.set_field(case, case.id, "profile", "standard"))
    read = basis(case, DAY)
    template = list(TEMPLATES)[len(write_listing(case)) % len(TEMPLATES)]

    outline = TEMPLATES[template](read)
    data, report = pdf_bytes(outline, identity=b"random", pdfa=True)

    assert failures(data, "ua1") == []
    assert failures(data, "3a") == []
    assert report.pages <= PAGES.get(template, 200)
    assert plain_text(outline)
    assert "<script" not in web_page(outline)


@pytest.mark.long
def test_random_cases_are_accessible_in_every_template(tmp_path: Path) -> None:
    paths: list[Path] = []

    @given(case=cases(most=3))
    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    def told_in_all(case: Case) -> None:
        if case.header.profile != "standard":
            case = case.after(verbs.set_field(case, case.id, "profile", "standard"))
        read = basis(case, DAY)
        for name, make in TEMPLATES.items():
            data, _report = pdf_bytes(make(read), identity=b"random", pdfa=True, attachments=attached(case))
            path = tmp_path / f"{len(paths)}-{name}.pdf"
            path.write_bytes(data)
            paths.append(path)
            assert failures(data, "ua1") == []
            assert failures(data, "3a") == []

    told_in_all()

    assert len(paths) >= 60 * len(TEMPLATES)
    for start in range(0, len(paths), 50):
        assert vera_failures(paths[start : start + 50], "ua1,3a", tmp_path / "classes") == []


def test_the_memo_of_the_founding_case_is_heard_in_reading_order(oracle: Callable[[str], str]) -> None:
    heard = structure(pdf_bytes(outline_of("memo"), identity=b"letter")[0], oracle("pdfinfo"))

    assert heard == GOLDEN.read_text(encoding="utf-8")


def test_hash_seed_time_zone_and_epoch_change_no_byte_of_any_template() -> None:
    worlds = [
        {"PYTHONHASHSEED": "0", "TZ": "UTC"},
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"},
        {"PYTHONHASHSEED": "4242", "TZ": "America/New_York"},
    ]

    found = {printed(PROGRAM, world) for world in worlds}

    here = [
        hashlib.sha256(pdf_bytes(outline_of(each), identity=b"letter")[0]).hexdigest() for each in TEMPLATES
    ]
    assert [each.split() for each in found] == [here]


@pytest.mark.parametrize(
    "text", ["word " * 200_000, "x" * 300_000, "\u4e2d" * 300_000], ids=["1 MB", "word", "han"]
)
def test_a_text_without_end_is_told_in_bounded_room(text: str) -> None:
    case = letter()
    endless = case.after(verbs.set_fields(case, case.by_number["C2"], text=text))
    read = basis(endless, DAY)

    memo, memo_report = pdf_bytes(TEMPLATES["memo"](read), identity=b"endless")
    _settle, settle_report = pdf_bytes(TEMPLATES["settle"](read), identity=b"endless")

    assert (memo_report.pages, settle_report.pages) == (2, 1)
    assert len(memo) < 400_000
    assert failures(memo, "ua1") == []


def test_nothing_on_the_disk_is_opened_but_our_own_fonts(
    oracle: Callable[[str], str], tmp_path: Path
) -> None:
    case = letter()
    canary = tmp_path / "canary.png"
    canary.write_bytes(b"\x89PNG")
    markup = f'<img src="{canary}"/><font face="/usr/share/fonts/x.ttf">[{canary}](file://{canary})'
    for claim in case.sorted(Claim):
        case = case.after(verbs.set_fields(case, claim.id, text=f"{markup} {claim.text}"))
    listing, out, log = tmp_path / "case.yaml", tmp_path / "memo.pdf", tmp_path / "trace"
    listing.write_text(write_listing(case), encoding="utf-8")
    command = [sys.executable, "-m", "evidencemap", "brief", str(listing), "-o", str(out), "--date", DAY]

    subprocess.run(
        [oracle("strace"), "-f", "-e", "trace=%file,connect", "-o", str(log), *command],
        check=True,
        capture_output=True,
        timeout=240,
        cwd=ROOT,
    )

    calls = log.read_text(encoding="utf-8", errors="replace").splitlines()
    asked = [call for call in calls if "canary" in call or "connect(" in call]
    fonts = [call for call in calls if any(end in call for end in (".ttf", ".ttc", ".otf", ".pfb", ".afm"))]
    foreign = [call for call in fonts if str(ROOT / "resources" / "fonts") not in call]
    assert out.read_bytes().startswith(b"%PDF-")
    assert len(fonts) > 0
    assert asked == []
    assert foreign == []


def test_the_words_are_the_same_on_paper_on_a_web_page_and_as_plain_text() -> None:
    outline = TEMPLATES["memo"](told())
    data, _ = pdf_bytes(outline, identity=b"letter")

    with pypdfium2.PdfDocument(data) as document:
        paper = "".join(page.get_textpage().get_text_range() for page in document)
    said = "No item has been audited."
    assert all(said in " ".join(form.split()) for form in (paper, web_page(outline), plain_text(outline)))
