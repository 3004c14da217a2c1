"""What a careful reader asks of a text stands in the brief: its verbs, its caveats, who else looked."""

from dataclasses import replace

import pytest

from evidencemap.analysis.findings import sentence_of
from evidencemap.brief.basis import basis
from evidencemap.brief.outline import Figure, Heading, Key, MetaTable, State, Table, every_run
from evidencemap.brief.sections.each_claim import MOST_IN_DEPTH
from evidencemap.brief.sections.figures import what_leads_to
from evidencemap.brief.templates import TEMPLATES
from evidencemap.brief.text import plain_text
from evidencemap.model.case import Case, case_of, everything
from evidencemap.model.entities import Claim, Entity, Exhibit, Source, Step
from evidencemap.model.records import Id, Tie
from evidencemap.model.words import ClaimKind, TieKind
from tests.benchmarks.generate import generate
from tests.brief.founding import DAY, letter, outline_of, said


def words_of(case: Case, template: str) -> str:
    """Return all that a brief on a case says, in reading order."""
    return " ".join(said(TEMPLATES[template](basis(case, DAY))).split())


def changed(number: str, **fields: object) -> Case:
    """Return the founding case with some fields of one entity changed."""
    held = letter().numbered(number)
    assert held is not None
    other: Entity = replace(held, **fields)  # type: ignore[arg-type]
    return case_of([other if each.id == held.id else each for each in everything(letter())])


@pytest.mark.parametrize("template", ["memo", "report"])
def test_a_reader_sees_which_words_and_how_much_sureness_the_headline_adds(template: str) -> None:
    told = said(outline_of(template))
    plainer = words_of(changed("C9", text="Exchanges ran through flagged accounts"), template)

    assert "It says “attacks” and “stole”, and what these words assert is not supported: claims" in told
    assert "It states as established what stands as probable: claim C1." in told
    assert "and what these words assert" not in plainer


def test_the_verb_of_a_comparison_stands_beside_its_ratio() -> None:
    told = words_of(letter(), "report")
    without = case_of(
        [
            each
            for each in everything(letter())
            if not (isinstance(each, Step) and each.scheme == "comparison")
        ]
    )

    assert "dwarfs the February one” (C7). N1 is about 1.8 times N3." in told
    assert "beside the ratio" not in words_of(without, "report")


def test_each_text_is_told_with_its_venue_its_caveats_and_its_stronger_wording() -> None:
    source = letter().numbered("S4")
    assert isinstance(source, Source)
    careful = changed("S4", caveats="by its own count; not audited", wording="")

    told, other = words_of(letter(), "report"), words_of(careful, "report")

    assert source.wording in told
    assert "a method and data that reviewers have read" in told
    assert source.wording not in other
    assert "2: by its own count; not audited" in other
    assert "2: by its own count; not audited" not in told


def test_a_claim_that_nobody_else_looked_at_says_so_and_an_audit_ends_it() -> None:
    audited = changed("E1", audited=True)

    assert "Independent look: none is recorded." in words_of(letter(), "report")
    assert "Independent look: E1." not in words_of(letter(), "report")
    assert "Independent look: E1." in words_of(audited, "report")


def test_the_verb_of_each_outlet_stands_beside_its_wording_and_no_column_where_none_is_recorded() -> None:
    told, without = words_of(changed("S4", verb="stole"), "report"), words_of(letter(), "report")

    assert "S4 TechTimes stole" in told
    assert "S4 TechTimes –" in without


def test_whom_a_claim_was_said_to_is_told_with_who_said_it() -> None:
    told = words_of(changed("C1", stated_to="two senators"), "report")

    assert "Stated by S1. Said to two senators." in told
    assert "Said to" not in words_of(letter(), "report")


def test_the_series_the_topic_and_the_week_of_a_text_stand_in_the_head() -> None:
    placed = changed("case", series="The Number", topic="Copying", week="24")

    told = TEMPLATES["memo"](basis(placed, DAY))

    rows = [row for each in told.blocks if isinstance(each, MetaTable) for row in each.rows]
    head = {label: runs[0].text for label, runs in rows}
    assert (head["Series"], head["Topic"], head["Week"]) == ("The Number", "Copying", "24")
    assert "Series" not in words_of(letter(), "memo")


def test_who_belongs_to_whom_is_told_as_asserted_until_something_is_to_show_it() -> None:
    owner, item = letter().by_number["S1"], letter().by_number["E1"]
    asserted = changed("S9", ties=(Tie(kind=TieKind.LINKED_TO, to=owner),))
    shown = changed("S9", ties=(Tie(kind=TieKind.LINKED_TO, to=owner, shown_by=item),))
    said_of = "Alibaba (S9) is linked to Anthropic (S1)"

    assert f"{said_of} (asserted: nothing on the map shows it)" in words_of(asserted, "report")
    assert f"{said_of} (as E1 is to show)" in words_of(shown, "report")
    assert "Who belongs to whom" not in words_of(letter(), "report")


def test_the_report_says_what_is_struck_out_of_an_exhibit() -> None:
    clip = Exhibit(
        id=Id("x"), number="X1", name="clip.pdf", sha256="5" * 64, struck=("Subscribe", "Advertisement")
    )

    told = words_of(case_of([*everything(letter()), clip]), "report")
    one = words_of(case_of([*everything(letter()), replace(clip, struck=("Subscribe",))]), "report")

    assert "2 passages of X1 are struck out, as no part of what it is kept for: “Subscribe” and “Adv" in told
    assert "One passage of X1 is struck out, as no part of what it is kept for: “Subscribe”." in one
    assert "struck out" not in words_of(case_of([*everything(letter()), replace(clip, struck=())]), "report")


def test_every_claim_has_its_picture_in_a_large_report_too() -> None:
    told = basis(generate(300, extras=True), DAY)
    claims = [each for each in told.case.sorted(Claim) if each.kind is not ClaimKind.ASK]
    led_to = {step.conclusion for step in told.case.sorted(Step)}
    blocks = iter(TEMPLATES["report"](told).blocks)

    follows: dict[str, list[type]] = {}
    for block in blocks:
        if isinstance(block, Heading) and block.anchor:
            following = follows.setdefault(block.anchor, [])
        elif follows and isinstance(block, Figure | Table):
            following.append(type(block))

    assert len(claims) > MOST_IN_DEPTH
    for claim in claims[:-1]:
        assert follows[claim.number] == ([Figure, Table] if claim.id in led_to else []), claim.number


def test_a_picture_of_what_leads_to_a_claim_directly_leaves_out_what_is_behind_it() -> None:
    told = basis(letter(), DAY)
    effect = letter().numbered("C3")
    assert isinstance(effect, Claim)

    deep, near = what_leads_to(told, effect, 466.0), what_leads_to(told, effect, 466.0, directly=True)

    assert deep is not None
    assert near is not None
    assert "Step P8 from C1 and C2 to C3 rests on" in near.alt
    assert ("Step P7 " in deep.alt, "Step P7 " in near.alt) == (True, False)
    assert ("For C1: E1" in deep.alt, "For C1: E1" in near.alt) == (True, False)


def test_a_question_that_several_steps_leave_open_is_put_once_and_names_them_all() -> None:
    words = words_of(letter(), "report").replace("\u00a0", " ")

    assert "P7, C1 → C2; P12, E6 → C8. Which traces tie it to this operator" in words


def test_the_table_of_a_claim_says_which_steps_are_against_it() -> None:
    told = basis(generate(300, extras=True), DAY)
    tables = [each for each in TEMPLATES["report"](told).blocks if isinstance(each, Table)]
    against = {
        each.number for each in told.case.sorted(Claim) if any(step.con for step in told.steps_to(each.id))
    }

    def said_so(number: str) -> bool:
        (table,) = [each for each in tables if each.summary.startswith(f"Each step to {number} with")]
        return any(len(row.cells) == 1 and "Against it" in str(row.cells[0]) for row in table.rows)

    shown = [
        each.number
        for each in told.case.sorted(Claim)
        if each.kind is not ClaimKind.ASK and told.steps_to(each.id)
    ]
    assert {each for each in shown if said_so(each)} == against & set(shown) != set(shown)


def test_a_map_that_is_too_large_for_paper_tells_each_step_once() -> None:
    told = basis(generate(700, extras=True), DAY)
    blocks = TEMPLATES["report"](told).blocks
    at = next(at for at, each in enumerate(blocks) if isinstance(each, Heading) and each.text == "The map")
    table = next(each for each in blocks[at:] if isinstance(each, Table))

    listed = {row.cells[0].paragraphs[0][0].text for row in table.rows}

    pictured = {each.id for each in told.case.sorted(Claim) if each.kind is not ClaimKind.ASK}
    others = {step.number for step in told.case.sorted(Step) if step.conclusion not in pictured}
    assert listed == others != set()


def test_findings_that_differ_in_their_numbers_alone_are_told_in_one_row() -> None:
    told = basis(letter(), DAY)
    words = words_of(letter(), "report")

    assert words.count("has no interval: how far off") == 1
    assert (
        "Quantity N1 has no interval: how far off it may be is not recorded. Likewise: N2; N3; N4." in words
    )
    assert "Likewise: P12 (E6, C8, M1, R1)." in words
    for finding in told.findings:
        for entity in finding.on:
            assert told.case.number(entity) in words, sentence_of(told.case, finding)


def test_what_is_left_to_the_report_has_no_heading_of_a_column_in_the_text() -> None:
    told = plain_text(TEMPLATES["memo"](basis(letter(), DAY)))

    assert "* 2 more: see the report." in told.splitlines()
    assert "Step: 2 more" not in told


@pytest.mark.parametrize("title", [".", " . ", ". .", "…", "-"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_title_that_is_a_sign_alone_is_told_all_the_same(template: str, title: str) -> None:
    outline = TEMPLATES[template](basis(changed("case", title=title), DAY))

    assert outline.title.strip()


def test_the_key_of_a_report_explains_every_sign_that_its_tables_set() -> None:
    blocks = outline_of("report").blocks
    explained = {
        run.state for block in blocks if isinstance(block, Key) for term, _ in block.entries for run in term
    }
    tables = [block for block in blocks if isinstance(block, Table)]

    used = {run.state for run in every_run(tuple(tables))} - {None, State.REQUEST}

    assert len(used) > 4
    assert used <= explained
