"""Claims that a person collapsed on one map, and what they hide. The case is not changed."""

from evidencemap.layout.collapse import all_leading_to, collapsed
from evidencemap.model.entities import Step
from evidencemap.model.records import Id
from evidencemap.tongue import _, several
from evidencemap.ui.canvas.hits import can_fold
from evidencemap.ui.canvas.looking import Looking
from evidencemap.ui.canvas.shown import Shown
from evidencemap.ui.messages import announce


class Folds:
    """Collapses and expands. What is hidden follows each edit."""

    def __init__(self, view: Looking, shown: Shown) -> None:
        self._view = view
        self._shown = shown
        self._roots: tuple[Id, ...] = ()

    @property
    def roots(self) -> tuple[Id, ...]:
        """Return the claims that are collapsed, in the order in which that was done."""
        return self._roots

    def collapse(self, claim: Id) -> bool:
        """Hide all that leads to a claim and to nothing else in sight; say whether anything does."""
        scene = self._view.scene
        if scene.case is None or claim not in scene.index or not can_fold(scene, claim):
            return False
        if claim not in self._roots:
            self._take((*self._roots, claim))
            count = self._shown.marks.collapsed.get(claim, 0)
            hidden = several("{count} card is hidden.", "{count} cards are hidden.", count)
            announce(self._view, f"{scene.case.number(claim)}: {hidden}")
        return True

    def expand(self, claim: Id) -> bool:
        """Show again what a claim hides; say whether it hid anything."""
        if claim not in self._roots:
            return False
        self._take(tuple(root for root in self._roots if root != claim))
        number = self._view.scene.case_needed().number(claim)
        announce(self._view, _("{number} is expanded.").format(number=number))
        return True

    def toggle(self, claim: Id) -> None:
        """Collapse a claim, or expand it."""
        if not self.expand(claim):
            self.collapse(claim)

    def expand_all(self) -> None:
        """Show everything."""
        self._take(())

    def uncover(self, item: Id) -> None:
        """Expand whatever hides a node or step, so that it can be shown."""
        scene = self._view.scene
        if scene.case is None or not self._roots:
            return
        step = scene.case.get(Step, item)
        wanted = {item} if step is None else {*step.premises, step.conclusion}
        for root in self._roots:
            if wanted & scene.hidden and wanted & all_leading_to(scene.case, root):
                self.expand(root)

    def follow(self) -> None:
        """Hide and show what an edit has changed; drop claims that are gone."""
        case = self._view.scene.case
        if self._roots and case is not None:
            self._take(tuple(root for root in self._roots if root in case))

    def forget(self) -> None:
        """Start with another case, nothing collapsed."""
        self._roots = ()

    def _take(self, roots: tuple[Id, ...]) -> None:
        view = self._view
        hidden, counts = collapsed(view.scene.case_needed(), roots)
        self._roots = roots
        view.scene.hide(hidden)
        self._shown.change(collapsed=counts)
        view.map_changed()
