"""The verbs of a review: remarks, questions, what to watch, findings accepted, points and briefs recorded."""

from collections.abc import Collection

from evidencemap.model.case import Case
from evidencemap.model.drafts import Draft, numbers_of, of_kind, one_edit, there
from evidencemap.model.edit import Edit
from evidencemap.model.entities import Remark, Step, Watch
from evidencemap.model.records import Id
from evidencemap.model.upkeep import Acceptance, Checkpoint, IssuedBrief
from evidencemap.model.words import RemarkKind, RemarkState


def answer_question(case: Case, step: Id, question: str, answer: str) -> Edit:
    """Answer a critical question of the step's scheme; an empty answer opens it again."""
    held = of_kind(case, Step, step)
    answers = dict(held.answers)
    answers[question] = answer
    kept = tuple((key, text) for key, text in sorted(answers.items()) if text)
    return one_edit(case, held, f"Answer a question of {held.number}", answers=kept)


def remark(
    case: Case, about: Id, text: str, kind: RemarkKind = RemarkKind.QUESTION, author: str = ""
) -> Edit:
    """Put a reviewer's remark on anything."""
    draft = Draft(case)
    made = draft.add(Remark, about=about, text=text, kind=kind, author=author)
    return draft.edit(f"Add {made.number} on {there(case, about).number}")


def close_remark(case: Case, entity: Id, state: RemarkState) -> Edit:
    """Accept or rebut a remark, or open it again."""
    held = of_kind(case, Remark, entity)
    return one_edit(case, held, f"Mark {held.number} {state.value}", state=state)


def watch(case: Case, about: Id | None, by: str = "", why: str = "") -> Edit:
    """Say what to look at again, by when and why."""
    draft = Draft(case)
    made = draft.add(Watch, about=about, by=by, why=why)
    return draft.edit(f"Add {made.number}")


def accept(
    case: Case, code: str, about: Collection[Id], why: str, *, by: str = "", accepted: str = ""
) -> Edit:
    """Accept a finding with a reason, which prints. Alters no verdict; replaces an earlier acceptance."""
    draft = Draft(case)
    for held in case.sorted(Acceptance):
        if held.code == code and set(held.about) == set(about):
            draft.drop(held.id)
    draft.add(Acceptance, code=code, about=tuple(about), why=why, by=by, accepted=accepted)
    return draft.edit(f"Accept {code} on {numbers_of([there(case, each) for each in about])}")


def take_acceptance_back(case: Case, acceptance: Id) -> Edit:
    """Take the acceptance of a finding back."""
    draft = Draft(case)
    draft.drop(of_kind(case, Acceptance, acceptance).id)
    return draft.edit(f"Take the acceptance of {of_kind(case, Acceptance, acceptance).code} back")


def checkpoint(case: Case, name: str, *, when: str, entries: int, head: str) -> Edit:
    """Name this point of the history."""
    draft = Draft(case)
    draft.add(Checkpoint, name=name, when=when, entries=entries, head=head)
    return draft.edit(f"Name this point {name}")


def issue(case: Case, template: str, *, when: str, sha256: str, head: str, why: str = "") -> Edit:
    """Record that a brief went out."""
    draft = Draft(case)
    made = draft.add(IssuedBrief, template=template, when=when, sha256=sha256, head=head, why=why)
    return draft.edit(f"Issue the {template} as {made.number}")
