"""One, none and many of each thing are told as such, and every count names the set that it counts."""

from collections.abc import Iterator

import pytest

from evidencemap.analysis.judged import StepStatus
from evidencemap.brief.basis import basis
from evidencemap.brief.outline import Heading, Table
from evidencemap.brief.sections.others import open_questions
from evidencemap.brief.templates import TEMPLATES
from evidencemap.exchange.listing import read_listing
from evidencemap.model.case import case_of, everything
from evidencemap.model.custody import File, add_exhibit, arrival
from evidencemap.model.entities import Step
from evidencemap.model.records import Id
from evidencemap.model.upkeep import Checkpoint
from evidencemap.tongue import speak
from tests.brief.founding import DAY, letter, said
from tests.brief.witness import NUMBERS, STANDS, WITNESS, claims, listing, steps, told


@pytest.fixture
def german() -> Iterator[None]:
    speak("de")
    yield
    speak()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ((1, ()), "The claim under the headline does not stand."),
        ((1, (1,)), "The claim under the headline rests on evidence: it was one."),
        ((2, ()), "Neither of the two claims under the headline stands."),
        ((2, (1,)), "One of the two claims under the headline rests on evidence: it was one."),
        ((2, (1, 2)), "Both claims under the headline rest on evidence: it was one; it was two."),
        ((3, ()), "None of the three claims under the headline stands."),
        ((3, (1, 2)), "Two of the three claims under the headline rest on evidence: it was one;"),
        ((3, (1, 2, 3)), "All three claims under the headline rest on evidence: it was one;"),
        ((7, (7,)), "One of the seven claims under the headline rests on evidence: it was seven."),
        ((12, ()), "None of the 12 claims under the headline stands."),
    ],
)
def test_the_bottom_line_counts_every_claim_under_the_headline(
    given: tuple[int, tuple[int, ...]], sentence: str
) -> None:
    count, standing = given
    case = listing(
        claims(*(f"it was {word}" for word in NUMBERS[:count]), headline="all of it"),
        steps(*standing) if standing else "",
    )

    assert sentence in told(case)


def test_of_many_that_stand_the_bottom_line_names_a_few_and_counts_the_others() -> None:
    texts = [f"it was {word}" for word in NUMBERS[:7]]

    line = told(listing(claims(*texts, headline="all of it"), steps(*range(1, 8))))

    assert "All seven claims under the headline rest on evidence: it was one;" in line
    assert "it was five; 2 more." in line


def test_a_headline_that_is_drawn_from_evidence_alone_is_told_as_the_headline() -> None:
    case = listing("  C1: {text: it was so, stated: strong, headline: true}", STANDS)

    assert "The headline rests on evidence: it was so." in told(case)
    assert "The map holds no claim" not in told(case)


def test_a_map_of_claims_without_steps_is_not_told_as_one_without_claims() -> None:
    orphan = listing("  C1: {text: it was so, stated: strong}")
    methods = listing("  H1: {text: people do not lie, kind: assumption}")
    empty = read_listing(WITNESS)

    assert "The claim on the matter does not stand. Nothing is recorded for C1 (existence)." in told(orphan)
    assert "The map holds no claim but methods, assumptions and asks." in told(methods)
    assert "The map holds no claim yet." in told(empty)
    assert "The map holds no claim yet." in told(empty, "settle")


def test_a_claim_that_stands_on_an_assumption_alone_is_not_told_as_resting_on_evidence() -> None:
    case = listing(
        "  C1: {text: it was so, stated: probable}\n  H1: {text: people do not lie, kind: assumption}",
        "steps: {P1: {from: [H1], to: C1, scheme: definition}}",
    )

    line, report = told(case), told(case, "report")

    assert "The claim on the matter stands: it was so (only while H1 is granted)." in line
    assert "rests on evidence" not in line
    assert "C1 it was so Probable (granted) Conditional" in report
    assert "definition – Carries, probable (granted)" in report
    assert "H1 people do not lie Granted as probable Conditional" in report


def test_claims_that_were_picked_out_of_many_are_told_as_such() -> None:
    texts = [f"it was {word}" for word in NUMBERS[:6]]

    line = told(listing(claims(*texts)))

    assert "None of the five claims singled out here stands." in line
    assert "Singled out of 6 claims on the matter are those stated furthest above what carries them." in line
    assert "Singled out" not in told(listing(claims(*texts[:5])))


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        (1, None),
        (2, "Both items of evidence for C1 go back to one origin, Ann."),
        (3, "All three items of evidence for C1 go back to one origin, Ann."),
    ],
)
def test_the_items_that_go_back_to_one_origin_are_those_of_named_claims(
    items: int, sentence: str | None
) -> None:
    every = range(1, items + 1)
    ground = (
        "evidencemap: 1\ntitle: x\nsources: {S1: {name: Ann, kind: person, reliability: A}}\nevidence:\n"
        + "".join(f"  E{each}: {{text: Ann saw it, from: [S1], credibility: 1}}\n" for each in every)
    )
    more = "steps:\n" + "".join(f"  P{each}: {{from: [E{each}], to: C1, scheme: record}}\n" for each in every)

    line = told(listing(claims("it was so", "it was they", headline="both"), more, ground))

    assert (sentence in line) if sentence else ("go back to one origin" not in line)


@pytest.mark.parametrize(
    ("asks", "gains", "sentence"),
    [
        (1, 1, "It gains from the one ask."),
        (2, 1, "It gains from one of the two asks."),
        (2, 2, "It gains from both asks."),
        (3, 3, "It gains from all three asks."),
        (2, 0, None),
    ],
)
def test_what_an_origin_gains_is_counted_among_the_asks(asks: int, gains: int, sentence: str | None) -> None:
    gained = ", ".join(f"A{each}" for each in range(1, gains + 1))
    ground = (
        "evidencemap: 1\ntitle: x\n"
        f"sources: {{S1: {{name: Ann, kind: person, reliability: A, gains_from: [{gained}]}}}}\n"
        "evidence:\n"
        "  E1: {text: Ann saw it, from: [S1], credibility: 1}\n"
        "  E2: {text: Ann wrote it, from: [S1], credibility: 1}\n"
    )
    wanted = "".join(f"\n  A{each}: {{text: do it, kind: ask}}" for each in range(1, asks + 1))
    more = "steps: {P1: {from: [E1], to: C1, scheme: record}, P2: {from: [E2], to: C1, scheme: record}}"

    line = told(listing(claims("it was so") + wanted, more, ground))

    assert (sentence in line) if sentence else ("It gains" not in line)


def test_the_summary_counts_the_sources_that_have_items_among_all_of_them() -> None:
    summary = told(letter()).partition("Source summary statement.")[2]

    assert "The map holds nine items of evidence from eight of its nine sources." in summary
    assert "No item has been audited." in summary
    assert told(letter(), "register").count("Alibaba") == 1


def test_the_summary_of_one_item_speaks_of_it_alone() -> None:
    one = listing(claims("it was so"), STANDS)
    reported = listing(
        claims("it was so"), STANDS, WITNESS.replace("credibility: 1,", "credibility: 1, state: reported,")
    )

    assert "The map holds one item of evidence from one source. It has not been audited." in told(one)
    assert "It is known as reported and not in hand." in told(reported)
    assert "One is known" not in told(reported)


def test_an_item_that_is_withdrawn_is_told_as_withdrawn_and_not_among_those_for_a_claim() -> None:
    ground = WITNESS.replace(
        "evidence: {", "evidence: {E2: {text: a note, from: [S1], credibility: 1, state: withdrawn}, "
    )
    more = "steps: {P1: {from: [E1], to: C1, scheme: record}, P2: {from: [E2], to: C1, scheme: record}}"

    line = told(listing(claims("it was so"), more, ground))

    assert "1 origin, 1 item" in line
    assert "The map holds one item of evidence from one source." in line
    assert "One further item is withdrawn." in line
    none = ground.replace("credibility: 1, exhibits", "credibility: 1, state: withdrawn, exhibits")
    gone = told(listing(claims("it was so"), more, none))
    assert "All evidence that the map holds is withdrawn." in gone


def test_an_item_without_a_source_is_counted_apart_and_rated_by_its_credibility_alone() -> None:
    ground = WITNESS.replace("evidence: {", "evidence: {E2: {text: a rumour, credibility: 4}, ")
    more = "steps: {P1: {from: [E1], to: C1, scheme: record}, P2: {from: [E2], to: C1, scheme: record}}"

    line = told(listing(claims("it was so"), more, ground), "report")

    assert "For one of them, no source is recorded." in line
    assert "E2, a rumour; no source recorded; rating: doubtful (4)." in line


def test_an_item_of_two_sources_is_rated_by_each() -> None:
    ground = WITNESS.replace(
        "sources: {", "sources: {S2: {name: Bob, kind: person, reliability: C}, "
    ).replace("from: [S1]", "from: [S1, S2]")

    line = told(listing(claims("it was so"), STANDS, ground))

    assert "completely reliable and fairly reliable, confirmed by other sources (A1 and C1)" in line


def test_an_ask_that_stands_below_its_stake_is_told_as_such() -> None:
    wanted = "\n  A1: {text: do it, kind: ask, stake: %d}"
    more = STANDS.replace("}}", "}, P2: {from: [C1], to: A1, scheme: practical}}")
    weak = WITNESS.replace("credibility: 1", "credibility: 3")

    high = listing(claims("it was so") + wanted % 5, more, weak)
    low = listing(claims("it was so") + wanted % 1, more, weak)

    assert "A1 stands, but below what its stake needs." in told(high)
    assert "below what its stake needs" not in told(low)
    report = TEMPLATES["report"](basis(high, DAY))
    headings = [each.text for each in report.blocks if isinstance(each, Heading)]
    assert headings.count("What they ask for") == 1


def test_only_asks_that_rest_on_what_falls_are_told_to_lean_on_it() -> None:
    wanted = "".join(f"\n  A{each}: {{text: do it, kind: ask, stake: 2}}" for each in (1, 2, 3))
    more = "steps: {P1: {from: [C1], to: A1, scheme: practical}, P2: {from: [C1], to: A3, scheme: practical}}"

    line = told(listing(claims("it was so") + wanted, more))

    assert "A1 and A3 lean on what the record does not carry: C1. A2 does not stand." in line


def test_a_gap_that_would_settle_a_claim_is_named_in_words() -> None:
    case = listing(
        claims("it was so", "it was they"),
        STANDS.replace("}}", "}, P2: {from: [C1], to: C2, scheme: sign}}"),
    )

    sheet = told(case, "settle")

    assert "A warrant for P2" in sheet
    assert "P2.warrant" not in sheet
    assert "No open request is listed that would settle any of it." in sheet


def test_a_register_tells_one_byte_and_what_a_source_gains() -> None:
    ground = WITNESS.replace("reliability: A", "reliability: A, gains_from: [A1]")

    register = told(listing("  A1: {text: do it, kind: ask}", "", ground), "register")

    assert "text/plain, 1 byte" in register
    assert "1 bytes" not in register
    assert "gains from A1" in register


def test_a_change_tells_links_fields_and_the_case_in_words() -> None:
    before = listing(claims("it was so", "it was they"))
    after = read_listing(
        f"{WITNESS}standard: scintilla\nclaims:\n{claims('it was so', 'it was not they')}\n"
        "quantities: {N1: {value: 28800, unit: calls, stated_in: [C1]}}\n"
        "links: [{kind: rival of, between: [C1, C2]}]\n"
    )

    told_of = told(after, "change", before=before)

    assert "The case was changed (Standard of proof: preponderance → scintilla): What the w" in told_of
    assert "C2 was changed (Text: it was they → it was not they): it was not they" in told_of
    assert "A link was added: C1 rival of C2" in told_of
    assert "N1 was added: 28,800 calls" in told_of
    assert "L1" not in told_of


def test_a_change_speaks_german_where_the_reader_does(german: None) -> None:
    before = listing(claims("it was so", "it was they"))
    after = listing("  C1: {text: it was so, stated: established, stated_by: [S1]}")

    told_of = told(after, "change", before=before)

    assert "C1 wurde geändert (Behauptet als: stark → gesichert; Behauptet von): it was so" in told_of
    assert "stated_by" not in told_of


def test_a_figure_that_is_worked_out_of_rough_numbers_is_told_with_four_digits_and_in_german(
    german: None,
) -> None:
    line = told(letter())

    assert "etwa 685.700 exchanges pro Tag" in line
    assert "etwa 1.152 exchanges pro account" in line


def test_the_picture_of_one_claim_and_one_item_is_told_in_the_singular() -> None:
    report = TEMPLATES["report"](basis(listing(claims("it was so"), STANDS), DAY))

    words = " ".join(getattr(block, "alt", "") for block in report.blocks)

    assert "Map of 1 claim and 1 item of evidence: C1 supported." in words
    assert "Nothing backs" not in words


def test_questions_that_a_brief_has_no_room_for_are_counted() -> None:
    memo, report = told(letter()), told(letter(), "report")
    every = [
        question.text
        for step in letter().sorted(Step)
        if basis(letter(), DAY).verdicts.steps[step.id].status is StepStatus.UNSUPPORTED
        for question in open_questions(step)
    ]
    section = memo.partition("Which traces tie it")[2]

    shown = 1 + sum(section.count(each) for each in dict.fromkeys(every))
    assert 1 < shown < len(every)
    assert f"{len(every) - shown} more questions: see the report." in memo
    assert "more questions" not in report + told(letter(), "settle")


def test_a_word_waits_for_its_claims_to_be_supported_without_assumptions() -> None:
    terms = "terms: {T1: {word: [swore], neutral: said, gate: [%s]}}\n"
    more = "steps: {P1: {from: [H1], to: C1, scheme: definition}}\n"
    held = claims("it was so", "it was they") + "\n  H1: {text: people do not lie, kind: assumption}"

    one = told(listing(held, more + terms % "C1"), "report")
    two = told(listing(held, more + terms % "C1, C2"), "report")
    free = told(listing(claims("it was so"), STANDS + terms % "C1"), "report")

    assert "Not for the case's own voice until C1 is supported. Until then, the word is “said”." in one
    assert "Not for the case's own voice until C1 and C2 are supported." in two
    assert "The neutral word is “said”." in free
    assert "own voice until" not in free


def test_a_finding_on_the_case_itself_is_told_as_on_the_case(german: None) -> None:
    report = TEMPLATES["report"](basis(letter(), DAY))

    cells = [
        run.text
        for block in report.blocks
        if isinstance(block, Table)
        for row in block.rows
        for runs in row.cells[0].paragraphs
        for run in runs
    ]
    assert "der Fall" in cells
    assert "case" not in cells


def test_a_report_tells_every_claim_under_the_headline_in_its_table() -> None:
    texts = [f"it was {word}" for word in NUMBERS[:7]]
    report = TEMPLATES["report"](basis(listing(claims(*texts, headline="all of it")), DAY))

    places = [
        place
        for place, block in enumerate(report.blocks)
        if isinstance(block, Heading) and block.text == "The claims under the headline"
    ]
    table = report.blocks[places[0] + 1]
    assert isinstance(table, Table)
    assert len(table.rows) == 7


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        (("it was so", "it was they"), "No verdict has moved since."),
        (("it was so",), "One verdict has moved since."),
        ((), "Two verdicts have moved since."),
    ],
)
def test_the_verdicts_that_moved_are_counted(texts: tuple[str, ...], sentence: str) -> None:
    before = listing(claims("it was so", "it was they"))
    after = listing(claims(*texts)) if texts else read_listing(WITNESS)

    assert sentence in told(after, "change", before=before)


def test_a_register_tells_the_history_once_and_the_custody_in_german(german: None) -> None:
    case = read_listing(WITNESS)
    file = File(name="note.txt", sha256="5" * 64, size=1, media_type="text/plain")
    held = case.after(add_exhibit(case, file, arrival(file, "2026-11-26T15:29:21Z", "Ann")))
    point = Checkpoint(id=Id("z"), number="Z1", name="vor der Anhörung", when="2026-11-26T15:30:00Z")
    held = case_of([*everything(held), point])
    journal = (("2026-11-26T15:30:00Z", "Diesen Stand benennen: vor der Anhörung", "Ann"),)
    made = basis(held, DAY, digest="9213a1e5" * 8, history="Verlauf unversehrt, 8 Einträge", journal=journal)

    outline = TEMPLATES["register"](made)

    words = " ".join(said(outline).split())
    assert words.count("vor der Anhörung") == 1
    assert "Verlauf unversehrt, 8 Einträge. " in words
    assert "in den Fall kopiert aus einer Datei namens note.txt" in words
    assert outline.footer == "Fallstand 9213 a1e5 · Verlauf unversehrt, 8 Einträge · 1 Quelle"
