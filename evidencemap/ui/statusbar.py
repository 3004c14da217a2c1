"""The status bar: whether every change is saved, the history, what the case holds, the zoom."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSlider, QStatusBar, QWidget

from evidencemap.model.entities import Claim, Evidence, Request, Source
from evidencemap.tongue import _, figure, several
from evidencemap.ui.editor import Editor
from evidencemap.ui.plain import ShortLabel, plain_label, set_plain_tooltip


class StatusBar(QStatusBar):
    """Says what is true of the case as it is kept, and nothing more."""

    zoom_wanted = Signal(float)

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self.saved = plain_label("", self)
        self.saved.setObjectName("saved")
        self.history = ShortLabel("", self)
        self.counts = ShortLabel("", self)
        self.percent = plain_label("", self)
        self.offline = plain_label(_("Offline"), self)
        set_plain_tooltip(self.offline, _("The program never uses a network."))
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._slider.setRange(-200, 200)
        self._slider.setAccessibleName(_("Zoom of the map"))
        self._slider.valueChanged.connect(self._slide)
        self.addWidget(self.saved)
        self.addWidget(self.history)
        self.addWidget(self.counts, 1)
        self.addPermanentWidget(self.percent)
        self.addPermanentWidget(self._slider)
        self.addPermanentWidget(self.offline)
        self._slider.setFixedWidth(90)
        self.setSizeGripEnabled(False)
        self._quiet = False
        self._entries = 0

    def show_case(self) -> None:
        """Count anew, as another case was opened."""
        self._entries = self._editor.session.entries
        self.show_saved()
        self.show_counts()

    def show_saved(self) -> None:
        """Say where the work is, after an edit or a save."""
        session = self._editor.session
        state = session.saved_state
        if session.read_only:
            self.saved.setText(_("Read only: open in another window"))
            set_plain_tooltip(self.saved, _("Close the other window to change this case."))
        elif self._editor.reviewing:
            self.saved.setText("◌ " + _("Review: only remarks change"))
            set_plain_tooltip(self.saved, _("The structure is locked. Case, Review ends the review."))
        else:
            self.saved.setText("✓ " + _("Every change saved"))
            where = _("Not yet in a file of its own: Ctrl+S gives it one.")
            if state.path is not None:
                where = _("Published to {name}; {count} changes since are safe in the work store.").format(
                    name=state.path.name, count=state.changes
                )
            set_plain_tooltip(self.saved, where)
        self.saved.setProperty("warn", session.read_only)
        changes = several("{count} change", "{count} changes", max(0, self._entries))
        self.history.setText(_("History intact · {changes}").format(changes=changes))
        set_plain_tooltip(self.history, self.history.text())

    def count_edit(self) -> None:
        """Count one more line of the journal."""
        self._entries += 1
        self.show_saved()

    def show_counts(self) -> None:
        """Say how much the case holds."""
        case = self._editor.case
        parts = [
            several("{count} claim", "{count} claims", len(case.of(Claim))),
            several("{count} evidence item", "{count} evidence items", len(case.of(Evidence))),
            several("{count} source", "{count} sources", len(case.of(Source))),
            several("{count} request", "{count} requests", len(case.of(Request))),
        ]
        self.counts.setText(" · ".join(parts))
        set_plain_tooltip(self.counts, self.counts.text())

    def show_zoom(self, scale: float) -> None:
        """Show the zoom of the map, 1 being full size."""
        from math import log2

        self.percent.setText(share_shown(scale))
        self._quiet = True
        self._slider.setValue(round(100 * log2(max(scale, 1e-6))))
        self._quiet = False

    def _slide(self, value: int) -> None:
        if not self._quiet:
            self.zoom_wanted.emit(2.0 ** (value / 100))


def share_shown(share: float) -> str:
    """Return a share in per cent, with a decimal where it is less than one: `0.8 %`."""
    percent = 100 * share
    form = ".1f" if round(percent, 1) < 1 else ",.0f"
    return f"{figure(percent, form)} %"
