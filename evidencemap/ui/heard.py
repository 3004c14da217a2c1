"""What a screen reader says after an edit: which verdicts it changed, and to what."""

from collections.abc import Collection

from PySide6.QtWidgets import QWidget

from evidencemap.model.kinds import number_key
from evidencemap.model.records import Id
from evidencemap.tongue import several
from evidencemap.ui.editor import Editor
from evidencemap.ui.messages import announce
from evidencemap.ui.wording import standing

_MOST = 4
"""Verdicts that are said one by one; the others are counted."""


class Heard:
    """Remembers how everything stood, and says what stands otherwise since. Says nothing of what is new.

    `said` is what the last edit made it say; empty where that changed no verdict.
    """

    def __init__(self, editor: Editor, widget: QWidget) -> None:
        self._editor = editor
        self._widget = widget
        self._before = editor.verdicts
        self.said = ""

    def begin(self) -> None:
        """Begin anew with the case that is shown now."""
        self._before = self._editor.verdicts

    def tell(self, ids: Collection[Id]) -> None:
        """Say which of these stand otherwise than before, claims before steps."""
        before, now, case = self._before, self._editor.verdicts, self._editor.case
        self._before = now
        changed = [each for each in ids if standing(before, each) and standing(now, each)]
        changed = [each for each in changed if standing(before, each) != standing(now, each)]
        changed.sort(key=lambda each: (each not in now.claims, number_key(case.number(each))))
        said = [f"{case.number(each)}: {standing(now, each)}" for each in changed[:_MOST]]
        rest = len(changed) - _MOST
        if rest > 0:
            said.append(several("{count} more verdict changed", "{count} more verdicts changed", rest))
        self.said = ". ".join(said)
        if said:
            announce(self._widget, self.said)
