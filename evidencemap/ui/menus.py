"""Menus, toolbar and keys, made from the list of actions."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QToolBar,
    QToolButton,
    QWidget,
)

from evidencemap.model.entities import Remark
from evidencemap.tongue import _
from evidencemap.ui.actions import ACTIONS, TOOLBAR, Menu, Needs, action_named
from evidencemap.ui.editor import Editor
from evidencemap.ui.lettering import isolated
from evidencemap.ui.marks import icon
from evidencemap.ui.plain import plain_tooltip
from evidencemap.ui.theme import Theme

_TOOLBAR_MARKS = {"add_claim": "plus", "add_evidence": "plus", "add_source": "plus", "connect": "arrow"}

_ABOUT = (Needs.SELECTION, Needs.ONE, Needs.CHANGEABLE, Needs.CHANGEABLE_ONE)
"""What the actions need that are about what is selected."""

_SECOND_KEYS = {"close": "Ctrl+Q"}
"""Keys that do the same: what people press elsewhere to leave a program."""

_CHANGING = (Needs.WRITABLE, Needs.CHANGEABLE, Needs.CHANGEABLE_ONE)
"""What the actions need that change the case."""

_ON_REMARKS = ("accept_remark", "rebut_remark")
"""Actions that change remarks alone, which a review leaves open."""


class ActionSet(QObject):
    """One QAction for every action, enabled when it can be taken, with the person's own keys."""

    def __init__(
        self,
        window: QWidget,
        editor: Editor,
        handlers: Mapping[str, Callable[[], object]],
        keys: Mapping[str, str],
    ) -> None:
        super().__init__(window)
        self._editor = editor
        self._window = window
        self.by_name: dict[str, QAction] = {}
        self._taking: dict[str, Callable[[bool], None]] = {}
        self.on: Callable[[], Mapping[str, bool]] = dict
        for action in ACTIONS:
            made = QAction(isolated(_(action.text)), window)
            made.setObjectName(action.name)
            made.setCheckable(action.checkable)
            if action.letter:
                made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            handler = handlers[action.name]
            self._taking[action.name] = self._calling(action.name, handler)
            made.triggered.connect(self._taking[action.name])
            self.by_name[action.name] = made
        self.show_keys(keys)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)
        self.refresh()

    def show_keys(self, keys: Mapping[str, str]) -> None:
        """Give every action its key: the person's own where there is one."""
        for action in ACTIONS:
            chosen = QKeySequence(keys.get(action.name, action.keys))
            second = _SECOND_KEYS.get(action.name, "")
            also = [QKeySequence(second)] if second and second not in keys.values() else []
            # Where a screen reader is active, Tab goes on to the next control, as everywhere.
            moves_on = action.keys == "Tab" and action.name not in keys and QAccessible.isActive()
            self.by_name[action.name].setShortcuts([] if moves_on else [chosen, *also])
            shown = chosen.toString(QKeySequence.SequenceFormat.NativeText)
            tip = f"{_(action.text)}  {shown}".strip()
            self.by_name[action.name].setToolTip(plain_tooltip(tip))
            self.by_name[action.name].setIconText(isolated(tip))

    def why_not(self, name: str) -> str:
        """Return the sentence that says why an action cannot be taken now; empty where it can."""
        session, editor = self._editor.session, self._editor
        needs = action_named(name).needs
        called = _(action_named(name).text).rstrip("…")
        if self._locked(name):
            return editor.lock
        if needs in _ABOUT and not editor.selection:
            return _("Select something first: “{action}” is about what is selected.").format(action=called)
        if needs in (Needs.ONE, Needs.CHANGEABLE_ONE) and len(editor.selection) > 1:
            return _("Select one thing alone: “{action}” is about one.").format(action=called)
        if needs not in (Needs.NOTHING, Needs.SELECTION, Needs.ONE) and not editor.writable:
            return _("The case is open in another window: close that one to change it.")
        if needs is Needs.UNDO and session.undo_label is None:
            return _("There is nothing to undo.")
        if needs is Needs.REDO and session.redo_label is None:
            return _("There is nothing to do again.")
        return ""

    def take(self, name: str) -> None:
        """Take an action by its name, wherever the focus is; say why where it cannot be taken."""
        why = self.why_not(name)
        if why:
            self._editor.refused.emit(why)
        else:
            self._taking[name](False)

    def explain(self, event: QKeyEvent) -> bool:
        """Say why the action of a key cannot be taken now; False where the key has no such action."""
        pressed, focused = QKeySequence(event.keyCombination()), QApplication.focusWidget()
        letters = focused.actions() if focused is not None else ()
        for action in ACTIONS:
            held = self.by_name[action.name]
            meant = pressed in held.shortcuts() and (not action.letter or held in letters)
            if meant and not held.isEnabled() and (why := self.why_not(action.name)):
                self._editor.refused.emit(why)
                return True
        return False

    def key_of(self, name: str) -> str:
        """Return the key of an action as a person reads it; empty where it has none."""
        return self.by_name[name].shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def fill_menu_bar(self, bar: QMenuBar, extra: Mapping[str, Sequence[QMenu]]) -> dict[Menu, QMenu]:
        """Fill the menu bar; `extra` puts submenus after the action of a name."""
        menus = {}
        titles = lettered([_(menu.value) for menu in Menu])
        for menu, title in zip(Menu, titles, strict=True):
            made = bar.addMenu(title)
            menus[menu] = made
            for action in ACTIONS:
                if action.menu is not menu:
                    continue
                if action.rule:
                    made.addSeparator()
                made.addAction(self.by_name[action.name])
                for each in extra.get(action.name, ()):
                    made.addMenu(each)
        return menus

    def fill_toolbar(self, bar: QToolBar, theme: Theme) -> None:
        """Fill the toolbar with the actions that stand in it, each with its letter."""
        for name in TOOLBAR:
            bar.addAction(self.by_name[name])
        self.show_theme(theme)
        for name in TOOLBAR:
            button = bar.widgetForAction(self.by_name[name])
            button.setObjectName(f"tool {name}")
            if isinstance(button, QToolButton):
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)

    def show_theme(self, theme: Theme) -> None:
        """Draw the icons of the toolbar in the colours of a theme."""
        for name in TOOLBAR:
            mark = _TOOLBAR_MARKS.get(name, "letter ?")
            self.by_name[name].setIcon(icon(mark, theme.color("muted")))

    def let_letters_act_in(self, *panes: QWidget) -> None:
        """Let the letters act while one of these panes has the focus, and nowhere else."""
        for action in ACTIONS:
            if action.letter:
                for pane in panes:
                    pane.addAction(self.by_name[action.name])

    def menu_for(self, names: Sequence[str], parent: QWidget) -> QMenu:
        """Return a menu of some actions; an empty name is a rule."""
        menu = QMenu(parent)
        for name in names:
            if name:
                menu.addAction(self.by_name[name])
            else:
                menu.addSeparator()
        return menu

    def refresh(self) -> None:
        """Enable what can be taken now, check what is on, say in Undo and Redo what they would do."""
        session = self._editor.session
        undo, redo = session.undo_label, session.redo_label
        typing = isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)
        for action in ACTIONS:
            able = not self.why_not(action.name) and not (typing and action.letter)
            self.by_name[action.name].setEnabled(able)
        for name, on in self.on().items():
            self.by_name[name].setChecked(on)
        self.by_name["undo"].setText(isolated(_("Undo") if undo is None else f"{_('Undo')}: {undo}"))
        self.by_name["redo"].setText(isolated(_("Redo") if redo is None else f"{_('Redo')}: {redo}"))

    def _locked(self, name: str) -> bool:
        """Say whether a review locks an action: one that changes more than remarks."""
        editor, needs = self._editor, action_named(name).needs
        if needs is Needs.UNDO:
            return editor.undo_is_locked
        if needs is Needs.REDO:
            return editor.redo_is_locked
        if not editor.reviewing or needs not in _CHANGING or name in _ON_REMARKS:
            return False
        remarks = [editor.case.get(Remark, each) is not None for each in editor.selection]
        return not (name in ("edit_text", "remove") and remarks and all(remarks))

    def _follow_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        was = isinstance(before, QLineEdit | QPlainTextEdit)
        if was != isinstance(now, QLineEdit | QPlainTextEdit):
            self.refresh()

    def _calling(self, action: str, handler: Callable[[], object]) -> Callable[[bool], None]:
        def call(_checked: bool = False) -> None:
            handler()
            for name, on in self.on().items():
                self.by_name[name].setChecked(on)

        return call


def lettered(titles: Iterable[str]) -> list[str]:
    """Mark in each title the letter that opens its menu with Alt: its first that none before it has."""
    taken: set[str] = set()
    marked = []
    for title in titles:
        at = next(
            (at for at, each in enumerate(title) if each.isalpha() and each.casefold() not in taken), None
        )
        if at is not None:
            taken.add(title[at].casefold())
            title = f"{title[:at]}&{title[at:]}"
        marked.append(title)
    return marked
