"""Renders the window and the memo's first page into pictures: `python packaging/screenshots.py FOLDER`."""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

VIEWS = (
    ("light", "light", 100, ""),
    ("dark", "dark", 100, ""),
    ("contrast", "contrast", 100, ""),
    ("large-text", "light", 300, ""),
    ("small-text", "light", 80, ""),
    ("settle", "light", 100, "settle"),
    ("matrix", "light", 100, "show_matrix"),
    ("timeline", "light", 100, "show_timeline"),
    ("key-list", "light", 100, "show_key_list"),
)
"""Name, colours, size of text in per cent, and the action that is taken first."""


def main(folder: Path) -> None:
    """Write every view of the founding case as PNG, and the memo's first page."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as home:
        os.environ["XDG_STATE_HOME"] = home
        for name, scheme, percent, action in VIEWS:
            _window(folder / f"window-{name}.png", scheme, percent, action, Path(home) / name)
        _memo(folder / "memo.png")


def _window(path: Path, scheme: str, percent: int, action: str, home: Path) -> None:
    from evidencemap.ui.app import application_made
    from evidencemap.ui.commands.files import founding_session
    from evidencemap.ui.settings import Settings
    from evidencemap.ui.window import CaseWindow

    application = application_made()
    settings = Settings(home)
    settings.scheme = scheme
    settings.font_percent = percent
    window = CaseWindow(founding_session(), settings)
    window.resize(1680, 1050)
    window.show()
    window.docks.reset()
    application.processEvents()
    window.map.fit()
    held = window.editor.case.numbered("C2")
    if held is not None:
        window.editor.select([held.id])
    if action:
        window.run(action)
    for _turn in range(8):
        application.processEvents()
    window.grab().save(str(path))
    window.editor.session.discard()
    window.hide()
    window.deleteLater()
    application.processEvents()
    print(path)


def _memo(path: Path) -> None:
    import pypdfium2

    from evidencemap.analysis.findings import findings
    from evidencemap.analysis.verdicts import verdicts
    from evidencemap.exchange.listing import read_listing
    from evidencemap.resources import resource
    from evidencemap.ui.briefs import Told, memo_pdf

    case = read_listing(resource("cases", "letter.yaml"))
    found = verdicts(case)
    data = memo_pdf(Told(case=case, verdicts=found, findings=tuple(findings(case, found))))
    document = pypdfium2.PdfDocument(data)
    document[0].render(scale=1.5).to_pil().save(path)
    print(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("screenshots"))
