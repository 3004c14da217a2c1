"""The exhibits of an item in the inspector, and one exhibit in full: its name, digest and custody."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from evidencemap.model.custody import how_said
from evidencemap.model.entities import Evidence, Exhibit
from evidencemap.model.kinds import number_key
from evidencemap.model.records import Custody
from evidencemap.tongue import _, figure, several
from evidencemap.ui.panels.sheet import Sheet
from evidencemap.ui.plain import plain_label
from evidencemap.ui.wording import name_shown, one_line, said

_UNITS = ("kB", "MB", "GB", "TB")


def exhibits_of(sheet: Sheet, item: Evidence) -> None:
    """Add the exhibits of an item, each with its original name, size, short digest and custody."""
    sheet.heading(_("Exhibits"))
    held = [each for one in item.exhibits if (each := sheet.case.get(Exhibit, one)) is not None]
    if not held:
        sheet.line(_("No file is kept in the case for this."), "muted")
    for each in sorted(held, key=lambda one: number_key(one.number)):
        sheet.put(_row(sheet, each, item))
        about = (size_said(each.size), f"SHA-256 {each.sha256[:12]}…", entries_said(len(each.custody)))
        label = plain_label(" · ".join(about), sheet, wrap=True)
        label.setStyleSheet(f"color: {sheet.theme.muted};")
        sheet.put(label)
    sheet.put(sheet.button(_("Add exhibit…"), "add exhibit", item.id))


def exhibit(sheet: Sheet, held: Exhibit) -> None:
    """Add all that the case says of an exhibit, and what can be done with it."""
    sheet.put(sheet.button(_("Show exhibit"), "look", held.id))
    sheet.fact(_("Size"), several("{count} byte", "{count} bytes", held.size))
    sheet.fact(_("Seems to be"), plain_label(held.media_type or _("not known"), sheet, wrap=True))
    digest = plain_label(in_groups(held.sha256), sheet, wrap=True)
    digest.setAccessibleName(f"SHA-256 {held.sha256}")
    sheet.fact("SHA-256", digest)
    sheet.heading(_("Belongs to"))
    items = [each for one in sheet.case.users(held.id) if (each := sheet.case.get(Evidence, one)) is not None]
    if not items:
        sheet.line(_("No item of evidence: the case alone."), "muted")
    for each in sorted(items, key=lambda one: number_key(one.number)):
        text = f"{each.number}  {one_line(said(sheet.case, each.id), 160)}"
        sheet.put(sheet.link(each.id, text, mark="sheet"))
    if held.struck:
        sheet.heading(_("Struck out"))
    for passage in held.struck:
        sheet.put(plain_label(f"“{one_line(passage, 300)}”", sheet, wrap=True))
        sheet.put(sheet.button(_("Put back"), "put back", (held.id, passage)))
    sheet.heading(_("Custody"))
    for entry in held.custody:
        sheet.put(plain_label(entry_said(entry), sheet, wrap=True))
    if not held.custody:
        sheet.line(_("No custody is recorded."), "muted")
    sheet.put(sheet.button(_("Custody…"), "custody", held.id))
    sheet.put(sheet.button(_("Save exhibit as…"), "save exhibit", held.id))


def _row(sheet: Sheet, held: Exhibit, item: Evidence) -> QWidget:
    """Return an exhibit of an item as a link, with what shows it; the other mouse button offers more."""
    row = QWidget(sheet)
    line = QVBoxLayout(row) if sheet.roomless else QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    link = sheet.link(held.id, f"{held.number}  {name_shown(held.name)}", mark="sheet")
    link.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    link.customContextMenuRequested.connect(
        lambda at: sheet.act_wanted.emit("offer exhibit", (held.id, link.mapToGlobal(at)))
    )
    show = sheet.button(_("Show"), "look for", (held.id, item))
    show.setAccessibleName(_("Show {number}").format(number=held.number))
    line.addWidget(link, 1)
    line.addWidget(show)
    return row


def in_groups(digest: str) -> str:
    """Return a digest in groups of eight digits, between which a line can break."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))


def size_said(size: int) -> str:
    """Return a size in bytes as a person reads it: `999 bytes`, `2.2 MB` (of a million bytes)."""
    if size < 1_000:
        return several("{count} byte", "{count} bytes", size)
    scaled = float(size)
    for unit in _UNITS:
        scaled /= 1_000
        if scaled < 999.95:
            return f"{figure(scaled, '.1f')} {unit}"
    return f"{figure(scaled, ',.1f')} {_UNITS[-1]}"


def entries_said(count: int) -> str:
    """Return how many entries a custody has."""
    return several("{count} entry of custody", "{count} entries of custody", count)


def entry_said(entry: Custody) -> str:
    """Return an entry of custody: when (UTC), what and by whom, then how and why."""
    when = entry.when.replace("T", " ").replace("Z", " UTC") or _("no time is recorded")
    what = _(entry.what)
    if entry.who:
        what = _("{what} by {who}").format(what=what, who=entry.who)
    return " · ".join(name_shown(each) for each in (when, what, how_said(entry.how), entry.why) if each)
