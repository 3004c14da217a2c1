"""Outline to one accessible HTML file: the same words as the PDF, no script, nothing fetched."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import escape

from evidencemap.brief.bidi import turns
from evidencemap.brief.outline import (
    Block,
    Callout,
    Cell,
    Contents,
    Figure,
    Heading,
    Key,
    ListBlock,
    MetaTable,
    Notes,
    Outline,
    PageBreak,
    Paragraph,
    Run,
    Runs,
    Side,
    State,
    Table,
    Tone,
    TwoColumns,
    table_grid,
)
from evidencemap.brief.svg import figure_svg
from evidencemap.brief.webstyle import STYLE
from evidencemap.brief.words import ICONS, Steps, clean_line, is_voice_mark, spoken
from evidencemap.tongue import _

_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'"


def web_page(outline: Outline) -> str:
    """Return the brief as one HTML file.

    All text is escaped, addresses are http, https or mailto, and a content policy forbids the browser
    to run or fetch anything. Lengths are bounded by the outline's.
    """
    writer = _Writer(outline)
    handling = _text(outline.handling)
    head = [
        "<!DOCTYPE html>",
        f'<html lang="{escape(outline.language)}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{_title(outline)}</title>",
        f"<style>{STYLE}</style>",
        "</head>",
        "<body>",
        '<a class="skip" href="#brief">' + _text(_("To the brief")) + "</a>",
        *_header(outline),
        '<main id="brief">',
    ]
    body = [line for block in outline.blocks for line in writer.block(block)]
    foot = [
        "</main>",
        "<footer>",
        f"<p>{_text(outline.footer)}</p>" if outline.footer.strip() else "",
        f"<p>{handling}</p>" if handling else "",
        _date_line(outline.date),
        "</footer>",
        "</body>",
        "</html>",
    ]
    return "\n".join(line for line in (*head, *body, *foot) if line) + "\n"


def _title(outline: Outline) -> str:
    """Return what the page is called: its sort, such as `Memorandum`, and what it is on."""
    sort = next((block.text for block in outline.blocks if isinstance(block, Heading)), "")
    parts = dict.fromkeys(each for each in (_text(sort), _text(outline.title)) if each)
    return ": ".join(parts)


def _header(outline: Outline) -> Iterator[str]:
    handling = _text(outline.handling)
    if handling or outline.draft:
        yield "<header>"
        yield f"<p>{handling}</p>" if handling else ""
        yield f'<p class="draft">{_text(_("Draft"))}</p>' if outline.draft else ""
        yield "</header>"


def _date_line(date: str) -> str:
    shown = _text(_("Brief of {date}")).replace("{date}", f'<time datetime="{date}">{date}</time>')
    return f"<p>{shown}</p>"


class _Writer:
    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._cited: set[int] = set()
        self._heading = 0
        self._figure = 0
        self._steps = Steps()

    def block(self, block: Block) -> Iterable[str]:
        match block:
            case Heading():
                return [self._of_heading(block)]
            case Paragraph():
                return [self._paragraph(block)]
            case Callout():
                return self._callout(block)
            case Table():
                return self._table(block)
            case Figure():
                return self._of_figure(block)
            case ListBlock():
                return self._list(block)
            case MetaTable():
                return self._meta(block)
            case Notes():
                return self._notes(block)
            case Key():
                return self._key(block)
            case TwoColumns():
                return self._pair(block)
            case Contents():
                return self._contents(block)
            case PageBreak():
                return ['<div class="page"></div>']

    def runs(self, runs: Runs) -> str:
        """Return escaped runs, each stretch in one voice in a span that says whose it is."""
        parts: list[str] = []
        voice = None
        previous: Run | None = None
        for run in spoken(runs, voices=self._outline.voices):
            if run.voice is not voice:
                parts.append("</span>" if voice is not None else "")
                if run.voice is not None:
                    parts.append(f'<span class="voice" data-voice="{run.voice.value}">')
                voice = run.voice
            if is_voice_mark(run):
                blank = "" if previous is not None and previous.text.endswith(" ") else " "
                parts.append(f"{blank}<small>{escape(run.text)}</small>")
            else:
                parts.append(self._run(run, previous))
            previous = run
        parts.append("</span>" if voice is not None else "")
        return "".join(parts)

    def _run(self, run: Run, previous: Run | None) -> str:
        text = escape(run.text).replace("\n", "<br>")
        if previous is not None and turns(run.text):
            text = f"<bdi>{text}</bdi>"
        if run.state is not None:
            icon = f'<span aria-hidden="true">{ICONS[run.state]}</span>&nbsp;'
            text = f'<span class="state {_class(run.state)}">{icon}{text}</span>'
        for wanted, tag in ((run.bold, "b"), (run.italic, "i"), (run.struck, "s")):
            text = f"<{tag}>{text}</{tag}>" if wanted and text else text
        names = [name for name, wanted in (("muted", run.muted), ("caps", run.small_caps)) if wanted]
        if names and text:
            text = f'<span class="{" ".join(names)}">{text}</span>'
        if run.link and text:
            text = f'<a href="{escape(run.link)}" rel="noreferrer noopener">{text}</a>'
        elif run.target and text:
            text = f'<a href="#{_identity(run.target)}">{text}</a>'
        if run.note is not None:
            joint = ", " if previous is not None and previous.note is not None and not run.text else ""
            text += f"<sup>{joint}{self._citation(run.note)}</sup>"
        return text

    def _citation(self, number: int) -> str:
        identity = "" if number in self._cited else f' id="cited-{number}"'
        self._cited.add(number)
        return f'<a{identity} href="#note-{number}" role="doc-noteref">{number}</a>'

    def _of_heading(self, block: Heading) -> str:
        identity = _identity(block.anchor) if block.anchor else f"heading-{self._heading}"
        self._heading += 1
        kicker = ' class="kicker"' if block.kicker else ""
        level = self._steps.level(block.level)
        return f'<h{level} id="{identity}"{kicker}>{_text(block.text)}</h{level}>'

    def _paragraph(self, block: Paragraph) -> str:
        identity = f' id="{_identity(block.anchor)}"' if block.anchor else ""
        text = self.runs(block.runs)
        if block.tone is Tone.QUOTE:
            return f"<blockquote{identity}><p>{text}</p></blockquote>"
        tone = "" if block.tone is Tone.BODY else f' class="{block.tone.value}"'
        return f"<p{identity}{tone}>{text}</p>"

    def _callout(self, block: Callout) -> Iterator[str]:
        yield f'<div class="callout {_class(block.state)}">'
        for number, runs in enumerate(block.paragraphs):
            label = f"<b>{_text(block.label)}</b> " if block.label and not number else ""
            yield f"<p>{label}{self.runs(runs)}</p>"
        yield "</div>"

    def _table(self, block: Table) -> Iterator[str]:
        """Yield a table whose roles are written out, since a narrow screen shows its rows as blocks."""
        identity = f' id="{_identity(block.anchor)}"' if block.anchor else ""
        yield f'<div class="wide"><table role="table"{identity}>'
        if block.title or block.summary:
            summary = f'<span class="unseen">{_text(block.summary)}</span>' if block.summary else ""
            yield f"<caption>{_text(block.title)}{summary}</caption>"
        heads = (
            f'<th scope="col" role="columnheader"{_align(column.align)}>{_text(column.header)}</th>'
            for column in block.columns
        )
        yield f'<thead role="rowgroup"><tr role="row">{"".join(heads)}</tr></thead>'
        yield '<tbody role="rowgroup">'
        for number, (row, cells) in enumerate(zip(block.rows, table_grid(block), strict=True)):
            if number and _heads_group(block, row.cells):
                yield '</tbody><tbody role="rowgroup">'
            identity = f' id="{_identity(row.anchor)}"' if row.anchor else ""
            held = "".join(self._cell(block, column, cell) for column, cell in cells)
            yield f'<tr role="row"{identity}>{held}</tr>'
        yield "</tbody></table></div>"

    def _cell(self, table: Table, column: int, cell: Cell) -> str:
        named = table.columns[column]
        if _heads_group(table, (cell,)):
            tag, kind = "th", ' scope="rowgroup" role="rowheader"'
        elif cell.header or (named.row_header and cell.columns == 1):
            tag, kind = "th", ' scope="row" role="rowheader"'
        else:
            tag, kind = "td", ' role="cell"'
        spans = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        texts = [self.runs(runs) for runs in cell.paragraphs]
        content = texts[0] if len(texts) == 1 else "".join(f"<p>{text}</p>" for text in texts)
        label = f' data-label="{_text(named.header)}"' if content and cell.columns == 1 else ""
        return f"<{tag}{kind}{spans}{label}{_align(named.align)}>{content}</{tag}>"

    def _of_figure(self, block: Figure) -> Iterator[str]:
        self._figure += 1
        identity = f' id="{_identity(block.anchor)}"' if block.anchor else ""
        yield f"<figure{identity}>"
        if block.title:
            yield f'<p class="title">{_text(block.title)}</p>'
        yield f'<div class="drawing" tabindex="0" role="group" aria-label="{_text(_("Figure"))}">'
        yield figure_svg(block, f"figure-{self._figure}")
        yield "</div>"
        if block.caption:
            yield f"<figcaption>{_text(block.caption)}</figcaption>"
        yield "</figure>"

    def _list(self, block: ListBlock) -> Iterator[str]:
        tag = f'ol start="{block.start}"' if block.ordered else "ul"
        yield f"<{tag}>"
        for runs in block.items:
            yield f"<li>{self.runs(runs)}</li>"
        yield f"</{tag.partition(' ')[0]}>"

    def _meta(self, block: MetaTable) -> Iterator[str]:
        yield '<table class="meta"><tbody>'
        for label, runs in block.rows:
            yield f'<tr><th scope="row">{_text(label)}</th><td>{self.runs(runs)}</td></tr>'
        yield "</tbody></table>"

    def _notes(self, block: Notes) -> Iterator[str]:
        if not block.notes:
            return
        yield '<section role="doc-endnotes">'
        if block.title:
            level = self._steps.level(block.level)
            yield f"<h{level}>{_text(block.title)}</h{level}>"
        for note in block.notes:
            number: str = f"{note.number}."
            if note.number in self._cited:
                back = escape(_("Back to where note {number} is cited").format(number=note.number))
                number = (
                    f'<a href="#cited-{note.number}" role="doc-backlink" aria-label="{back}">{number}</a>'
                )
            yield f'<p class="note" id="note-{note.number}">{number} {self.runs(note.runs)}</p>'
        yield "</section>"

    def _key(self, block: Key) -> Iterator[str]:
        yield '<dl class="key">'
        for term, meaning in block.entries:
            yield f"<div><dt>{self.runs(term)}</dt><dd>{self.runs(meaning)}</dd></div>"
        yield "</dl>"

    def _pair(self, block: TwoColumns) -> Iterator[str]:
        yield '<div class="pair">'
        for side in (block.left, block.right):
            yield from self._side(side)
        yield "</div>"

    def _side(self, side: Side) -> Iterator[str]:
        yield f'<section class="side {_class(side.state)}">'
        level = self._steps.level(3)
        title = self._run(Run(text=clean_line(side.title), state=side.state), None)
        yield f"<h{level}>{title}</h{level}>"
        if side.bullets:
            yield "<ul>" + "".join(f"<li>{self.runs(runs)}</li>" for runs in side.paragraphs) + "</ul>"
        else:
            yield from (f"<p>{self.runs(runs)}</p>" for runs in side.paragraphs)
        yield "</section>"

    def _contents(self, block: Contents) -> Iterator[str]:
        yield f'<nav aria-label="{_text(block.title)}">'
        level = self._steps.level(block.level)
        yield f"<h{level}>{_text(block.title)}</h{level}>"
        yield "<ol>"
        headings = [one for one in self._outline.blocks if isinstance(one, Heading)]
        for number, heading in enumerate(headings[self._heading :], self._heading):
            if heading.level <= block.depth:
                identity = _identity(heading.anchor) if heading.anchor else f"heading-{number}"
                yield f'<li class="deep-{heading.level}"><a href="#{identity}">{_text(heading.text)}</a></li>'
        yield "</ol>"
        yield "</nav>"


def _text(text: str) -> str:
    return escape(clean_line(text))


def _heads_group(table: Table, cells: tuple[Cell, ...]) -> bool:
    """Say whether a row is one header over the rows that follow it."""
    return len(cells) == 1 and cells[0].header and cells[0].columns == len(table.columns) > 1


def _class(state: State | None) -> str:
    return "plain" if state is None else state.value.replace(" ", "-")


def _align(align: str) -> str:
    return "" if align == "start" else f' class="{align}"'


def _identity(anchor: str) -> str:
    return "a-" + "".join(
        letter if letter.isalnum() and letter.isascii() else f"_{ord(letter):x}_" for letter in anchor
    )
