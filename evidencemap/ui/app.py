"""Starts the window: the application, the last-resort report, and the case that it opens."""

import atexit
import shutil
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, QSize, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from evidencemap.errors import EvidenceMapError
from evidencemap.resources import resource
from evidencemap.session import PassphraseNeeded, Session
from evidencemap.storage.places import state_folder
from evidencemap.tongue import _, language, speak, system_language
from evidencemap.ui.crash import watch_for_faults
from evidencemap.ui.jobs import Job
from evidencemap.ui.marks import app_icon
from evidencemap.ui.opening import CASE_SUFFIX, Ready, Report, founding_session, made_ready, opened
from evidencemap.ui.settings import Settings
from evidencemap.ui.starting import Starting
from evidencemap.ui.theme import LIGHT, load_faces
from evidencemap.ui.window import CaseWindow

FRAME = QSize(16, 48)
"""Room for the border and the title that a desktop puts around a window."""


def main(argv: Sequence[str]) -> int:
    """Open the window on the case or listing that `argv` names, or on what was open last.

    Returns the exit code: 0 when it was closed, 2 where what is named cannot be opened.
    """
    named = [each for each in argv if not each.startswith("-")]
    application = application_made()
    begin_where_read(application)
    settings = Settings(state_folder() / "window")
    starting = Starting()
    try:
        ready = first_case(starting, [Path(each) for each in named], settings.recent)
    except EvidenceMapError as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 2
    if ready is None:
        return 0
    session, notice = ready.session, ready.notice
    window = CaseWindow(session, settings, ready.engine)
    starting.deleteLater()
    watch_for_faults(window.messages.keep_saying)
    if session.path is not None:
        settings.remember(session.path)
    fit_screen(window)
    window.restore_layout()
    window.show()
    if session.path is None and named and Path(named[0]).suffix == CASE_SUFFIX:
        # It has a passphrase, which the window asks for.
        QTimer.singleShot(0, lambda: window.files.open_path(Path(named[0])))
    told = [*session.notices, *([notice] if notice else [])]
    if told:
        window.messages.say(" ".join(told))
    if not settings.tour_seen and session.path is None and is_founding(named):
        QTimer.singleShot(0, window.sheets.take_tour)
    return application.exec()


def fit_screen(window: CaseWindow) -> None:
    """Make a window no larger than its screen, with the title and the border that the desktop adds.

    The desktop tells how wide these are only once the window is shown.
    """
    window.resize(window.size().boundedTo(window.screen().availableSize() - FRAME))


def is_founding(named: Sequence[str]) -> bool:
    """Say whether the founding case is asked for: by its place, or because nothing is named."""
    return not named or Path(named[0]).resolve() == resource("cases", "letter.yaml").resolve()


def application_made() -> QApplication:
    """Return the application, with our style, our faces and Qt's own words in the person's language."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("EvidenceMap")
    application.setApplicationDisplayName("EvidenceMap")
    application.setStyle("Fusion")
    _let_dialogs_forget()
    load_faces()
    application.setWindowIcon(app_icon(LIGHT))
    if not system_language():
        speak(*QLocale.system().uiLanguages())
    _speak_qt(application)
    return application


def begin_where_read(application: QApplication) -> None:
    """Let windows begin at the side where the language that is asked for begins, whichever the words are in.

    Who asks for Arabic or Hebrew has a mirrored window though its words may be English yet.
    """
    asked = system_language()
    reads = QLocale(asked) if asked else QLocale.system()
    application.setLayoutDirection(reads.textDirection())


def _speak_qt(application: QApplication) -> None:
    """Let Qt's own words be in our language: they replace those that it spoke before."""
    for held in application.findChildren(QTranslator):
        application.removeTranslator(held)
        held.deleteLater()
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(language()), "qtbase", "_", folder):
        application.installTranslator(translator)


def _let_dialogs_forget() -> None:
    """Let what Qt's own file dialog remembers, the folders visited, go with the process.

    Of a process that was killed it goes at the next start.
    """
    native, user = QSettings.Format.NativeFormat, QSettings.Scope.UserScope
    QSettings.setPath(native, user, _passing_folder())


@cache
def _passing_folder() -> str:
    folder = state_folder() / "dialogs"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    atexit.register(shutil.rmtree, folder, True)
    return str(folder)


def first_case(starting: Starting, named: Sequence[Path], recent: Sequence[Path]) -> Ready | None:
    """Return the case to begin with, which `session_for` says; None where the person closed the window.

    Where the person cancelled its opening it is the founding case. Raises as `session_for`.
    """

    def work(job: Job) -> Ready:
        return made_ready(lambda: session_for(named, recent, job.report), job.report)

    ready = starting.first_case(work)
    if ready is None and not starting.left:
        ready = made_ready(lambda: (founding_session(), ""), _quietly)
    return ready


def session_for(named: Sequence[Path], recent: Sequence[Path], report: Report) -> tuple[Session, str]:
    """Return the session to begin with, and a sentence about it.

    What is named; else work that was never saved; else what was open last; else the founding case. In
    place of a named case with a passphrase it is the founding case, until that was given.
    Raises EvidenceMapError where what is named cannot be opened.
    """
    if named:
        try:
            return opened(named[0], None, report), ""
        except PassphraseNeeded:
            return founding_session(), ""
    unsaved = Session.unsaved()
    if unsaved:
        folder, title = unsaved[-1]
        try:
            return Session.recover(folder), _("“{title}” was never saved; here it is.").format(title=title)
        except EvidenceMapError:
            pass
    for path in recent[:1]:
        try:
            return opened(path, None, report), ""
        except EvidenceMapError as refusal:
            return founding_session(), str(refusal)
    return founding_session(), ""


def _quietly(part: float, what: str) -> None:
    """Hear how far an opening is, and say nothing."""
