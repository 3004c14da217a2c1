"""The key sheet: every action with its key, each of which can be changed."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit

from evidencemap.tongue import _
from evidencemap.ui.actions import ACTIONS, Menu, action_named
from evidencemap.ui.menus import ActionSet
from evidencemap.ui.panels.sheet import Sheet
from evidencemap.ui.settings import Settings

MOUSE = (
    ("Ctrl and drag from a card", "draw a step to where it is let go"),
    ("Shift and drag on the ground", "select what is caught"),
    ("Drag on the ground, or the wheel", "move the map"),
    ("Ctrl and the wheel", "zoom at the pointer"),
    ("Double click", "edit a card; on the ground, add a claim there"),
    ("Arrows, Alt and arrows", "the nearest card, along a step"),
)


def fill(sheet: Sheet, actions: ActionSet, settings: Settings) -> None:
    """Fill a sheet with all keys, by menu."""
    sheet.kicker(_("Keys").upper())
    sheet.line(
        _("Letters act while the map or the outline has the focus. Type another key to change one."), "muted"
    )
    for menu in Menu:
        sheet.heading(_(menu.value))
        for action in ACTIONS:
            if action.menu is not menu:
                continue
            edit = QKeySequenceEdit(actions.by_name[action.name].shortcut(), sheet)
            edit.setObjectName(f"key {action.name}")
            edit.setAccessibleName(_("Key of {action}").format(action=_(action.text)))
            edit.setClearButtonEnabled(True)
            edit.setMaximumSequenceLength(1)
            edit.editingFinished.connect(
                lambda name=action.name, edit=edit: _change(sheet, settings, name, edit.keySequence())
            )
            sheet.fact(_(action.text), edit)
    sheet.heading(_("Mouse"))
    for gesture, meaning in MOUSE:
        sheet.fact(_(gesture), _(meaning))


def change_key(settings: Settings, name: str, keys: QKeySequence) -> list[str]:
    """Give an action another key; return the names of those that had it and lose it.

    The usual key is not remembered.
    """
    lost = []
    chosen = keys.toString(QKeySequence.SequenceFormat.PortableText)
    kept = settings.keys
    for action in ACTIONS:
        if action.name != name and chosen and kept.get(action.name, action.keys) == chosen:
            kept[action.name] = ""
            lost.append(action.name)
    if chosen == action_named(name).keys:
        kept.pop(name, None)
    else:
        kept[name] = chosen
    if kept != settings.keys:
        settings.keys = kept
    return lost


def _change(sheet: Sheet, settings: Settings, name: str, keys: QKeySequence) -> None:
    for each in change_key(settings, name, keys):
        sheet.editor.told.emit(
            _("{key} was the key of {action}, which has none now.").format(
                key=keys.toString(QKeySequence.SequenceFormat.NativeText), action=_(action_named(each).text)
            )
        )
