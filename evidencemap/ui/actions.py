"""Every action of the window in one list, from which menus, toolbar, palette and key sheet are made."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from evidencemap.tongue import _


class Menu(Enum):
    """The menus, in their order."""

    FILE = "File"
    EDIT = "Edit"
    CASE = "Case"
    VIEW = "View"
    INSERT = "Insert"
    ANALYZE = "Analyze"
    HELP = "Help"


class Needs(Enum):
    """What must be so before an action can be taken."""

    NOTHING = "nothing"
    WRITABLE = "a case that may be changed"
    SELECTION = "something selected"
    ONE = "one thing selected"
    CHANGEABLE = "something selected in a case that may be changed"
    CHANGEABLE_ONE = "one thing selected in a case that may be changed"
    UNDO = "something to undo"
    REDO = "something to redo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing that a person can do, by whatever way.

    `keys` is the usual shortcut; with `letter` it acts only while the map or the outline has the
    focus and no text is being typed. `words` are more words by which the palette finds it. `rule`
    sets it apart from what stands before it in its menu.
    """

    name: str
    text: str
    menu: Menu
    keys: str = ""
    letter: bool = False
    words: str = ""
    needs: Needs = Needs.NOTHING
    rule: bool = False
    checkable: bool = False


_In = Callable[..., None]

NOTHING, WRITABLE, SELECTION, ONE, CHANGEABLE, CHANGEABLE_ONE, UNDO, REDO = Needs


def _file(a: _In) -> None:
    a("new", "New case", "Ctrl+N", "create empty start")
    a("open", "Open…", "Ctrl+O", "load file listing case")
    a("open_review", "Open as a reviewer…", "", "review remarks structure locked second analyst")
    a("open_founding", "Open the founding case", "", "example sample letter demo")
    a("forget_recent", "Forget recent files", "", "clear history private")
    a("save", "Save", "Ctrl+S", "publish keep write", rule=True)
    a("save_as", "Save as…", "Ctrl+Shift+S", "rename another name")
    a("save_copy", "Save a copy…", "", "duplicate backup share")
    a("merge", "Merge with a copy…", "", "diff compare combine conflict two versions", WRITABLE)
    a("encrypt", "Set a passphrase…", "", "encrypt lock secret password protect", WRITABLE)
    a("decrypt", "Remove the passphrase…", "", "decrypt unlock password open", WRITABLE)
    a("export_listing", "Export as a listing…", "", "yaml json text share", rule=True)
    a("export_map", "Export the map as a picture…", "", "svg png pdf image figure")
    a("export_brief", "Export brief…", "Ctrl+E", "memo pdf print")
    a("export_other", "Export another brief…", "Ctrl+Shift+E", "settle sheet report register change html")
    a("print_preview", "Print preview…", "Ctrl+P", "paper printer memo")
    a("issue_brief", "Issue a brief…", "", "publish final sign record send out digest", WRITABLE)
    a("close", "Close window", "Ctrl+W", "quit exit leave", rule=True)


def _edit(a: _In) -> None:
    a("undo", "Undo", "Ctrl+Z", "back revert", UNDO)
    a("redo", "Redo", "Ctrl+Shift+Z", "again repeat", REDO)
    a("edit_text", "Edit text", "F2", "reword rename change type", CHANGEABLE_ONE, rule=True)
    a("remove", "Remove", "Del", "delete erase drop", CHANGEABLE, letter=True)
    a("withdraw", "Withdraw…", "", "retract recall take back impact", CHANGEABLE_ONE)
    a("reinstate", "Reinstate", "", "restore bring back", CHANGEABLE_ONE)
    a("copy_text", "Copy as text", "Ctrl+C", "clipboard", SELECTION, letter=True, rule=True)
    a("copy_table", "Copy as table", "", "clipboard spreadsheet cells tsv", SELECTION)
    a("copy_picture", "Copy the map as a picture", "", "clipboard image png")
    a("select_all", "Select all", "Ctrl+A", "everything", letter=True)
    a("search", "Search", "Ctrl+F", "find text quote source", rule=True)
    a("palette", "Every command…", "Ctrl+K", "palette actions find run")


def _case(a: _In) -> None:
    a("case_details", "Title, question, standard…", "", "header as of review date handling profile")
    a("checkpoint", "Name this point…", "", "checkpoint version milestone", WRITABLE)
    a("issued_briefs", "Issued briefs", "", "record sent out digest change pdf genuine")
    a("verify", "Verify the history", "", "intact tamper hash chain journal")
    a("add_exhibit", "Add exhibit…", "", "file attach keep original document", WRITABLE, rule=True)
    a("show_exhibit", "Show exhibit", "Space", "look preview picture page pdf image quote", letter=True)
    a("save_exhibit", "Save exhibit as…", "", "extract copy out original file")
    a("verify_exhibits", "Verify originals", "", "exhibits intact bytes digest sha-256")
    a("custody", "Custody…", "", "exhibit chain entries who when how why")
    a("identify", "Which exhibit is this file…", "", "compare original same digest sha-256")
    a("prove_exhibit", "Prove an exhibit…", "", "proof inclusion without the case json")
    a("check_proof", "Check a proof…", "", "exhibit proof inclusion holds file")
    a("receive", "Mark the request received", "", "request answered state", CHANGEABLE, rule=True)
    a("ask", "Mark the request asked", "", "request sent state", CHANGEABLE)
    a("add_term", "Add a term…", "", "glossary word loaded verdict definition", WRITABLE)
    a("add_watch", "Watch this…", "", "look again date reminder stale", WRITABLE)
    a("review", "Review: remarks only", "", "reviewer structure locked", rule=True, checkable=True)
    a("next_remark", "Next open remark", "Ctrl+Shift+X", "review comment")
    a("accept_remark", "Accept the remark", "", "review agree", CHANGEABLE)
    a("rebut_remark", "Rebut the remark", "", "review disagree dissent", CHANGEABLE)


def _view(a: _In) -> None:
    a("fit", "Fit the whole map", "F", "zoom all overview", letter=True)
    a("focus", "Focus on this", "Z", "dim rest centre go to", letter=True, checkable=True)
    a("zoom_in", "Zoom in", "Ctrl++", "larger closer")
    a("zoom_out", "Zoom out", "Ctrl+-", "smaller farther")
    a("tidy", "Tidy the map", "Ctrl+Shift+T", "layout arrange clean", WRITABLE)
    a("upwards", "Map from bottom to top", "", "direction turn layout vertical", checkable=True)
    a("snapping", "Snap cards to each other", "", "drag grid edges align", checkable=True)
    a("align_left", "Align left edges", "", "arrange column line", CHANGEABLE)
    a("align_center", "Align centres above each other", "", "arrange column line", CHANGEABLE)
    a("align_top", "Align upper edges", "", "arrange row line", CHANGEABLE)
    a("align_middle", "Align centres beside each other", "", "arrange row line", CHANGEABLE)
    a("even_across", "Even gaps across", "", "arrange distribute spread", CHANGEABLE)
    a("even_down", "Even gaps down", "", "arrange distribute spread", CHANGEABLE)
    a("collapse", "Collapse what leads here", "", "hide fold premises branch", SELECTION, rule=True)
    a("expand", "Expand what leads here", "", "show unfold premises branch", SELECTION)
    a("expand_all", "Expand all", "", "show unfold everything")
    a("weakest", "Weakest first", "Ctrl+Shift+W", "filter gaps unsupported sort", checkable=True)
    a("common_origin", "Common origin", "Ctrl+Shift+O", "ring source relay copy one", checkable=True)
    a("one_person", "Only one person…", "", "filter actor cast source who dim", checkable=True)
    a("light_all", "Light all of the map", "", "undim end focus weakest origin hits")
    a("text_larger", "Larger text", "Ctrl+Shift+.", "font scale bigger size", rule=True)
    a("text_smaller", "Smaller text", "Ctrl+Shift+,", "font scale size")
    a("scheme_system", "Colours of the system", "", "theme automatic", rule=True)
    a("scheme_light", "Light colours", "", "theme day")
    a("scheme_dark", "Dark colours", "", "theme night")
    a("scheme_contrast", "High contrast", "", "theme accessibility")
    a("reduce_motion", "Reduced motion", "", "animation accessibility still", checkable=True)
    a("show_map", "Map", "Ctrl+1", "tab pane centre", rule=True)
    a("show_matrix", "Matrix", "Ctrl+2", "tab pane grid rivals hypotheses")
    a("show_timeline", "Timeline", "Ctrl+3", "tab pane dates chronology")
    a("show_key_list", "Key list", "Ctrl+4", "tab pane numbered propositions")
    a("show_outline", "Outline", "Ctrl+5", "pane tree left", rule=True)
    a("show_library", "Library", "Ctrl+6", "pane sources items exhibits left")
    a("show_history", "History", "Ctrl+7", "pane changes journal revert left")
    a("show_inspector", "Inspector", "Ctrl+8", "pane fields details right")
    a("show_answer", "Answer", "Ctrl+9", "pane page tour help right")
    a("show_findings", "Findings", "Ctrl+0", "pane problems list below")
    a("next_pane", "Next pane", "F6", "leave focus panel", rule=True)
    a("previous_pane", "Previous pane", "Shift+F6", "leave focus panel")
    a("save_layout", "Save this layout…", "", "panes docks arrangement")
    a("reset_layout", "Reset layout", "", "panes docks default usual")


def _insert(a: _In) -> None:
    a("add_claim", "Claim", "C", "add new statement proposition", WRITABLE, letter=True)
    a("add_evidence", "Evidence", "E", "add new item document quote", WRITABLE, letter=True)
    a("add_source", "Source", "S", "add new person organisation outlet", WRITABLE, letter=True)
    a("add_number", "Number", "N", "add new quantity figure", WRITABLE, letter=True)
    a("add_assumption", "Assumption", "A", "add new suppose", WRITABLE, letter=True)
    a("add_request", "Request", "R", "add new missing ask for settle", WRITABLE, letter=True)
    a("add_method", "Method", "", "add new claim how", WRITABLE)
    a("add_ask", "Ask", "", "add new policy demand", WRITABLE)
    a("premise", "Premise beneath", "Tab", "child support reason", CHANGEABLE_ONE, letter=True, rule=True)
    a("sibling", "Sibling", "Return", "beside another next", CHANGEABLE_ONE, letter=True)
    a("connect", "Connect", "L", "link step draw premises conclusion", CHANGEABLE, letter=True)
    a("warrant", "Warrant", "W", "why does this follow back step", CHANGEABLE, letter=True)
    a("take_warrant", "Take the warrant away", "", "remove backing", CHANGEABLE)
    a("con", "Objection (con)", "O", "against contradict oppose", CHANGEABLE_ONE, letter=True)
    a("undercut", "Undercut", "U", "attack the step critical question", CHANGEABLE, letter=True)
    a("contradict", "Exclude each other", "", "contradict rival two claims", CHANGEABLE)
    a("split", "Split and stack", "Ctrl+Shift+P", "compound parts", CHANGEABLE)
    a("remark", "Remark", "X", "comment question challenge review", SELECTION, letter=True)


def _analyze(a: _In) -> None:
    a("why", "Why?", "Ctrl+I", "explain reason verdict", ONE)
    a("settle", "What would settle it?", "Ctrl+L", "ladder requests ghost", ONE)
    a("impact", "What if this falls?", "Ctrl+Shift+I", "impact withdraw load rests", ONE)
    a("challenge", "Devil's advocate", "", "weakest single origin challenge", ONE)
    a("next_finding", "Next finding", "F8", "problem", rule=True)
    a("previous_finding", "Previous finding", "Shift+F8", "problem back")
    a("accept_finding", "Accept the finding with a reason…", "", "dismiss agree", WRITABLE)
    a("compare_profiles", "Compare two profiles…", "", "policy cautious exploratory differ", rule=True)
    a("changed_since", "What changed since…", "Ctrl+Shift+H", "history checkpoint year stale")


def _help(a: _In) -> None:
    a("help", "Help on this", "F1", "manual page")
    a("keys", "Keys", "Ctrl+/", "shortcuts sheet keyboard remap change")
    a("tour", "Five-step tour", "", "first steps learn introduction")
    a("about", "About EvidenceMap", "", "version licence", rule=True)


def _all() -> tuple[Action, ...]:
    made: list[Action] = []

    def into(menu: Menu) -> _In:
        def a(name: str, text: str, keys: str, words: str, needs: Needs = NOTHING, **flags: bool) -> None:
            made.append(Action(name=name, text=text, menu=menu, keys=keys, words=words, needs=needs, **flags))

        return a

    for menu, fill in zip(Menu, (_file, _edit, _case, _view, _insert, _analyze, _help), strict=True):
        fill(into(menu))
    return tuple(made)


ACTIONS: tuple[Action, ...] = _all()
"""All actions, in the order of the menus."""

TOOLBAR = ("add_claim", "add_evidence", "add_source", "connect", "add_request")
"""The names of the actions that stand in the toolbar, from the left."""


def action_named(name: str) -> Action:
    """Return an action by its name. Raises KeyError where there is none."""
    return _BY_NAME[name]


def found_by(words: str, actions: tuple[Action, ...] = ACTIONS) -> list[Action]:
    """Return the actions of which every typed word begins some word, the best match first.

    They are found in English and in the language of the window; punctuation counts for nothing.
    """
    typed = _words(words)
    scored = []
    for at, action in enumerate(actions):
        title = _words(f"{action.text} {_(action.text)}")
        also = f"{action.words} {_(action.words) if action.words else ''}"
        menu = f"{action.menu.value} {_(action.menu.value)}"
        more = _words(f"{menu} {also} {action.name.replace('_', ' ')}")
        if all(any(each.startswith(word) for each in (*title, *more)) for word in typed):
            hits = sum(any(each.startswith(word) for each in title) for word in typed)
            scored.append((-hits, at, action))
    return [action for _, _, action in sorted(scored, key=lambda each: each[:2])]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


_BY_NAME = {action.name: action for action in ACTIONS}
