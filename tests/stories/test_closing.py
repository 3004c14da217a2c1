"""A case that cannot be saved while its window closes: nothing is lost, and the window still works."""

import shutil
from pathlib import Path

from evidencemap.model import verbs
from evidencemap.model.entities import Claim
from evidencemap.session import Session, read_case
from evidencemap.ui.window import CaseWindow
from tests.stories.hands import press


def texts(session: Session) -> list[str]:
    return [each.text for each in session.case.sorted(Claim)]


def lose_the_folder(window: CaseWindow, founding_file: Path, text: str) -> None:
    """Edit the case, then pull out the stick that it lies on."""
    window.editor.perform(verbs.add, Claim, text=text)
    shutil.rmtree(founding_file.parent)


def test_a_window_that_cannot_save_stays_and_can_still_be_worked_in(
    founding_window: CaseWindow, founding_file: Path
) -> None:
    window = founding_window
    lose_the_folder(window, founding_file, "Before")

    assert not window.close()

    assert "close again" in window.messages.sentence.text()
    assert window.editor.perform(verbs.add, Claim, text="After") is not None
    founding_file.parent.mkdir(exist_ok=True)
    assert window.files.save_to(founding_file)
    published = {each.text for each in read_case(founding_file)[0].sorted(Claim)}
    assert {"Before", "After"} <= published
    assert window.close()


def test_a_window_that_cannot_save_closes_at_the_second_time_and_keeps_the_work(
    founding_window: CaseWindow, founding_file: Path
) -> None:
    window = founding_window
    kept = founding_file.read_bytes()
    lose_the_folder(window, founding_file, "Kept for the next start")
    assert not window.close()

    assert window.close()

    founding_file.parent.mkdir(exist_ok=True)
    founding_file.write_bytes(kept)
    with Session.open(founding_file) as session:
        assert "Kept for the next start" in texts(session)
        assert session.notices[0].startswith("Recovered 1 edit")


def test_a_window_is_told_again_where_it_was_worked_in_since(
    founding_window: CaseWindow, founding_file: Path
) -> None:
    window = founding_window
    lose_the_folder(window, founding_file, "Before")
    assert not window.close()
    window.editor.perform(verbs.add, Claim, text="After")

    assert not window.close()

    assert window.close()


def test_the_window_closes_by_what_people_press_elsewhere_to_leave(founding_window: CaseWindow) -> None:
    press(founding_window, "Ctrl+Q")

    assert not founding_window.isVisible()


def test_a_key_of_ones_own_is_not_taken_to_leave(founding_window: CaseWindow) -> None:
    founding_window.actions_set.show_keys({"fit": "Ctrl+Q"})

    press(founding_window, "Ctrl+Q")

    assert founding_window.isVisible()
