"""The sheet that issues a brief: what stops it, the reasons, where it goes, whose signature it bears."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from evidencemap.model.upkeep import IssuedBrief
from evidencemap.tongue import _
from evidencemap.ui.briefs import Issue, called
from evidencemap.ui.fields import QuietBox
from evidencemap.ui.pages.scrolled import ScrolledForm, fit
from evidencemap.ui.paths import ask_to_save
from evidencemap.ui.plain import plain_label
from evidencemap.ui.preflights import check_labels
from evidencemap.ui.wording import name_shown

if TYPE_CHECKING:
    from evidencemap.brief.preflight import Preflight

_MOST_BLOCKERS = 3
"""Checks that are shown in full; the preview lists all of them."""


class IssueSheet(QDialog):
    """Asks for all that issuing needs; its button works once nothing is missing, and what is missing is said.

    `wanted` carries what was asked for. The sheet stays until `accept` or `reject`: after a refusal
    everything typed is still there.
    """

    wanted = Signal(object)
    template_chosen = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        title: str,
        earlier: IssuedBrief | None,
        template: str,
        beside: Path | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Issue a brief"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._title = title
        self._beside = beside
        self._earlier = earlier
        self._found: Preflight | None = None
        self._busy = False
        self.template = QuietBox(self)
        for name, text in called().items():
            self.template.addItem(text, name)
        self.template.setCurrentIndex(self.template.findData(template))
        self.template.activated.connect(self._choose_template)
        self.paper = QuietBox(self)
        self.paper.addItem("Letter", "letter")
        self.paper.addItem("A4", "a4")
        self.summary = plain_label("", self, wrap=True)
        self._blocking = QVBoxLayout()
        self.despite = QLineEdit(self)
        self.why = QLineEdit(self)
        self.path = QLineEdit(self)
        self.archive = QCheckBox(_("Carry the case inside, for the archive (PDF/A-3a)"), self)
        self.sign = QCheckBox(_("Sign it with a key of your own (PKCS#12)"), self)
        self.key = QLineEdit(self)
        self.passphrase = QLineEdit(self)
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.lacking = plain_label("", self, wrap=True)
        self.lacking.setObjectName("alert")
        self.issue = QPushButton(_("Issue"), self)
        self.issue.setObjectName("primary")
        self.issue.setDefault(True)
        self.issue.clicked.connect(self._ask)
        leave = QPushButton(_("Cancel"), self)
        leave.setObjectName("act")
        leave.setAutoDefault(False)
        leave.clicked.connect(self.reject)
        self._lay_out(leave)
        for field in (self.despite, self.why, self.path, self.key, self.passphrase):
            field.textChanged.connect(self._say_what_lacks)
        self.sign.toggled.connect(self._show_signing)
        self._show_signing(False)
        fit(self, 680, 720)

    def show_checks(self, found: "Preflight") -> None:
        """Show what pre-flight found of the chosen form: what blocks it, and the length."""
        from evidencemap.brief.preflight import in_short

        self._found = found
        self.summary.setText(in_short(found))
        while (item := self._blocking.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for label in check_labels(found, self, blocking=True, most=_MOST_BLOCKERS):
            self._blocking.addWidget(label)
        for each in self._of_blockers:
            each.setVisible(found.blocked)
        self._say_what_lacks()

    def refuse(self, sentence: str) -> None:
        """Say why nothing was issued, and let the person go on."""
        self._busy = False
        self._say_what_lacks()
        self.lacking.setText(sentence)

    @property
    def asked(self) -> Issue:
        """What is asked for as it stands."""
        key = Path(self.key.text().strip()) if self.sign.isChecked() else None
        return Issue(
            template=str(self.template.currentData()),
            paper=str(self.paper.currentData()),
            path=self._where(),
            why=self.why.text().strip(),
            despite=self.despite.text().strip() if self._found is not None and self._found.blocked else "",
            archive=self.archive.isChecked(),
            key=key,
            passphrase=self.passphrase.text(),
        )

    def what_lacks(self) -> str:
        """Return the sentence that says what is still missing; empty where nothing is."""
        if self._found is None:
            return _("The checks before it goes out are being made.")
        asked = self.asked
        path = self.path.text().strip()
        if self._found.blocked and not asked.despite:
            return _("Mend or accept what blocks it, or give the reason to issue despite it: that prints.")
        if self._earlier is not None and not asked.why:
            return _("A brief was issued before: say what this one is for.")
        if not path or asked.path.suffix.casefold() != ".pdf":
            return _("Say where it goes: a file in .pdf.")
        taken = _why_not_there(asked.path)
        if taken:
            return taken
        if asked.key is not None and not (self.key.text().strip() and asked.passphrase):
            return _("Name the key file and give its passphrase.")
        return ""

    def _lay_out(self, leave: QPushButton) -> None:
        form = ScrolledForm(self, _("Issue a brief"))
        intent = _(
            "Issuing makes a PDF that is no draft, and keeps its digest, the time and the reason in the "
            "case. That is not undone: it happened."
        )
        form.add(plain_label(intent, form.inside, wrap=True))
        form.add_named(_("Form of the brief"), self.template)
        form.add_named(_("Paper"), self.paper)
        form.add(self.summary)
        form.add_layout(self._blocking)
        self._of_blockers = form.add_named(_("Reason to issue it despite what blocks it"), self.despite)
        form.add_named(self._why_words(), self.why)
        form.add_named(_("Where it goes"), self.path, self._browser(self._ask_where))
        form.add(self.archive)
        form.add(self.sign)
        self._of_signing = (
            *form.add_named(_("Key file"), self.key, self._browser(self._ask_key)),
            *form.add_named(_("Passphrase of the key"), self.passphrase),
        )
        form.end(self.lacking, leave, self.issue)

    def _why_words(self) -> str:
        if self._earlier is None:
            return _("What it is for (may stay empty)")
        return _("What it is for, as {number} went out on {when}").format(
            number=self._earlier.number, when=self._earlier.when[:10]
        )

    def _browser(self, ask: Callable[[], None]) -> QPushButton:
        button = QPushButton(_("Choose…"), self)
        button.setObjectName("act")
        button.setAutoDefault(False)
        button.clicked.connect(ask)
        return button

    def _where(self) -> Path:
        """Return where it goes: a name without a folder, or with a part of one, is meant beside the case."""
        folder = Path() if self._beside is None else self._beside.parent
        return folder / self.path.text().strip()

    def _ask_where(self) -> None:
        path = ask_to_save(self, _("Issue a brief"), self._title, ".pdf", self._beside)
        if path is not None:
            self.path.setText(str(path))

    def _ask_key(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(self, _("Key file"), "", "PKCS#12 (*.p12 *.pfx)")
        if chosen:
            self.key.setText(chosen)

    def _choose_template(self) -> None:
        self._found = None
        self._say_what_lacks()
        self.template_chosen.emit(str(self.template.currentData()))

    def _show_signing(self, on: bool) -> None:
        for each in self._of_signing:
            each.setVisible(on)
        self._say_what_lacks()

    def _say_what_lacks(self) -> None:
        lacks = "" if self._busy else self.what_lacks()
        self.lacking.setText(lacks)
        self.issue.setEnabled(not lacks and not self._busy)

    def _ask(self) -> None:
        self._busy = True
        self._say_what_lacks()
        self.lacking.setText(_("Issuing…"))
        self.wanted.emit(self.asked)


def _why_not_there(path: Path) -> str:
    """Return the sentence that says why no new file can be made at a path; empty where one can."""
    try:
        is_folder = path.parent.is_dir()
    except OSError:
        is_folder = False
    if not is_folder:
        return _("There is no folder {parent}.").format(parent=name_shown(str(path.parent)))
    try:
        os.lstat(path)
    except FileNotFoundError:
        return ""
    except (OSError, ValueError):
        return _("No file can be called that: give another name.")
    return _("{name} exists already: give another name.").format(name=name_shown(path.name))
