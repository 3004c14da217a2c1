"""Outlines that the tests of the brief print: one like a memo, one with every kind of block."""

from itertools import cycle

from evidencemap.brief.outline import (
    Align,
    Box,
    BoxForm,
    Callout,
    Cell,
    Column,
    Contents,
    Drawing,
    Figure,
    Heading,
    Key,
    Label,
    Line,
    LineEnd,
    ListBlock,
    MetaTable,
    Note,
    Notes,
    Outline,
    PageBreak,
    Paragraph,
    Row,
    Run,
    Side,
    State,
    Stroke,
    Table,
    Tone,
    TwoColumns,
    Voice,
    cell,
    plain,
    row,
)

SUBJECT = "What the 10 June letter on model distillation does and does not establish"
REPORTED = (
    "One of the letter’s three claims rests on evidence: that about 28.8 million exchanges came from "
    "one flagged cluster of accounts."
)
INFERRED = (
    " Who held the accounts, and whether the outputs trained a rival model, are inferences with no "
    "evidence of their own. All four sources repeat one origin, and that origin gains from the three "
    "policies it asks for."
)
GAP = (
    "Three policy asks (chip export controls, screening of high-volume use, antitrust clarity) lean on "
    "claim 3. No test of a resulting model is offered; if step 2 → 3 falls, all three lose their stated "
    "ground."
)
ALT = (
    "The letter carries claim 1, volume, which is supported. The steps from claim 1 to claim 2, "
    "attribution, and from claim 2 to claim 3, effect, are dashed: no evidence backs them."
)
SUPPORTED = Run(text="Supported", state=State.SUPPORTED, bold=True)
UNSUPPORTED = Run(text="Unsupported", state=State.UNSUPPORTED, bold=True)
NOT_ASKED = Run(text="Not asked", state=State.REQUEST, bold=True)


def chain() -> Drawing:
    """The chain of the founding case, with its two gaps and the evidence that would close them."""
    shapes: list[Box | Line | Label] = []

    def card(x: float, title: str, state: State, word: str) -> None:
        shapes.append(Box(x=x, y=4, width=92, height=38, state=state, bar=True))
        shapes.append(Label(x=x + 10, y=19, text=title, size=8, bold=True))
        shapes.append(Label(x=x + 10, y=33, text=word, size=7.2, bold=True, state=state))

    def request(x: float, one: str, two: str) -> None:
        shapes.append(Box(x=x, y=56, width=96, height=25, form=BoxForm.BRACKET, state=State.REQUEST))
        shapes.append(Label(x=x + 6, y=66, text=one, size=7, bold=True, state=State.REQUEST))
        shapes.append(Label(x=x + 6, y=76, text=two, size=7, bold=True, state=State.REQUEST, icon=False))

    shapes.append(Box(x=0, y=8, width=68, height=31, form=BoxForm.DOG_EAR))
    shapes.append(Label(x=8, y=21, text="Letter [1]", size=8))
    shapes.append(Label(x=8, y=33, text="request tally", size=7, muted=True))
    shapes.append(Line(points=((68, 23), (94, 23)), state=State.SUPPORTED, end=LineEnd.ARROW, width=1.2))
    card(94, "1 Volume", State.SUPPORTED, "Supported")
    for x in (186, 340):
        shapes.append(
            Line(
                points=((x, 23), (x + 62, 23)),
                state=State.UNSUPPORTED,
                stroke=Stroke.LONG_DASH,
                width=2,
                end=LineEnd.ARROW,
            )
        )
        shapes.append(
            Label(
                x=x + 29,
                y=16,
                text="no evidence",
                size=7,
                bold=True,
                state=State.NO_EVIDENCE,
                align=Align.CENTRE,
            )
        )
        middle = x + 30
        shapes.append(
            Line(
                points=((middle, 56), (middle, 30)), state=State.REQUEST, stroke=Stroke.SHORT_DASH, width=0.8
            )
        )
    card(248, "2 Attribution", State.UNSUPPORTED, "Unsupported")
    card(402, "3 Effect", State.UNSUPPORTED, "Unsupported")
    request(168, "Method and its", "false-positive rate")
    request(322, "Canary found in", "the student model")
    return Drawing(width=494, height=84, shapes=tuple(shapes))


def memo() -> Outline:
    """The first page of brief.png, as an outline."""
    claims = Table(
        columns=(
            Column(header="Claim", width=4.4, row_header=True),
            Column(header="Stated as", width=1.4),
            Column(header="Evidence carries", width=2.3),
            Column(header="Finding", width=1.9),
        ),
        rows=(
            row(
                cell(
                    Run(text="1 Volume.", bold=True),
                    Run(text=" 28.8 M exchanges, about 25,000 accounts, six weeks", note=1),
                ),
                "Established",
                "Probable, one origin",
                SUPPORTED,
            ),
            row(
                cell(
                    Run(text="2 Attribution.", bold=True),
                    Run(text=" The accounts were operated by the Qwen lab", note=1),
                    Run(note=2),
                ),
                "Established",
                "Suggestive",
                UNSUPPORTED,
            ),
            row(
                cell(
                    Run(text="3 Effect.", bold=True),
                    Run(text=" The outputs trained a rival model that gained the skill"),
                ),
                "Established",
                "Nothing",
                UNSUPPORTED,
            ),
        ),
        summary="Three claims, how sure their author is, and what the evidence carries.",
    )
    requests = Table(
        columns=(
            Column(header="Request", width=3.8, row_header=True),
            Column(header="Held by", width=2),
            Column(header="Settles", width=2.45),
            Column(header="Status", width=1.75),
        ),
        rows=(
            row("Attribution method and its false-positive rate", "The provider", "step 1 → 2", NOT_ASKED),
            row(
                "A planted probe that surfaces in the suspected model",
                "The provider",
                "step 2 → 3",
                NOT_ASKED,
            ),
            row(
                "Total traffic, and one large customer’s volume",
                "The provider",
                "scale of claim 1",
                NOT_ASKED,
            ),
            row(
                "Third-party forensic access to the logs", "Independent examiner", "claims 1 and 2", NOT_ASKED
            ),
        ),
    )
    return Outline(
        title=SUBJECT,
        date="2026-11-23",
        handling="Committee sensitive — draft",
        footer="Case state 9f41 c2d7 · history intact · 1 origin, 4 sources",
        author="Committee staff",
        subject="Model distillation",
        blocks=(
            Heading(text="Memorandum", level=1, kicker=True),
            MetaTable(
                rows=(
                    ("To", plain("Members, Committee on Banking, Housing, and Urban Affairs")),
                    ("From", plain("Committee staff")),
                    ("Date", plain("23 November 2026")),
                    (
                        "Subject",
                        (Run(text=SUBJECT, bold=True),),
                    ),
                )
            ),
            Callout(
                label="Bottom line.",
                state=State.UNSUPPORTED,
                paragraphs=(
                    (
                        Run(
                            text=REPORTED,
                            voice=Voice.REPORTED,
                            note=1,
                        ),
                        Run(
                            text=INFERRED,
                            voice=Voice.INFERRED,
                        ),
                    ),
                ),
            ),
            Heading(text="The three claims under the number"),
            claims,
            Figure(
                drawing=chain(),
                title="Figure 1. Where the chain breaks",
                caption="Solid: evidence backs the step. Dashed with ✕: nothing backs the step itself. "
                "Blue: evidence that would settle it.",
                alt=ALT,
            ),
            Heading(text="What would settle it", anchor="settle"),
            requests,
            Heading(text="What rests on the gap"),
            Paragraph(runs=plain(GAP)),
            Notes(
                notes=(
                    Note(
                        number=1,
                        runs=plain("Letter, p. 2. B2: usually reliable, probably true. sha256 9f41c2d7."),
                    ),
                    Note(
                        number=2,
                        runs=plain("Letter, p. 3. B3: usually reliable, possibly true. sha256 9f41c2d7."),
                    ),
                )
            ),
        ),
    )


def everything() -> Outline:
    """An outline with every kind of block and run."""
    spans = Table(
        title="Table 1. Spans of columns and rows",
        anchor="spans",
        columns=(
            Column(header="Source", row_header=True),
            Column(header="Item"),
            Column(header="n", align=Align.END),
        ),
        rows=(
            Row(cells=(cell("The provider", rows=2), cell("Letter"), cell("3"))),
            Row(cells=(cell("Blog post"), cell("1"))),
            Row(cells=(cell("All items", columns=2, header=True), cell("4")), anchor="all-items"),
            Row(cells=(cell("Nothing in hand"), Cell(), cell("0"))),
        ),
    )
    texts = (
        Run(text="Bold", bold=True),
        Run(text=" and italic", italic=True),
        Run(text=" and muted, ", muted=True),
        Run(text="Small Caps", small_caps=True),
        Run(text=" struck ", struck=True),
        Run(text="the rule", link="https://example.org/rule?a=1&b=2"),
        Run(text=" (see "),
        Run(text="the spans", target="spans"),
        Run(text=").", note=1),
    )
    states = tuple(Run(text=f"{state.value} ", state=state) for state in State)
    scripts = (
        "Greek Ελληνικά, Cyrillic Кириллица, Vietnamese tiếng Việt, math ∑ ≤ ∞.",
        "עברית: הטענה אינה נתמכת (3 צעדים) ABC.",
        "العربية: الادعاء غير مدعوم بأدلة (3 خطوات).",
        "देवनागरी: दावे का कोई प्रमाण नहीं है।",
        "中文与 かな, and a sign that no face has: \U000e1234\U0001f9ff.",
    )
    return Outline(
        title="Every block",
        date="2026-11-23",
        language="en-GB",
        handling="For tests",
        footer="Case state 0000 0000",
        draft=True,
        blocks=(
            Heading(text="Every block", level=1),
            Contents(),
            Heading(text="Text"),
            Paragraph(runs=texts),
            Paragraph(runs=states),
            Paragraph(runs=plain("A lead."), tone=Tone.LEAD),
            Paragraph(runs=plain("Small print."), tone=Tone.SMALL),
            Paragraph(runs=plain("A quoted sentence, as it stands in its exhibit."), tone=Tone.QUOTE),
            Paragraph(
                runs=(
                    Run(text="The provider says so.", voice=Voice.REPORTED),
                    Run(text=" The map implies it.", voice=Voice.INFERRED),
                    Run(text=" It is taken as given.", voice=Voice.ASSUMED),
                    Run(text=" And on."),
                )
            ),
            Heading(text="Lists and keys", level=3),
            ListBlock(items=(plain("one"), plain("two " * 40), (Run(text="three", note=2),))),
            ListBlock(items=(plain("nine"), plain("ten")), ordered=True, start=9),
            Key(
                entries=(
                    (plain("B2"), plain("Usually reliable, probably true. " * 5)),
                    (states[:1], plain("stands")),
                )
            ),
            Heading(text="Scripts", level=2),
            *(Paragraph(runs=plain(text)) for text in scripts),
            spans,
            TwoColumns(
                left=Side(
                    title="This shows",
                    state=State.SUPPORTED,
                    bullets=True,
                    paragraphs=(plain("A volume."), plain("One origin. " * 12)),
                ),
                right=Side(
                    title="It does not show", state=State.UNSUPPORTED, paragraphs=(plain("Who. " * 30),)
                ),
            ),
            Callout(paragraphs=(plain("What is unsupported is not shown to be false."),)),
            Figure(
                drawing=shapes(), alt="Every form of box and every line.", caption="Forms.", anchor="forms"
            ),
            PageBreak(),
            Heading(text="After the break"),
            Table(
                columns=(Column(header="n"), Column(header="Long", width=5)),
                rows=tuple(
                    row(str(number), "A sentence that fills a cell. " * (number % 7 + 1))
                    for number in range(60)
                ),
            ),
            Table(columns=(Column(header="Tall"),), rows=(row("A row taller than a page. " * 700),)),
            Notes(
                notes=(
                    Note(number=1, runs=plain("First.")),
                    Note(number=2, runs=plain("Second, uncited too.")),
                )
            ),
        ),
    )


def shapes() -> Drawing:
    """One of each form, stroke and end."""
    boxes = tuple(
        Box(
            x=10 + 90 * number, y=10, width=80, height=30, form=form, state=State.CONDITIONAL, bar=number == 0
        )
        for number, form in enumerate(BoxForm)
    )
    lines = tuple(
        Line(
            points=((10, 60 + 12 * number), (200, 60 + 12 * number)),
            stroke=stroke,
            state=State.UNDERCUT,
            end=end,
            width=1.5,
        )
        for number, (stroke, end) in enumerate(zip(Stroke, cycle(LineEnd), strict=False))
    )
    curve = Line(points=((220, 60), (300, 60), (300, 120), (380, 120)), curved=True, end=LineEnd.ARROW)
    return Drawing(
        width=470,
        height=150,
        shapes=(*boxes, *lines, curve, Label(x=400, y=120, text="Label עברית 中", struck=True)),
    )
