"""A start loads what it needs to paint, and nothing that is asked for later."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

LIBRARIES = (
    *("apsw", "argon2", "bidi", "click", "cryptography", "dateutil", "edtf", "networkx", "PIL", "pluggy"),
    *("pyparsing", "pypdfium2", "reportlab", "sqlite_utils", "tabulate", "uharfbuzz"),
)
"""Libraries that take long to load, and are needed only once somebody asks for what they do."""

PARTS = ("evidencemap.brief", "evidencemap.cli", "evidencemap.storage.migrations")
"""Parts of the program of which the same is true."""

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
print(*sys.modules)
window.editor.session.discard()
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Return the modules that are loaded once the founding case is painted."""
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


@pytest.mark.parametrize("module", LIBRARIES + PARTS)
def test_the_founding_case_is_painted_without(module: str, loaded: set[str]) -> None:
    assert "PySide6" in loaded and "numpy" in loaded
    assert module not in loaded
