"""A file gets the ending of what is written, and none is replaced that nobody was asked about."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from evidencemap.ui.paths import with_ending
from evidencemap.ui.window import CaseWindow
from tests.stories.acts import Acts
from tests.stories.hands import told, wait_for_file

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.mark.parametrize(
    ("typed", "suffix", "named"),
    [
        ("Draft", ".evmap", "Draft.evmap"),
        ("Draft 1.2", ".evmap", "Draft 1.2.evmap"),
        ("draft.txt", ".evmap", "draft.txt.evmap"),
        ("Draft.EVMAP", ".evmap", "Draft.EVMAP"),
        ("memo 1.2", ".pdf", "memo 1.2.pdf"),
        ("memo.html", ".pdf", "memo.html"),
        ("memo.docx", ".pdf", "memo.docx"),
        ("case.json", ".yaml", "case.json"),
        ("X1", ".proof.json", "X1.proof.json"),
    ],
)
def test_a_name_ends_as_what_is_written_does(typed: str, suffix: str, named: str) -> None:
    assert with_ending(Path("/here") / typed, suffix) == Path("/here") / named


def test_a_case_saved_under_a_name_with_a_dot_is_a_case_file(
    founding_window: CaseWindow, tmp_path: Path
) -> None:
    acts = Acts(founding_window)

    acts.name_file(tmp_path / "Draft 1.2")
    acts.key("Ctrl+Shift+S")

    assert told(founding_window) == "Saved to Draft 1.2.evmap."
    assert (tmp_path / "Draft 1.2.evmap").read_bytes().startswith(b"SQLite")


def test_a_case_that_the_ending_would_replace_is_asked_about(
    founding_window: CaseWindow, tmp_path: Path
) -> None:
    acts = Acts(founding_window)
    other = tmp_path / "other.evmap"
    other.write_bytes(b"somebody's work")
    offered: list[str] = []

    def leave() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog):
            field = dialog.findChild(QLineEdit)
            assert isinstance(field, QLineEdit)
            if field.text() == other.name:
                offered.append(field.text())
                dialog.reject()
                return
        QTimer.singleShot(20, leave)

    acts.name_file(tmp_path / "other")
    QTimer.singleShot(0, leave)
    acts.key("Ctrl+Shift+S")

    assert offered == ["other.evmap"]
    assert other.read_bytes() == b"somebody's work"


def test_a_listing_is_never_written_under_another_ending(
    founding_window: CaseWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    founding_window.files.export_listing_to(tmp_path / "case.pdf")
    refused = told(founding_window)

    founding_window.files.export_listing_to(tmp_path / "case.JSON")

    assert refused == "case.pdf has no ending that says its format: use one of .yaml, .yml, .json."
    assert wait_for_file(qtbot, tmp_path / "case.JSON").startswith(b"{")
    assert not (tmp_path / "case.pdf").exists()


@pytest.mark.parametrize("name", ["open", "save_as", "merge", "export_listing"])
def test_a_dialog_for_files_begins_where_the_open_case_lies(
    founding_window: CaseWindow, founding_file: Path, name: str
) -> None:
    folders: list[Path] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog):
            folders.append(Path(dialog.directory().absolutePath()))
            dialog.reject()
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(0, look)
    founding_window.run(name)

    assert folders == [founding_file.parent]
