"""A start loads what it needs to paint, and nothing that is asked for later."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

LATER = (
    *(
        "edtf",
        "pyparsing",
        "dateutil",
        "sqlite_utils",
        "pluggy",
        "click",
        "tabulate",
        "networkx",
        "reportlab",
    ),
    *("pypdfium2", "PIL", "uharfbuzz", "bidi", "apsw", "argon2", "cryptography"),
)
"""Libraries that take long to load, and are needed only once somebody asks for what they do."""

SHOWN = """
import sys
from pathlib import Path
from evidencemap.ui.app import application_made
from evidencemap.ui.opening import founding_session, made_ready
from evidencemap.ui.settings import Settings
from evidencemap.ui.window import CaseWindow

application = application_made()
ready = made_ready(lambda: (founding_session(), ""), lambda part, said: None)
window = CaseWindow(ready.session, Settings(Path(sys.argv[1])), ready.engine)
window.show()
window.repaint()
application.processEvents()
assert window.map.painted.cards > 20
print(*sorted({name.partition(".")[0] for name in sys.modules}))
window.editor.session.discard()
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Return the libraries that are loaded once the founding case is painted."""
    folder = tmp_path_factory.mktemp("start")
    private = {"XDG_STATE_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "QT_QPA_PLATFORM": "offscreen"}
    run = subprocess.run(
        [sys.executable, "-c", SHOWN, str(folder / "window")],
        cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, **private},
        check=True,
        capture_output=True,
        text=True,
    )
    return set(run.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("library", LATER)
def test_the_founding_case_is_painted_without(library: str, loaded: set[str]) -> None:
    assert "PySide6" in loaded and "numpy" in loaded
    assert library not in loaded
