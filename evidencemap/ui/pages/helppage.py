"""The pages of the manual, offline: one for each pane, and one for each kind of finding."""

import re
from pathlib import Path

from evidencemap.resources import resource
from evidencemap.tongue import _, language
from evidencemap.ui.panels.sheet import Sheet
from evidencemap.ui.problems import page_of_finding


def fill(sheet: Sheet, page: str) -> None:
    """Fill a sheet with a page, by the name of a pane or the code of a finding."""
    text = shown(page_text(page))
    first = True
    for block in text.split("\n\n"):
        body = " ".join(block.split("\n")).strip()
        if body.startswith("#"):
            title = body.lstrip("# ")
            if first:
                sheet.kicker(_("Help").upper())
                sheet.line(title, bold=True)
            else:
                sheet.heading(title)
        elif block.lstrip().startswith("- "):
            for line in block.strip().split("\n- "):
                sheet.line("•  " + " ".join(line.removeprefix("- ").split()))
        elif body:
            sheet.line(body)
        first = False


def shown(text: str) -> str:
    """Return a page without the signs of its own: what is stressed in it stands in quotation marks."""
    marked = re.sub(r"\*\*?([^*\n]+(?:\n[^*\n]+)?)\*?\*", r"“\1”", text)
    return re.sub(r"\[([^\]\n]+)\]\([^)\n]*\)", r"\1", marked).replace("`", "")


def page_text(page: str) -> str:
    """Return a page: headings begin with #, lists with -, paragraphs are parted by empty lines."""
    found = page_of_finding(page)
    if found:
        return found
    for path in (*_places(page), *_places("window")):
        if path.is_file():
            return path.read_text(encoding="utf-8")
    return _("# Help\n\nThere is no page on this yet.")


def _places(page: str) -> tuple[Path, Path]:
    """Return where a page may lie: in the person's language, else in English."""
    return resource("help", language(), f"{page}.md"), resource("help", f"{page}.md")
