"""The one road from a gesture to a true edit, and the one selection that all panes share."""

from collections.abc import Callable, Iterable, Sequence, Set
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from evidencemap.analysis.findings import Finding, findings
from evidencemap.analysis.incremental import Engine
from evidencemap.analysis.origins import Origins, origins
from evidencemap.analysis.policy import policy
from evidencemap.analysis.verdicts import Verdicts
from evidencemap.errors import EvidenceMapError, RuleBroken
from evidencemap.model.case import Case
from evidencemap.model.edit import Edit
from evidencemap.model.entities import Remark, Step
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.model.words import ClaimKind
from evidencemap.session import Session
from evidencemap.tongue import _
from evidencemap.ui.found import Found, found_of, let_go
from evidencemap.ui.jobs import Job, Jobs

AT_ONCE = 2_000
"""Entities up to which findings are made before a gesture ends; above, beside the window."""

PAUSE = 60
"""Milliseconds that the findings of a large case wait: what was done is painted first."""


class Editor(QObject):
    """Holds the session, what follows from its case, and what is selected. Draws nothing."""

    opened = Signal()
    edited = Signal(object)
    judged = Signal()
    selected = Signal(object)
    refused = Signal(str)
    told = Signal(str)
    kept = Signal()
    reviewed = Signal()
    closing = Signal()

    def __init__(
        self, session: Session, jobs: Jobs, parent: QObject | None = None, engine: Engine | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.reviewing = False
        self._reviewed = 0
        self._taken_back = 0
        self.selection: tuple[Id, ...] = ()
        self.via: Id | None = None
        self._found = found_of(())
        self._before: list[Found] = []
        self._gone: set[Id] = set()
        self.looking = False
        self.stopped = False
        self._looker: Job | None = None
        self._selecting = False
        self._unwatch: Callable[[], None] = lambda: None
        self._origins: Origins | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._look)
        self._take(session, engine)

    @property
    def case(self) -> Case:
        """The case as it is now."""
        return self.session.case

    @property
    def verdicts(self) -> Verdicts:
        """What follows from the case as it is now."""
        return self._engine.verdicts

    @property
    def found(self) -> Found:
        """What was found last, also on what is gone since."""
        return self._found

    @property
    def findings(self) -> Sequence[Finding]:
        """What the map shows; in a large case what was found last, without what is on something gone."""
        if not self._gone:
            return self._found.all
        return [each for each in self._found.all if self._gone.isdisjoint(each.on)]

    @property
    def settled(self) -> bool:
        """Whether the findings are those of the case as it is now."""
        return not (self.looking or self.stopped)

    def findings_on(self, entity: Id) -> list[Finding]:
        """Return what the map shows of one entity."""
        return [each for each in self._found.about.get(entity, ()) if self._gone.isdisjoint(each.on)]

    @property
    def origins(self) -> Origins:
        """The origins of the case as it is now, worked out when first asked for after an edit."""
        if self._origins is None:
            self._origins = origins(self.case, self.verdicts)
        return self._origins

    @property
    def chosen(self) -> Id | None:
        """The one entity that is selected; None where none is, or several are."""
        return self.selection[0] if len(self.selection) == 1 else None

    @property
    def writable(self) -> bool:
        """Whether the case may be changed."""
        return not self.session.read_only

    def replace(self, session: Session, engine: Engine | None = None) -> None:
        """Show another case in place of this one, which is closed; `engine` has its verdicts, where known."""
        self.close()
        self._take(session, engine)
        self.opened.emit()
        if session.notices:
            self.told.emit(" ".join(session.notices))

    def close(self) -> None:
        """Close the session, which publishes a case that has a file.

        Raises CaseFileRefused where it could not be written; then it is still open.
        """
        self.closing.emit()
        self.session.close()
        self._let_go()

    def leave(self) -> None:
        """Close the session without publishing; what was not published is kept for the next start."""
        self.closing.emit()
        self.session.put_back()
        self._let_go()

    def perform(self, verb: Callable[..., Edit], *arguments: Any, **named: Any) -> Edit | None:
        """Do what a verb says to the case as it is now; say its sentence where it refuses.

        Returns the edit once it is durable, None where it was refused.
        """
        try:
            edit = verb(self.case, *arguments, **named)
            if self.lock and not _is_review(edit):
                raise RuleBroken(self.lock)
            self.session.apply(edit)
            self._count(self._reviewed + 1, 0)
        except EvidenceMapError as refusal:
            self.refused.emit(str(refusal))
            return None
        return edit

    def review(self, *, on: bool) -> None:
        """Lock or unlock the structure: in a review only remarks are made, and taken back."""
        self.reviewing, self._reviewed, self._taken_back = on, 0, 0
        self.reviewed.emit()

    @property
    def lock(self) -> str:
        """The sentence that says why only remarks may be changed now; empty where all may."""
        return _("This is a review: only remarks change. Leave the review to edit.") if self.reviewing else ""

    @property
    def undo_is_locked(self) -> bool:
        """Whether what undo would take back was done before the review began."""
        return self.reviewing and self._reviewed <= 0

    @property
    def redo_is_locked(self) -> bool:
        """Whether what redo would do again was taken back before the review began."""
        return self.reviewing and self._taken_back <= 0

    def may_change(self) -> bool:
        """Say whether more than remarks may be changed, and say why not where a review locks it."""
        if self.lock:
            self.refused.emit(self.lock)
        return not self.lock

    def alter(self, act: Callable[[], Any]) -> bool:
        """Do something that changes the case or its file otherwise than by a verb; a review locks it."""
        return self.may_change() and self.attempt(act)

    def may_edit(self, entity: Id) -> bool:
        """Say whether the fields of an entity may be changed: in a review those of remarks alone."""
        return self.writable and (not self.reviewing or self.case.get(Remark, entity) is not None)

    def undo(self) -> None:
        """Take the last act back; in a review, what was done in it and no more."""
        if self.undo_is_locked:
            self.refused.emit(self.lock)
        elif self._step_back(self.session.undo):
            self._count(self._reviewed - 1, self._taken_back + 1)

    def redo(self) -> None:
        """Do again what was taken back last; in a review, what was taken back in it and no more."""
        if self.redo_is_locked:
            self.refused.emit(self.lock)
        elif self._step_back(self.session.redo):
            self._count(self._reviewed + 1, self._taken_back - 1)

    def attempt(self, act: Callable[[], Any]) -> bool:
        """Do something that the world may refuse, and say its sentence if it does."""
        try:
            act()
        except EvidenceMapError as refusal:
            self.refused.emit(str(refusal))
            return False
        self.kept.emit()
        return True

    def select(self, ids: Iterable[Id], via: Id | None = None) -> None:
        """Select these entities everywhere; `via` is the step by which a row shows the first."""
        chosen = tuple(each for each in dict.fromkeys(ids) if each in self.case)
        self.via = via if via in self.case else None
        if chosen == self.selection or self._selecting:
            return
        self.selection = chosen
        self._selecting = True
        try:
            self.selected.emit(chosen)
        finally:
            self._selecting = False

    def step_meant(self) -> Id | None:
        """Return the step that a command on a step means: the selected one, or the only one there is.

        That is the selected step, else the step by which the outline shows the selected premise,
        else the only step into the selected node.
        """
        chosen = self.chosen
        if chosen is None:
            return None
        if self.case.get(Step, chosen) is not None:
            return chosen
        if self.via is not None:
            return self.via
        into = steps_into(self.case, chosen)
        return into[0].id if len(into) == 1 else None

    def judge(self, gone: Set[Id] = frozenset()) -> None:
        """Make the findings anew: at once in a small case, beside the window in a large one.

        There they wait until the window has shown what was done, and for more that is done at once; none on
        what is `gone` is given out meanwhile.
        """
        case, verdicts = self.case, self.verdicts
        self.looking, self.stopped, self._looker = len(case) > AT_ONCE, False, None
        self._jobs.cancel("findings")
        if not self.looking:
            self._keep_findings(found_of(findings(case, verdicts, today=today())))
            return
        self._gone |= gone
        self._pause.start()

    def _look(self) -> None:
        case, verdicts = self.case, self.verdicts
        before, self._before = self._before, []

        def work(job: Job) -> Found:
            let_go(before)
            made = found_of(findings(case, verdicts, today=today()))
            job.report(1.0)
            return made

        job = self._jobs.start("findings", _("Looking through the map"), work, self._keep_findings)
        job.ended.connect(lambda: self._end_looking(job), Qt.ConnectionType.QueuedConnection)
        self._looker = job

    def _end_looking(self, job: Job) -> None:
        """Note that the person stopped the look through the map, and that no other follows it."""
        if self.looking and job is self._looker:
            self.looking, self.stopped, self._looker = False, True, None
            self.judged.emit()

    def _let_go(self) -> None:
        self._pause.stop()
        self._looker = None
        self._unwatch()

    def _keep_findings(self, made: Found) -> None:
        if self.looking:
            self._before = [self._found]
        self._found, self._gone, self.looking = made, set(), False
        self.judged.emit()

    def _take(self, session: Session, engine: Engine | None = None) -> None:
        self.session = session
        self.reviewing = False
        self.selection = ()
        self.via = None
        self._engine = engine or engine_of(session)
        self._unwatch = session.watch(self._hear)
        self._origins = None
        self._found, self._gone = found_of(()), set()
        self.judge()

    def _hear(self, edit: Edit, before: Case, after: Case) -> None:
        changed: set[Id] = set(edit.ids)
        if before.header.profile != after.header.profile:
            self._engine = Engine(after, policy(after.header.profile))
            changed.update(after.entities)
        else:
            changed.update(self._engine.update(before, edit, after))
        self._origins = None
        kept = tuple(each for each in self.selection if each in after)
        lost = kept != self.selection
        self.selection = kept
        self.judge({change.entity.id for change in edit.changes if change.after is None})
        self.edited.emit(frozenset(changed))
        if lost:
            self.selected.emit(kept)
        self.kept.emit()

    def _count(self, reviewed: int, taken_back: int) -> None:
        """Note how many acts were done and taken back, by which a review locks undo and redo."""
        self._reviewed, self._taken_back = reviewed, taken_back
        if self.reviewing:
            self.kept.emit()

    def _step_back(self, act: Callable[[], Any]) -> bool:
        try:
            return act() is not None
        except EvidenceMapError as refusal:
            self.refused.emit(str(refusal))
            return False


def engine_of(session: Session) -> Engine:
    """Return what follows from the case of a session, which any thread may work out."""
    return Engine(session.case, policy(session.case.header.profile))


def today() -> str:
    """Return today's date as findings and briefs take it: YYYY-MM-DD."""
    return datetime.now(UTC).date().isoformat()


def steps_into(case: Case, node: Id) -> list[Step]:
    """Return the drawn steps that conclude a node, by their numbers."""
    steps = (case.get(Step, each) for each in case.users(node))
    into = [step for step in steps if step is not None and step.conclusion == node]
    return sorted(into, key=lambda step: number_key(step.number))


def steps_from(case: Case, node: Id) -> list[Step]:
    """Return the drawn steps that have a node among their premises, by their numbers."""
    steps = (case.get(Step, each) for each in case.users(node))
    out = [step for step in steps if step is not None and node in step.premises]
    return sorted(out, key=lambda step: number_key(step.number))


def support_of(case: Case, claim: Id) -> list[Id]:
    """Return every node and step that a claim rests on, through premises and warrants, nearest first."""
    seen: dict[Id, None] = {}
    waiting = [claim]
    while waiting:
        node = waiting.pop(0)
        for step in steps_into(case, node):
            if step.id in seen:
                continue
            seen[step.id] = None
            for each in (*step.premises, *((step.warrant,) if step.warrant else ())):
                if each not in seen:
                    seen[each] = None
                    waiting.append(each)
    return list(seen)


def _is_review(edit: Edit) -> bool:
    return all(isinstance(change.entity, Remark) for change in edit.changes)


def kind_typed(text: str) -> tuple[ClaimKind | None, str]:
    """Return the claim kind that a typed text begins with (`volume: ...`), and the rest of the text.

    A kind is called by its English name or by that in the language of the window.
    """
    head, colon, rest = text.partition(":")
    kinds = {word: kind for kind in ClaimKind for word in (_(kind.value).casefold(), kind.value)}
    kind = kinds.get(head.strip().casefold())
    if colon and rest.strip() and kind is not None:
        return kind, rest.strip()
    return None, text.strip()
