"""Renders the window and the memo: `python packaging/screenshots.py [--readme] FOLDER [VIEW ...]`."""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evidencemap.model.case import Case

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

VIEWS = (
    ("light", "light", 100, ""),
    ("dark", "dark", 100, ""),
    ("contrast", "contrast", 100, ""),
    ("large-text", "light", 300, ""),
    ("small-text", "light", 80, ""),
    ("settle", "light", 100, "settle"),
    ("impact", "light", 100, "impact"),
    ("challenge", "light", 100, "challenge"),
    ("profiles", "light", 100, "compare_profiles"),
    ("changes", "light", 100, "changed_since"),
    ("keys", "light", 100, "keys"),
    ("help", "light", 100, "help"),
    ("tour", "light", 100, "tour"),
    ("focus", "light", 100, "focus"),
    ("origin", "light", 100, "common_origin"),
    ("weakest", "light", 100, "weakest"),
    ("palette", "light", 100, "palette"),
    ("library", "light", 100, "pane library"),
    ("history", "light", 100, "pane history"),
    ("matrix", "light", 100, "show_matrix"),
    ("timeline", "light", 100, "show_timeline"),
    ("key-list", "light", 100, "show_key_list"),
)
"""Name, colours, size of text in per cent, and the action that is taken first, or the pane that is shown."""

EYES = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""How linear red, green and blue are seen by eyes that lack one kind of cone.

Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
Deficiency", IEEE TVCG 15(6), 2009, severity 1.0.
"""

FOR_THE_README = ("light", "dark", "settle")
"""The views that `--readme` writes small, each under 200 KB."""


def main(folder: Path, wanted: tuple[str, ...] = ()) -> None:
    """Write views of the founding case as PNG, one of a thousand nodes, and the memo's first page."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as home:
        os.environ["XDG_STATE_HOME"] = home
        for name, scheme, percent, action in VIEWS:
            if not wanted or name in wanted:
                _window(folder / f"window-{name}.png", scheme, percent, action, Path(home) / name)
        for name in ("greyscale", *EYES):
            if not wanted or name in wanted:
                _seen_by(name, folder / f"window-{name}.png", Path(home) / name)
        for nodes in (1000,):
            if not wanted or f"{nodes}-nodes" in wanted:
                home_of = Path(home) / str(nodes)
                _window(folder / f"window-{nodes}-nodes.png", "light", 100, "", home_of, nodes)
        if not wanted or "memo" in wanted:
            _memo(folder / "memo.png")


def readme(folder: Path) -> None:
    """Write the pictures of the README: few, small, in 128 colours."""
    from PIL import Image

    main(folder, (*FOR_THE_README, "memo"))
    with Image.open(folder / "memo.png") as whole:
        few = whole.convert("RGB").quantize(64, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(folder / "memo.png", optimize=True)
    for name in FOR_THE_README:
        path = folder / f"window-{name}.png"
        with Image.open(path) as whole:
            small = whole.convert("RGB").resize((1240, 775), Image.Resampling.LANCZOS)
        small.quantize(128, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
            path, optimize=True
        )


def _window(path: Path, scheme: str, percent: int, action: str, home: Path, nodes: int = 0) -> None:
    from evidencemap.session import Session
    from evidencemap.ui.app import application_made
    from evidencemap.ui.commands.files import founding_session
    from evidencemap.ui.settings import Settings
    from evidencemap.ui.window import CaseWindow

    application = application_made()
    settings = Settings(home)
    settings.scheme = scheme
    settings.font_percent = percent
    session = Session.adopt(_generated(nodes)) if nodes else founding_session()
    window = CaseWindow(session, settings)
    window.resize(1680, 1050)
    window.show()
    window.docks.reset()
    application.processEvents()
    window.map.fit()
    held = window.editor.case.numbered("C2")
    if held is not None and not nodes:
        window.editor.select([held.id])
    application.processEvents()
    word, _space, pane = action.partition(" ")
    if word == "pane":
        window.docks.show_pane(pane)
    elif action:
        window.run(action)
    while window.editor.looking:
        application.processEvents()
    for _turn in range(8):
        application.processEvents()
    window.grab().save(str(path))
    window.editor.session.discard()
    window.hide()
    window.deleteLater()
    application.processEvents()
    print(path)


def _seen_by(eyes: str, path: Path, home: Path) -> None:
    """Write the founding case as these eyes see it: without any colour, or without one kind of cone."""
    import numpy as np
    from PIL import Image

    _window(path, "light", 100, "", home)
    with Image.open(path) as picture:
        if eyes == "greyscale":
            picture.convert("L").save(path)
            return
        colors = np.asarray(picture.convert("RGB"), dtype=np.float64) / 255
    linear = np.where(colors <= 0.04045, colors / 12.92, ((colors + 0.055) / 1.055) ** 2.4)
    seen = np.clip(linear @ np.array(EYES[eyes]).T, 0, 1)
    shown = np.where(seen <= 0.0031308, seen * 12.92, 1.055 * seen ** (1 / 2.4) - 0.055)
    Image.fromarray(np.rint(shown * 255).astype(np.uint8)).save(path)


def _generated(nodes: int) -> "Case":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from tests.benchmarks.generate import generate

    return generate(nodes)


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
    words = [word for word in sys.argv[1:] if word != "--readme"]
    place = Path(words[0]) if words else Path("screenshots")
    if "--readme" in sys.argv:
        readme(place)
    else:
        main(place, tuple(words[1:]))
