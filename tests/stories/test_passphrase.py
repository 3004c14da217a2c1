"""A case is put under a passphrase in the window, and asks for it when it is opened again."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from evidencemap.model import verbs
from evidencemap.model.entities import Claim
from evidencemap.session import Session
from evidencemap.ui.app import session_for
from evidencemap.ui.window import CaseWindow
from tests.stories.conftest import OpenWindow
from tests.stories.hands import press, say, told, wait_until

RIGHT = " two words "


def encrypted(path: Path) -> Path:
    with Session.open(path) as session:
        session.apply(verbs.add(session.case, Claim, text="Kept under a passphrase"))
        session.set_passphrase(RIGHT)
    return path


def test_a_passphrase_is_set_by_typing_it_twice_and_nothing_shows_it(
    founding_window: CaseWindow, founding_file: Path
) -> None:
    window = founding_window
    press(window, "Ctrl+K")
    say(window, "set a passphrase")
    shown = window.picker.field.echoMode()
    say(window, RIGHT)
    assert founding_file.read_bytes().startswith(b"SQLite")

    say(window, RIGHT)

    assert shown is QLineEdit.EchoMode.Password
    assert founding_file.read_bytes().startswith(b"EvidenceMap key")
    assert window.picker.field.text() == ""
    assert window.editor.session.encrypted
    press(window, "Ctrl+F")
    assert window.picker.field.echoMode() is QLineEdit.EchoMode.Normal


def test_two_that_differ_change_nothing(founding_window: CaseWindow, founding_file: Path) -> None:
    window = founding_window
    press(window, "Ctrl+K")
    say(window, "set a passphrase")
    say(window, "one")

    say(window, "other")

    assert not window.editor.session.encrypted
    assert founding_file.read_bytes().startswith(b"SQLite")


def test_an_encrypted_case_opens_once_the_right_passphrase_was_typed(
    founding_file: Path, open_window: OpenWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path = encrypted(founding_file)
    session, notice = session_for([path], [], lambda part, what: None)
    window = open_window(session)
    assert (session.path, notice) == (None, "")

    window.files.open_path(path)
    wait_until(qtbot, lambda: window.picker.asking)
    say(window, "wrong")
    wait_until(qtbot, lambda: window.picker.asking)
    assert window.editor.session is session
    say(window, RIGHT)

    wait_until(qtbot, lambda: window.editor.session.path == path)
    assert "Kept under a passphrase" in [each.text for each in window.editor.case.sorted(Claim)]
    with qtbot.waitSignal(window.editor.told, timeout=20_000) as told:
        window.files.verify()
    assert "holds what its journal says" in told.args[0]


def test_the_passphrase_is_taken_away_again(founding_file: Path, open_window: OpenWindow) -> None:
    window = open_window(Session.open(encrypted(founding_file), passphrase=RIGHT))
    press(window, "Ctrl+K")

    say(window, "remove the passphrase")
    say(window, RIGHT)

    assert founding_file.read_bytes().startswith(b"SQLite")


def test_a_passphrase_is_removed_by_who_types_it_and_by_nobody_else(
    founding_window: CaseWindow, founding_file: Path
) -> None:
    window = founding_window
    window.editor.session.set_passphrase(RIGHT)

    window.run("decrypt")
    asked, shown = window.picker.asking, window.picker.field.echoMode()
    say(window, "wrong")
    refused, kept = told(window), founding_file.read_bytes()
    window.run("decrypt")
    press(window, "Escape")
    left = founding_file.read_bytes()
    window.run("decrypt")
    say(window, RIGHT)

    assert asked and shown is QLineEdit.EchoMode.Password
    assert refused == "That is not the passphrase of this case: nothing was changed."
    assert kept.startswith(b"EvidenceMap key") and left.startswith(b"EvidenceMap key")
    assert founding_file.read_bytes().startswith(b"SQLite")
    assert told(window) == "Whoever has the file of this case can read it now."


def test_why_a_passphrase_was_refused_is_read_while_it_is_typed_again(
    founding_file: Path, open_window: OpenWindow, qtbot: QtBot
) -> None:
    path = encrypted(founding_file)
    window = open_window(session_for([path], [], lambda part, what: None)[0])
    window.resize(1000, 640)

    window.files.open_path(path)
    wait_until(qtbot, lambda: window.picker.asking)
    say(window, "wrong")
    wait_until(qtbot, lambda: window.picker.asking)

    bar, picker = window.messages, window.picker
    assert "does not open with this passphrase" in told(window)
    assert bar.mapTo(window, bar.rect().bottomLeft()).y() < picker.geometry().top()
    bar.dismiss()
    assert picker.geometry().top() < 120


def test_a_question_stays_open_while_another_window_is_in_front_and_ends_where_one_goes_on_here(
    founding_window: CaseWindow, qtbot: QtBot
) -> None:
    window = founding_window
    other = QDialog(window)
    field = QLineEdit(other)
    press(window, "Ctrl+F")

    other.show()
    other.activateWindow()
    field.setFocus()
    wait_until(qtbot, field.hasFocus)
    assert window.picker.asking and window.picker.isVisible()

    other.close()
    window.activateWindow()
    wait_until(qtbot, window.picker.field.hasFocus)
    window.map.setFocus()
    assert not window.picker.isVisible()
