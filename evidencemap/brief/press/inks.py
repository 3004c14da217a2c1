"""Turns runs of an outline into spans of ink: faces, colours, voices, links and note references."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from evidencemap.brief.fonts import FontBook
from evidencemap.brief.outline import Run, Runs, Voice
from evidencemap.brief.press import style
from evidencemap.brief.press.lines import Ink
from evidencemap.brief.press.style import Type
from evidencemap.brief.tagged.canvas import Colour
from evidencemap.brief.tagged.structure import Element
from evidencemap.brief.words import ICONS, is_voice_mark, spoken

_ROLES = {Voice.REPORTED: "Reported", Voice.INFERRED: "Inferred", Voice.ASSUMED: "Assumed"}

Span = tuple[str, Ink]


@dataclass(slots=True)
class Inker:
    """Makes spans for one document; remembers which notes were cited, and where links may lead."""

    book: FontBook
    voices: bool = True
    anchors: frozenset[str] = frozenset()
    cited: set[int] = field(default_factory=set)

    def spans(self, runs: Runs, element: Element, type_: Type) -> tuple[list[Span], tuple[str, ...]]:
        """Return the spans of a paragraph and the anchors of the notes that it is the first to cite."""
        spans: list[Span] = []
        first_cited: list[str] = []
        voice: Voice | None = None
        owner = element
        previous: Run | None = None
        for run in spoken(runs, voices=self.voices):
            if run.voice is not voice:
                voice = run.voice
                owner = element if voice is None else Element(_ROLES[voice], element)
            spans.extend(self._of_run(run, owner, type_, previous, spans))
            if run.note is not None:
                spans.extend(self._citation(run.note, owner, type_, previous, run))
                if run.note not in self.cited:
                    self.cited.add(run.note)
                    first_cited.append(f"cited-{run.note}")
            previous = run
        return spans, tuple(first_cited)

    def _of_run(
        self, run: Run, owner: Element, type_: Type, previous: Run | None, spans: list[Span]
    ) -> Iterator[Span]:
        face = self.book.styled(
            bold=run.bold or type_.bold,
            italic=run.italic or type_.italic,
            strong=type_.strong and not run.bold,
        )
        ink = Ink(face, type_.size, _colour(run, type_), owner, struck=run.struck)
        if is_voice_mark(run):
            joint = "" if not spans or spans[-1][0].endswith((" ", "\n")) else "\u00a0"
            small = type_.size * style.VOICE_SIZE
            yield joint + run.text, replace(ink, face=self.book.main, size=round(max(6.4, small), 2))
            return
        place = f"at {run.target}"
        target = run.link or (f"#{place}" if place in self.anchors else "")
        if target and run.text:
            link = Element("Link", owner)
            where = run.link if run.link else run.text
            words = f"{run.text} ({where})" if run.link and run.link != run.text else where
            ink = replace(ink, owner=link, link=link, colour=style.LINK, target=target, words=words[:400])
        if run.state is not None:
            yield f"{ICONS[run.state]}\u00a0", replace(ink, face=self.book.styled(bold=True))
        if run.small_caps and run.text:
            held = Element("Span", ink.owner, actual=run.text)
            yield run.text.upper(), replace(ink, owner=held, size=round(type_.size * style.SMALL_CAPS, 2))
        elif run.text:
            yield run.text, ink

    def _citation(
        self, number: int, owner: Element, type_: Type, previous: Run | None, run: Run
    ) -> Iterator[Span]:
        size, rise = round(type_.size * style.NOTE_SIZE, 2), round(type_.size * style.NOTE_RISE, 2)
        if previous is not None and previous.note is not None and not run.text:
            yield ", ", Ink(self.book.main, size, style.LINK, owner, rise=rise)
        link = Element("Link", Element("Reference", owner))
        target, words = f"#note-{number}", f"Note {number}"
        yield (
            str(number),
            Ink(self.book.main, size, style.LINK, link, rise=rise, target=target, words=words, link=link),
        )


def _colour(run: Run, type_: Type) -> Colour:
    if run.state is not None:
        return style.STATES[run.state]
    return style.MUTED if run.muted else type_.ink
