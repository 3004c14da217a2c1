"""The custody of an exhibit: its entries to read, and one more to write down. Entries are only added."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from evidencemap.model.entities import Exhibit
from evidencemap.model.records import Custody
from evidencemap.storage.journal import utc_now
from evidencemap.tongue import _
from evidencemap.ui.fields import QuietBox
from evidencemap.ui.pages.scrolled import ScrolledForm, fit
from evidencemap.ui.panels.exhibits import entry_said, in_groups
from evidencemap.ui.plain import plain_label
from evidencemap.ui.wording import name_shown

WHAT = ("received", "examined", "copied", "handed over", "returned", "stored")
"""What is often done with an exhibit; any other word can be typed."""


class CustodySheet(QDialog):
    """Shows who had an exhibit and asks for the next entry: what, who, when in UTC, how, why.

    `wanted` carries an entry once nothing is missing. `locked` is the sentence that says why nothing
    can be written, empty where it can.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget, exhibit: Exhibit, author: str, locked: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Custody of {number}").format(number=exhibit.number))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._author = author
        self.what = QuietBox(self)
        self.what.setEditable(True)
        self.what.addItems([_(each) for each in WHAT])
        self.who, self.when, self.how, self.why = (QLineEdit(self) for _each in range(4))
        self.lacking = plain_label(locked, self, wrap=True)
        self.lacking.setObjectName("alert")
        self.write = QPushButton(_("Write it down"), self)
        self.write.setObjectName("primary")
        self.write.setDefault(True)
        self.write.clicked.connect(self._ask)
        leave = QPushButton(_("Close"), self)
        leave.setObjectName("act")
        leave.setAutoDefault(False)
        leave.clicked.connect(self.reject)
        self._entries = QVBoxLayout()
        self._lay_out(exhibit, leave, locked)
        self.show_entries(exhibit)
        self._locked = bool(locked)
        if not locked:
            self._start_anew()
            self.what.editTextChanged.connect(self._say_what_lacks)
            self.when.textChanged.connect(self._say_what_lacks)
            self._say_what_lacks()
        fit(self, 620, 560)

    def show_entries(self, exhibit: Exhibit) -> None:
        """Show the entries that an exhibit has now, the oldest first."""
        while (item := self._entries.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        said = [entry_said(each) for each in exhibit.custody] or [_("No custody is recorded.")]
        for each in said:
            label = plain_label(each, self, wrap=True)
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            self._entries.addWidget(label)

    def written(self, exhibit: Exhibit) -> None:
        """Show the entry that was written down, and be ready for the next."""
        self.show_entries(exhibit)
        self._start_anew()

    def refuse(self, sentence: str) -> None:
        """Say why nothing was written down; what was typed stays."""
        self.lacking.setText(sentence)

    def what_lacks(self) -> str:
        """Return the sentence that says what is missing or cannot be; empty where nothing is."""
        if not self.what.currentText().strip():
            return _("Say what was done with it.")
        if time_typed(self.when.text()) is None:
            return _("Say when in UTC, such as 2026-11-25T14:30:00Z.")
        return ""

    def _lay_out(self, exhibit: Exhibit, leave: QPushButton, locked: str) -> None:
        form = ScrolledForm(self, _("Custody"))
        name = f"{exhibit.number}  {name_shown(exhibit.name)}"
        title = plain_label(name, form.inside, wrap=True)
        title.setObjectName("title")
        form.add(title)
        form.add(plain_label(f"SHA-256 {in_groups(exhibit.sha256)}", form.inside, wrap=True))
        form.add_layout(self._entries)
        asked: tuple[tuple[str, QWidget], ...] = (
            (_("What was done"), self.what),
            (_("Who did it"), self.who),
            (_("When (UTC)"), self.when),
            (_("How"), self.how),
            (_("Why"), self.why),
        )
        for text, field in asked:
            for each in form.add_named(text, field):
                each.setVisible(not locked)
        self.write.setVisible(not locked)
        form.end(self.lacking, leave, self.write)

    def _start_anew(self) -> None:
        self.what.setEditText("")
        self.who.setText(self._author)
        self.when.setText(utc_now())
        self.how.clear()
        self.why.clear()
        self.what.setFocus()

    def _say_what_lacks(self) -> None:
        lacks = self.what_lacks()
        self.lacking.setText(lacks)
        self.write.setEnabled(not lacks)

    def _ask(self) -> None:
        when = time_typed(self.when.text())
        if self._locked or self.what_lacks() or when is None:
            return
        self.wanted.emit(
            Custody(
                what=self.what.currentText().strip(),
                who=self.who.text().strip(),
                when=when,
                how=self.how.text().strip(),
                why=self.why.text().strip(),
            )
        )


def time_typed(text: str) -> str | None:
    """Return a time that was typed as the custody keeps it (UTC, to the second); None where it is none.

    A time without a zone is UTC; one with another zone is brought to UTC (ISO 8601).
    """
    try:
        at = datetime.fromisoformat(text.strip())
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at.year >= 1000 else None
