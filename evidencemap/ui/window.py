"""The window: it makes the panes, joins their signals to the editor, and does nothing else."""

from collections.abc import Callable, Collection
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from evidencemap.analysis.incremental import Engine
from evidencemap.errors import EvidenceMapError
from evidencemap.model import verbs
from evidencemap.model.records import Id
from evidencemap.session import Session
from evidencemap.tongue import _
from evidencemap.ui.canvas.view import MapView
from evidencemap.ui.commands.arranging import Arranging
from evidencemap.ui.commands.asking import Asking
from evidencemap.ui.commands.briefing import Briefing
from evidencemap.ui.commands.desk import Desk
from evidencemap.ui.commands.editing import Editing
from evidencemap.ui.commands.exhibiting import Exhibiting
from evidencemap.ui.commands.files import Files
from evidencemap.ui.commands.helping import Helping
from evidencemap.ui.commands.inserting import Inserting
from evidencemap.ui.commands.lighting import Lighting
from evidencemap.ui.commands.merging import Merging
from evidencemap.ui.commands.proving import Proving
from evidencemap.ui.commands.reviewing import Reviewing
from evidencemap.ui.commands.viewing import Viewing
from evidencemap.ui.docks import Docks
from evidencemap.ui.editor import Editor
from evidencemap.ui.following import Following
from evidencemap.ui.guarded import guarded
from evidencemap.ui.heard import Heard
from evidencemap.ui.jobs import Jobs
from evidencemap.ui.menus import ActionSet
from evidencemap.ui.messages import LateJobs, MessageBar
from evidencemap.ui.opening import CASE_SUFFIX, LISTINGS
from evidencemap.ui.panels.answer import Answer
from evidencemap.ui.panels.history import History
from evidencemap.ui.panels.inspector import Inspector
from evidencemap.ui.panels.library import Library
from evidencemap.ui.panels.outline import Outline
from evidencemap.ui.panels.pane import Pane
from evidencemap.ui.panels.problems import Problems
from evidencemap.ui.picker import Picker
from evidencemap.ui.settings import Settings
from evidencemap.ui.sheets import Sheets
from evidencemap.ui.statusbar import StatusBar
from evidencemap.ui.style import dress
from evidencemap.ui.submenus import Submenus
from evidencemap.ui.theme import Theme, theme_named, theme_of_system
from evidencemap.ui.toolbars import Toolbars
from evidencemap.ui.wishes import Wishes
from evidencemap.ui.wording import one_line

PIXELS = 13.0
"""The height of the usual text, at 100 %."""


class CaseWindow(QMainWindow):
    """One open case, seen from every side."""

    def __init__(self, session: Session, settings: Settings, engine: Engine | None = None) -> None:
        super().__init__()
        self.settings = settings
        self.jobs = Jobs(self)
        self.editor = Editor(session, self.jobs, self, engine)
        self.map = MapView(self, self.jobs, lambda: not self.editor.session.encrypted)
        self.map.setAccessibleName(_("Map"))
        self.map.reduced_motion = settings.reduced_motion
        self.messages = MessageBar(self)
        self.picker = Picker(self, above=self.messages)
        self._make_panes()
        self._lay_out()
        self.desk = Desk(
            window=self,
            editor=self.editor,
            jobs=self.jobs,
            settings=settings,
            messages=self.messages,
            picker=self.picker,
            map=self.map,
            outline=self.outline,
            inspector=self.inspector,
            problems=self.problems,
            history=self.history,
        )
        self._make_commands()
        self._make_actions()
        self._join()
        self.setAcceptDrops(True)
        self._has_layout = False
        self._was_refused = False
        self.docks.reset()
        self.resize(QSize(1400, 900))
        self.show_colors()
        self.show_case()

    def show_case(self) -> None:
        """Show the case that the editor holds, from the start; what was said of another one goes."""
        self.messages.dismiss()
        self.following.forget()
        self.lighting.light_all()
        for pane in self.panes:
            pane.show_case()
        self.status.show_case()
        self._show_title()
        # Laid out beside the window, a large map takes time from the panes: they come first.
        self.map.show_case(self.editor.case, self.editor.verdicts)
        self._mark_findings()
        self.actions_set.refresh()
        self.heard.begin()

    def show_colors(self) -> None:
        """Paint everything in the chosen colours and size of text."""
        self.following.finish()
        theme = self.theme
        pixels = PIXELS * self.settings.font_percent / 100
        application = QApplication.instance()
        if isinstance(application, QApplication):
            dress(application, theme, pixels)
        self.toolbars.fit(pixels, self.settings.font_percent)
        self.inspector.setMinimumWidth(round(min(pixels * 13, 420)))
        self.outline.setMinimumWidth(round(min(pixels * 13, 390)))
        self.map.set_theme(theme)
        for pane in self.panes:
            pane.show_theme(theme)
        self.picker.show_theme(theme)
        self.actions_set.show_theme(theme)

    @property
    def theme(self) -> Theme:
        """The colours that the person chose, or those of the system."""
        chosen = self.settings.scheme
        if chosen == "contrast":
            return theme_named("high contrast light")
        return theme_of_system() if chosen == "system" else theme_named(chosen)

    def run(self, name: str) -> None:
        """Take an action by its name, as its menu entry would; say why where it cannot be taken."""
        self.actions_set.take(name)

    def restore_layout(self) -> None:
        """Lay the window out as it was left."""
        geometry, panes = self.settings.layout()
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
            self._has_layout = self.restoreState(panes)

    @guarded
    def showEvent(self, event: QShowEvent) -> None:
        """Settle the tabs once the panes have their places."""
        super().showEvent(event)
        if not self._has_layout:
            self._has_layout = True
            QTimer.singleShot(0, self, self.docks.give_room)
        QTimer.singleShot(0, self, self.docks.settle_tabs)

    @guarded
    def closeEvent(self, event: QCloseEvent) -> None:
        """Publish the case, remember the layout, and close; where that fails, at the second time."""
        try:
            self._close_case()
        except EvidenceMapError as refusal:
            self._was_refused = True
            again = _("Save it elsewhere, or close again: what you did is kept for the next start.")
            self.messages.say(f"{refusal} {again}", refusal=True)
            event.ignore()
            return
        self.jobs.close()
        self.settings.keep_layout(self.saveGeometry(), self.saveState())
        self.settings.close()
        event.accept()

    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape light and show all again, and say why a key does nothing now, where nothing took it."""
        if event.key() == Qt.Key.Key_Escape and any(self.lighting.on.values()):
            self.lighting.light_all()
            self.actions_set.refresh()
        elif not self.actions_set.explain(event):
            super().keyPressEvent(event)

    @guarded
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dragged in."""
        if _dropped(event):
            event.acceptProposedAction()

    @guarded
    def dropEvent(self, event: QDropEvent) -> None:
        """Open a case or a listing that was dropped; keep any other file as an exhibit."""
        paths = _dropped(event)
        if paths:
            event.acceptProposedAction()
            if paths[0].suffix.casefold() in (CASE_SUFFIX, *LISTINGS):
                self.files.open_path(paths[0])
            else:
                self.exhibiting.drop(paths, self.map.mapFrom(self, event.position().toPoint()))

    def _close_case(self) -> None:
        if self._was_refused:
            self.editor.leave()
        else:
            self.editor.close()

    def _make_panes(self) -> None:
        self.heard = Heard(self.editor, self)
        self.outline = Outline(self.editor, self)
        self.library = Library(self.editor, self)
        self.history = History(self.editor, self)
        self.inspector = Inspector(self.editor, self)
        self.problems = Problems(self.editor, self)
        self.answer = Answer(self.editor, self)
        self.status = StatusBar(self.editor, self)
        self.setStatusBar(self.status)
        self.docks = Docks(self, self.map, self.editor)
        docked = (self.inspector, self.outline, self.library, self.history, self.problems, self.answer)
        self.panes: tuple[Pane, ...] = (*docked, *self.docks.tables)
        self.following = Following(self.editor, self.panes, self)

    def _lay_out(self) -> None:
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.messages)
        column.addWidget(self.docks.tabs, 1)
        self.setCentralWidget(middle)
        self.docks.place(self.outline, self.library, self.history, self.inspector, self.answer, self.problems)

    def _make_commands(self) -> None:
        self.files = Files(self.desk)
        self.exhibiting = Exhibiting(self.desk)
        self.inserting = Inserting(self.desk)
        self.sheets = Sheets(self.desk, self.answer, self.docks.show_pane, self.run, self.inserting)
        self.lighting = Lighting(self.desk, lambda: self.docks.show_tab("map"), self._show_only)
        self.editing = Editing(self.desk, self.lighting.mark_hits)
        self.arranging = Arranging(self.desk)
        self.viewing = Viewing(self.desk, self.docks)
        self.asking = Asking(
            self.desk,
            self.sheets.show_ladder,
            self.sheets.show_impact,
            self.sheets.show_challenge,
            self.sheets.show_since,
            self.sheets.show_profiles,
        )
        self.reviewing = Reviewing(self.desk, self.files)
        self.merging = Merging(
            self.desk, self.sheets.show_merge, self.sheets.show_again, self.files.open_path
        )
        self.sheets.act_of_merge = self.merging.act
        self.briefing = Briefing(self.desk, self.files, self.sheets)
        self.helping = Helping(
            self.desk,
            self.run,
            lambda name: self.actions_set.key_of(name),
            lambda name: self.actions_set.why_not(name),
            self.sheets.show_page,
            lambda: self.sheets.show_keys(self.actions_set),
            self.sheets.take_tour,
        )

    def _make_actions(self) -> None:
        handlers: dict[str, Callable[[], object]] = {"close": self.close, "case_details": self._show_details}
        for commands in (
            self.files, self.editing, self.viewing, self.arranging, self.lighting,
            self.inserting, self.asking, self.reviewing, self.merging, self.briefing,
            self.helping, self.exhibiting, Proving(self.desk),
        ):  # fmt: skip
            handlers.update(commands.handlers)
        self.actions_set = ActionSet(self, self.editor, handlers, self.settings.keys)
        self.actions_set.let_letters_act_in(self.map, self.outline.tree)
        self.actions_set.on = self._what_is_on
        self.wishes = Wishes(
            self.desk, self.actions_set, self.sheets, (self.inserting, self.asking, self.reviewing)
        )
        self.submenus = Submenus(self, self.settings, self.docks.all, self.files.open_path)
        self.actions_set.fill_menu_bar(self.menuBar(), self.submenus.after)
        self.toolbars = Toolbars(self, self.actions_set, self.theme)
        self.toolbars.search.installEventFilter(self.sheets)
        self.sheets.search_box = self.toolbars.search

    def _join(self) -> None:
        editor, the_map = self.editor, self.map
        editor.opened.connect(self.show_case)
        editor.closing.connect(the_map.remember)
        editor.edited.connect(self._refresh)
        editor.judged.connect(self._show_findings)
        editor.selected.connect(self._select)
        editor.refused.connect(lambda sentence: self.messages.say(sentence, refusal=True))
        editor.refused.connect(self.picker.keep_answer)
        editor.told.connect(self.messages.say)
        editor.kept.connect(self._show_kept)
        editor.reviewed.connect(self._show_kept)
        late = LateJobs(self.messages)
        self.jobs.started.connect(late.follow)
        the_map.selected.connect(editor.select)
        the_map.selected.connect(self.docks.show_chosen)
        the_map.moved.connect(self.wishes.move)
        the_map.connect_wanted.connect(lambda ends, to: editor.perform(verbs.connect, ends, to))
        the_map.warrant_wanted.connect(lambda step, by: editor.perform(verbs.give_warrant, step, by))
        the_map.undercut_wanted.connect(lambda step, by: editor.perform(verbs.undercut, step, by))
        the_map.text_edited.connect(lambda node, text: editor.perform(verbs.reword, node, text))
        the_map.edit_wanted.connect(self.wishes.edit)
        the_map.add_wanted.connect(self.wishes.add_at)
        the_map.menu_wanted.connect(self.wishes.show_menu)
        the_map.zoomed.connect(self.status.show_zoom)
        self.status.zoom_wanted.connect(the_map.zoom_to)
        self.outline.reworded.connect(lambda node, text: editor.perform(verbs.reword, Id(node), text))
        self.outline.moved.connect(self.wishes.move_branch)
        self.outline.lane_wanted.connect(
            lambda node, dispute: editor.perform(verbs.set_field, Id(node), "dispute", dispute)
        )
        self.outline.menu_wanted.connect(self.wishes.show_menu)
        self.library.menu_wanted.connect(self.wishes.show_menu)
        self.inspector.act_wanted.connect(self.wishes.act)
        self.inspector.act_wanted.connect(self.exhibiting.act)
        self.problems.fix_wanted.connect(self.sheets.fix)
        self.problems.menu_wanted.connect(self.sheets.show_finding_menu)
        self.history.since_wanted.connect(self.sheets.show_since)
        for pane in self.panes:
            pane.all_wanted.connect(lambda: self.run("light_all"))
        self.docks.history_seen.connect(self.history.show_if_stale)
        self.settings.changed.connect(self._follow_setting)

    def _refresh(self, ids: frozenset[Id]) -> None:
        self.map.refresh(self.editor.case, self.editor.verdicts, ids)
        self.lighting.follow()
        self.following.edited(ids)
        self.status.count_edit()
        self.status.show_counts()
        if self.editor.case.id in ids:
            self._show_title()
        self.actions_set.refresh()
        self.heard.tell(ids)

    def _show_only(self, ids: Collection[Id] | None, name: str) -> None:
        self.following.finish()
        for pane in self.panes:
            pane.show_only(ids, name)

    def _show_findings(self) -> None:
        self.following.finish()
        self._mark_findings()
        for pane in self.panes:
            pane.show_findings()

    def _show_details(self) -> None:
        self.editing.case_details()
        self.docks.go_to_pane("inspector")

    def _mark_findings(self) -> None:
        self.map.mark_findings(self.editor.found.counts)

    def _what_is_on(self) -> dict[str, bool]:
        settings = self.settings
        on = {"review": self.editor.reviewing, "reduce_motion": settings.reduced_motion}
        return {**on, **self.lighting.on, **self.arranging.on}

    def _select(self, ids: tuple[Id, ...]) -> None:
        self.map.select(ids)
        if not ids:
            self.lighting.leave()
        if len(ids) == 1:
            self.map.show_item(ids[0])
        self.following.selected()
        self.actions_set.refresh()

    def _show_kept(self) -> None:
        self._was_refused = False
        self.status.show_saved()
        self.actions_set.refresh()
        self._show_title()

    def _show_title(self) -> None:
        title = one_line(self.editor.case.header.title, 120)
        review = " — " + _("Review") if self.editor.reviewing else ""
        self.setWindowTitle(f"{title}{review} — EvidenceMap")

    def _follow_setting(self, key: str) -> None:
        if key in ("scheme", "font_percent"):
            QTimer.singleShot(0, self, self.show_colors)
        elif key == "keys":
            self.actions_set.show_keys(self.settings.keys)
        elif key == "reduced_motion":
            self.map.reduced_motion = self.settings.reduced_motion


def _dropped(event: QDropEvent) -> list[Path]:
    """Return the local files that are dropped, a case or a listing before all others."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return sorted(paths, key=lambda path: path.suffix.casefold() not in (CASE_SUFFIX, *LISTINGS))
