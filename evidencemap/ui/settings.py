"""What the window remembers between runs. Holds no word of any case."""

import json
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

_MOST_RECENT = 10


class Settings(QObject):
    """The person's choices, kept in one readable file in a private folder."""

    changed = Signal(str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._kept = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)

    @property
    def scheme(self) -> str:
        """The colour scheme: system, light, dark or contrast."""
        return self._text("scheme", "system")

    @scheme.setter
    def scheme(self, name: str) -> None:
        self._put("scheme", name)

    @property
    def font_percent(self) -> int:
        """The size of all text, in per cent of the usual size: 80 to 300."""
        return max(80, min(300, int(self._text("font_percent", "100"))))

    @font_percent.setter
    def font_percent(self, percent: int) -> None:
        self._put("font_percent", str(max(80, min(300, percent))))

    @property
    def reduced_motion(self) -> bool:
        """Whether nothing glides or fades."""
        return self._text("reduced_motion", "no") == "yes"

    @reduced_motion.setter
    def reduced_motion(self, wanted: bool) -> None:
        self._put("reduced_motion", "yes" if wanted else "no")

    @property
    def upwards(self) -> bool:
        """Whether maps run from bottom to top, not from left to right."""
        return self._text("upwards", "no") == "yes"

    @upwards.setter
    def upwards(self, wanted: bool) -> None:
        self._put("upwards", "yes" if wanted else "no")

    @property
    def snapping(self) -> bool:
        """Whether dragged cards snap to the edges of others."""
        return self._text("snapping", "yes") == "yes"

    @snapping.setter
    def snapping(self, wanted: bool) -> None:
        self._put("snapping", "yes" if wanted else "no")

    @property
    def tour_seen(self) -> bool:
        """Whether the five-step tour was taken or dismissed."""
        return self._text("tour_seen", "no") == "yes"

    @tour_seen.setter
    def tour_seen(self, seen: bool) -> None:
        self._put("tour_seen", "yes" if seen else "no")

    @property
    def author(self) -> str:
        """The name that a reviewer's remarks carry."""
        return self._text("author", "")

    @author.setter
    def author(self, name: str) -> None:
        self._put("author", name)

    @property
    def keys(self) -> dict[str, str]:
        """The keys that the person gave to actions in place of the usual ones, by the action's name."""
        return {str(name): str(keys) for name, keys in json.loads(self._text("keys", "{}")).items()}

    @keys.setter
    def keys(self, keys: dict[str, str]) -> None:
        self._put("keys", json.dumps(keys, sort_keys=True))

    @property
    def recent(self) -> list[Path]:
        """The case files opened last, newest first."""
        return [Path(str(each)) for each in json.loads(self._text("recent", "[]"))]

    def remember(self, path: Path) -> None:
        """Put a case file first among the recent ones."""
        others = [each for each in self.recent if each != path]
        self._put("recent", json.dumps([str(each) for each in [path, *others][:_MOST_RECENT]]))

    def forget_recent(self) -> None:
        """Forget which case files were opened."""
        self._put("recent", "[]")

    def layout(self, name: str = "last") -> tuple[QByteArray, QByteArray]:
        """Return a saved layout of the window: its geometry and its panes; empty where none is saved."""
        return self._bytes(f"layout/{name}/geometry"), self._bytes(f"layout/{name}/panes")

    def keep_layout(self, geometry: QByteArray, panes: QByteArray, name: str = "last") -> None:
        """Save a layout of the window under a name."""
        self._kept.setValue(f"layout/{name}/geometry", geometry)
        self._kept.setValue(f"layout/{name}/panes", panes)

    @property
    def layouts(self) -> list[str]:
        """The names of the layouts that the person saved."""
        names = {key.split("/")[1] for key in self._kept.allKeys() if key.startswith("layout/")}
        return sorted(names - {"last"})

    def close(self) -> None:
        """Write everything to the file."""
        self._kept.sync()

    def _text(self, key: str, usual: str) -> str:
        return str(self._kept.value(key, usual))

    def _bytes(self, key: str) -> QByteArray:
        held = self._kept.value(key, QByteArray())
        return held if isinstance(held, QByteArray) else QByteArray()

    def _put(self, key: str, value: str) -> None:
        self._kept.setValue(key, value)
        self.changed.emit(key)
