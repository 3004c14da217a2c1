"""The endnotes of a brief: each evidence item gets one number, in the order of its first mention."""

from dataclasses import dataclass, field

from evidencemap.brief.basis import Basis
from evidencemap.brief.outline import Note, Notes, Run, Runs, Voice
from evidencemap.brief.phrases import listed, short
from evidencemap.model.entities import Evidence, Exhibit, Source
from evidencemap.model.records import Id
from evidencemap.model.scales import scales
from evidencemap.model.words import EvidenceState
from evidencemap.tongue import _


@dataclass(slots=True)
class Notebook:
    """Hands out note numbers while a brief is made, at most `most`; lives as long as that takes."""

    basis: Basis
    most: int = 40
    letters: int = 10**9
    _numbers: dict[Id, int] = field(default_factory=dict)

    def note(self, item: Evidence) -> int | None:
        """Return the number of the item's endnote; None where the brief holds no more notes."""
        if item.id not in self._numbers:
            if len(self._numbers) >= self.most:
                return None
            self._numbers[item.id] = len(self._numbers) + 1
        return self._numbers[item.id]

    def marks(
        self, items: list[Evidence], *, most: int = 3, voice: Voice | None = None, marked: bool = True
    ) -> Runs:
        """Return references to the endnotes of the first items, in the voice of what they stand behind."""
        numbers = [self.note(item) for item in items[:most]]
        return tuple(Run(note=number, voice=voice, marked=marked) for number in numbers if number is not None)

    def blocks(self) -> tuple[Notes, ...]:
        """Return the endnotes: source, locator, rating in words, and the stub of the exhibit's hash."""
        if not self._numbers:
            return ()
        case = self.basis.case
        notes = tuple(
            Note(number=number, runs=(Run(text=citation(self.basis, case.of(Evidence)[item], self.letters)),))
            for item, number in self._numbers.items()
        )
        return (Notes(notes=notes, title=_("Notes")),)


def citation(basis: Basis, item: Evidence, letters: int = 10**9) -> str:
    """Return what an endnote says of an item; each text in it has at most `letters` characters."""
    case = basis.case
    sources = [case.of(Source)[each] for each in item.sources]
    parts = [f"{item.number}, {short(item.text, letters)}"]
    for source in sources[:4]:
        cited = short(", ".join(value for _key, value in source.cites if value), letters)
        parts.append(f"{source.number} {short(source.name, letters)}" + (f" ({cited})" if cited else ""))
    if item.copied_from:
        parts.append(
            _("copies {items}").format(items=", ".join(case.number(each) for each in item.copied_from[:6]))
        )
    if not sources and not item.copied_from:
        parts.append(_("no source recorded"))
    if item.anchor is not None and item.anchor.page is not None:
        parts.append(_("page {page}").format(page=item.anchor.page))
    parts.append(_("rating: {rating}").format(rating=rating_in_words(sources, item)))
    if item.state is not EvidenceState.HELD:
        parts.append(_(item.state.value))
    if item.seen is not None:
        parts.append(_("seen: {seen}").format(seen=_(item.seen.value)))
    for each in item.exhibits[:3]:
        exhibit = case.of(Exhibit)[each]
        parts.append(f"{exhibit.number} SHA-256 {exhibit.sha256[:12]}…")
    return "; ".join(parts) + "."


def rating_in_words(sources: list[Source], item: Evidence) -> str:
    """Return the Admiralty rating of an item in words and code: `usually reliable, probably true (B2)`.

    Of sources that are rated otherwise, each rating is told; of an item without one, its credibility.
    """
    letters = sorted({source.reliability.value for source in sources})
    credibility = _meaning("credibility", str(item.credibility))
    if not letters:
        return f"{credibility} ({item.credibility})"
    reliability = listed([_meaning("reliability", letter) for letter in letters])
    codes = listed([f"{letter}{item.credibility}" for letter in letters])
    return f"{reliability}, {credibility} ({codes})"


def rating_of_source(source: Source) -> str:
    """Return the reliability of a source in words, with its letter: `usually reliable (B)`."""
    return f"{_meaning('reliability', source.reliability.value)} ({source.reliability.value})"


def _meaning(use: str, term: str) -> str:
    for scale in scales().values():
        if scale.use == use:
            for each in scale.terms:
                if each.term == term and each.meaning:
                    return _(each.meaning[:1].lower() + each.meaning[1:])
    return term
