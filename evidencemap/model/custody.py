"""The verbs of exhibits: each turns a file that came in, or what was done with it, into an edit."""

from dataclasses import dataclass, replace

from evidencemap.errors import RuleBroken
from evidencemap.model.case import Case
from evidencemap.model.drafts import Draft
from evidencemap.model.edit import Edit
from evidencemap.model.entities import Evidence, Exhibit
from evidencemap.model.records import Custody, Id
from evidencemap.tongue import _

_INTO = "copied into the case from a file named {name}"
_OUT = "copied out of the case as {name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """What is known of a file: its own name, SHA-256, size in bytes, and the media type it seems to have."""

    name: str
    sha256: str
    size: int
    media_type: str


def arrival(file: File, when: str, by: str = "", why: str = "") -> Custody:
    """Return the entry of custody that says that a file came into the case; `when` is UTC."""
    return Custody(what="added", who=by, when=when, how=_INTO.format(name=file.name), why=why)


def how_said(how: str) -> str:
    """Return how something was done, which the case keeps in English, in the person's language."""
    for form in (_INTO, _OUT):
        before = form.partition("{name}")[0]
        if how.startswith(before):
            return _(form).format(name=how.removeprefix(before))
    return how


def add_exhibit(case: Case, file: File, entry: Custody, to: Id | None = None) -> Edit:
    """Add a file as an exhibit with the first entry of its custody, and attach it to an item.

    Where the case has an exhibit with the same content, that one gets the entry and is attached: one
    content is one exhibit. The exhibit is the first change of the edit.
    """
    draft = Draft(case)
    held = same_content(case, file.sha256)
    if held is None:
        made = draft.add(
            Exhibit,
            name=file.name,
            sha256=file.sha256,
            size=file.size,
            media_type=file.media_type,
            custody=(entry,),
        )
        label = f"Add {made.number}"
    else:
        media_type = held.media_type or file.media_type
        made = replace(held, size=file.size, media_type=media_type, custody=(*held.custody, entry))
        draft.put(made)
        label = f"Record that {made.number} came in again"
    if to is not None:
        item = case.get(Evidence, to)
        if item is None:
            raise RuleBroken(_("An exhibit belongs to an item of evidence: name one, such as E1."))
        if made.id not in item.exhibits:
            draft.put(replace(item, exhibits=(*item.exhibits, made.id)))
        label = f"{label} with {item.number}"
    return draft.edit(label)


def added(edit: Edit) -> Exhibit:
    """Return the exhibit that an edit of `add_exhibit` is about."""
    made = edit.changes[0].after
    assert isinstance(made, Exhibit)
    return made


def departure(case: Case, exhibit_id: Id, name: str, when: str, by: str = "", why: str = "") -> Edit:
    """Write down that a copy of an exhibit went out under a name."""
    entry = Custody(what="extracted", who=by, when=when, how=_OUT.format(name=name), why=why)
    return note_custody(case, exhibit_id, entry)


def note_custody(case: Case, exhibit_id: Id, entry: Custody) -> Edit:
    """Write down what was done with an exhibit, by whom, when, how and why. Entries are only added."""
    held = exhibit(case, exhibit_id)
    draft = Draft(case)
    draft.put(replace(held, custody=(*held.custody, entry)))
    return draft.edit(f"Record that {held.number} was {entry.what}")


def strike(case: Case, exhibit_id: Id, passage: str) -> Edit:
    """Strike a passage out of an exhibit: it was clipped along and is no part of what the exhibit is for."""
    held = exhibit(case, exhibit_id)
    words = " ".join(passage.split())
    if words in held.struck:
        raise RuleBroken(_("These words are struck out of {number} already.").format(number=held.number))
    draft = Draft(case)
    draft.put(replace(held, struck=(*held.struck, words)))
    return draft.edit(f"Strike a passage out of {held.number}")


def put_back(case: Case, exhibit_id: Id, passage: str) -> Edit:
    """Let a passage that was struck out belong to its exhibit again."""
    held = exhibit(case, exhibit_id)
    draft = Draft(case)
    draft.put(replace(held, struck=tuple(each for each in held.struck if each != passage)))
    return draft.edit(f"Put a passage of {held.number} back")


def exhibit(case: Case, exhibit_id: Id) -> Exhibit:
    """Return an exhibit. Raises RuleBroken where the case has none with this id."""
    held = case.get(Exhibit, exhibit_id)
    if held is None:
        raise RuleBroken(_("There is no such exhibit in the case any more."))
    return held


def same_content(case: Case, sha256: str) -> Exhibit | None:
    """Return the exhibit that has this content already; None where there is none."""
    for each in case.sorted(Exhibit):
        if each.sha256 == sha256:
            return each
    return None
