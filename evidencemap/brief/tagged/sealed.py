"""Imports reportlab with shipped settings only: no module of the home folder, no RL_ variables.

On import reportlab executes `reportlab_mods`, `reportlab.local_rl_mods`, `reportlab_settings`,
`reportlab.local_rl_settings`, `~/.reportlab_mods` and `~/.reportlab_settings`, whichever it finds, and
reads every RL_ variable. Empty modules under these names leave it nothing to find. It also imports Pillow,
the reader of pictures of every sort: no brief holds any, so an empty module stands for that as well.
"""

import importlib
import os
import sys
from types import ModuleType

HOOKS = ("reportlab_mods", "reportlab_settings", "reportlab.local_rl_mods", "reportlab.local_rl_settings")


def seal() -> None:
    """Import reportlab closed; does nothing where reportlab has been imported already.

    Streams are written as bytes, not as a quarter more of letters.
    """
    if "reportlab.rl_config" in sys.modules:
        return
    for name in HOOKS:
        module = ModuleType(name, "Left empty on purpose.")
        module.__all__ = ()  # type: ignore[attr-defined]
        sys.modules.setdefault(name, module)
    variables = {name: value for name, value in os.environ.items() if name.startswith("RL_")}
    for name in variables:
        del os.environ[name]
    try:
        settings = _imported_without_pictures("reportlab.rl_config")
        vars(settings)["useA85"] = 0
    finally:
        os.environ.update(variables)


def _imported_without_pictures(name: str) -> ModuleType:
    """Return a module, imported without Pillow where nothing has imported that already."""
    if "PIL" in sys.modules:
        return importlib.import_module(name)
    empty = ModuleType("PIL", "Left empty on purpose.")
    empty.Image = ModuleType("PIL.Image")  # type: ignore[attr-defined]
    sys.modules["PIL"] = empty
    try:
        return importlib.import_module(name)
    finally:
        del sys.modules["PIL"]
