"""The one way by which text that people wrote reaches a page, a web page or a line of plain text.

Nothing here knows markup: text stays text. Controls and bidirectional controls are taken out, letters
are composed (NFC), paragraphs longer than `LONGEST` are split, sentences get their voice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evidencemap.brief.drawing import State
from evidencemap.tongue import _

if TYPE_CHECKING:
    from evidencemap.brief.outline import Run, Runs, Voice

LONGEST = 5_000
ICONS = {
    State.SUPPORTED: "●",
    State.CARRIES: "●",
    State.FITS_ONLY: "○",
    State.CONDITIONAL: "◇",
    State.ASSUMED: "◇",
    State.UNSUPPORTED: "○",
    State.NO_EVIDENCE: "×",
    State.PREMISE_FAILS: "○",
    State.CONTESTED: "?",
    State.REFUTED: "×",
    State.UNDERCUT: "‖",
    State.CIRCULAR: "↻",
    State.REQUEST: "?",
}
_SCHEMES = ("http://", "https://", "mailto:")
_UNSAFE_ADDRESS = r"[\x00-\x20\x7f-\uffff<>\"\\^`{|}]"  # Compiled when first needed: a wide one takes long.
# Bidirectional controls, zero-width spaces and joiners of words, soft hyphens, invisible operators,
# byte order marks, interlinear and tag characters: nothing that may hide or turn round what is read.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff]"
)
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile(r"[ \t\u1680\u2000-\u200a\u205f\u3000]+")
_PLAIN = re.compile(r"[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e]*\Z")


def clean(text: str) -> str:
    """Return text fit to be set: composed, without controls, blanks single, lines broken by "\\n"."""
    if _PLAIN.match(text) and "  " not in text and len(text) <= 100_000:
        return text
    text = _BREAK.sub("\n", text)
    text = _BLANKS.sub(" ", text)
    text = _INVISIBLE.sub("", text)
    text = "".join(map(_visible, text)) if not text.isprintable() else text
    return unicodedata.normalize("NFC", text)


def clean_line(text: str) -> str:
    """Return text fit to be set on one line."""
    return " ".join(clean(text).split())


def safe_address(address: str) -> str:
    """Return the address where it is one of http, https or mailto, else an empty text."""
    address = address.strip()
    if not address.lower().startswith(_SCHEMES) or len(address) > 2_000:
        return ""
    if re.search(_UNSAFE_ADDRESS, address):
        return ""
    return address


def spoken(runs: Runs, *, voices: bool = True) -> Runs:
    """Return cleaned runs, each stretch of sentences in one voice followed by the word for it.

    The word is a run of its own, muted, in square brackets, with the same voice; a stretch whose last
    run is not `marked` has none. A blank between the stretch and what follows comes after the word.
    """
    said: list[Run] = []
    for run in runs:
        cleaned = replace(run, text=clean(run.text), link=safe_address(run.link))
        last = said[-1] if said else None
        if voices and last is not None and last.voice is not None and run.voice is not last.voice:
            cleaned = _after_mark(said, last, cleaned)
        said.append(cleaned)
    if voices and said and said[-1].voice is not None and said[-1].marked:
        said.append(voice_mark(said[-1].voice))
    return tuple(said)


def _after_mark(said: list[Run], last: Run, following: Run) -> Run:
    """Put the word for a voice after its last run, and return what follows with the blank between them."""
    if last.voice is None or not last.marked:
        return following
    if last.text.endswith(" ") and last.note is None:
        said[-1] = replace(last, text=last.text.rstrip(" "))
    said.append(voice_mark(last.voice))
    if following.text and not following.text[0].isspace():
        following = replace(following, text=f" {following.text}")
    return following


def voice_mark(voice: Voice) -> Run:
    """Return the word that says whose sentence the one before it is."""
    from evidencemap.brief.outline import Run

    return Run(text=f"[{_(voice.value)}]", muted=True, voice=voice)


def is_voice_mark(run: Run) -> bool:
    """Say whether the run is the word for a voice, which is set small."""
    return run.voice is not None and run.muted and run.text == f"[{_(run.voice.value)}]"


def pieces(runs: Runs) -> Iterator[Runs]:
    """Yield the runs in paragraphs of at most `LONGEST` characters, split at a blank where there is one.

    Runs without text are one empty paragraph.
    """
    piece: list[Run] = []
    room = LONGEST
    for run in runs:
        text = run.text
        while len(text) > room:
            end = text.rfind(" ", 0, room) + 1
            if end <= room // 2:
                end = room
            piece.append(replace(run, text=text[:end], note=None))
            yield tuple(piece)
            piece, text, room = [], text[end:], LONGEST
        piece.append(replace(run, text=text))
        room -= len(text)
    yield tuple(piece)


@dataclass(slots=True)
class Steps:
    """Levels of headings as they may stand: the first is 1 and none is skipped (PDF/UA-1 7.4.2)."""

    last: int = 0

    def level(self, wanted: int) -> int:
        """Return the level for a heading that asks for `wanted`, and remember it."""
        self.last = max(1, min(wanted, self.last + 1))
        return self.last


def text_of(runs: Iterable[Run]) -> str:
    """Return the words of runs without style: icons, numbers of notes and addresses included."""
    parts: list[str] = []
    for run in runs:
        joint = " " if is_voice_mark(run) and parts and not parts[-1].endswith(" ") else ""
        icon = f"{ICONS[run.state]} " if run.state is not None else ""
        address = f" <{run.link}>" if run.link and run.link != run.text else ""
        note = f"[{run.note}]" if run.note is not None else ""
        parts.append(f"{joint}{icon}{run.text}{address}{note}")
    return "".join(parts)


def _visible(character: str) -> str:
    if character == "\n" or character.isprintable():
        return character
    kind = unicodedata.category(character)
    if kind == "Cs":
        return "\ufffd"
    if kind in ("Cc", "Zl", "Zp"):
        return " "
    if character in "\u200c\u200d":
        return character
    if kind == "Zs":
        return "\xa0" if character == "\xa0" else " "
    return character if kind in ("Cn", "Co") and not _noncharacter(character) else ""


def _noncharacter(character: str) -> bool:
    code = ord(character)
    return (code & 0xFFFE) == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
