"""The colours and faces of the window: light, dark and high contrast, by the name of what they show."""

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette

from evidencemap.resources import resource

FAMILY = "Inter"
"""The face that ships with the program; Qt falls back to the system's for what it has not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One colour, as #RRGGBB, for each thing that is shown. States are never told by colour alone."""

    name: str
    ground: str
    grid: str
    panel: str
    chrome: str
    row: str
    selected_row: str
    card: str
    card_edge: str
    source_fill: str
    pill: str
    text: str
    muted: str
    link: str
    accent: str
    on_accent: str
    hit: str
    supported: str
    conditional: str
    unsupported: str
    unsupported_fill: str
    unsupported_glow: str
    premise_fails: str
    contested: str
    refuted: str
    undercut: str
    circular: str
    request: str
    request_fill: str
    focus: str

    def color(self, name: str) -> QColor:
        """Return a colour by its name here. Raises AttributeError for a name that no colour has."""
        return _color(getattr(self, name))


LIGHT = Theme(
    name="light",
    ground="#F4F6FA",
    grid="#DDE2EA",
    panel="#FFFFFF",
    chrome="#E8ECF1",
    row="#F8FAFC",
    selected_row="#E3ECFA",
    card="#FFFFFF",
    card_edge="#CBD2DB",
    source_fill="#F3F6FA",
    pill="#E8ECF1",
    text="#1A2330",
    muted="#545E6C",
    link="#1B57A0",
    accent="#1F5FA6",
    on_accent="#FFFFFF",
    hit="#FFE08A",
    supported="#00664A",
    conditional="#7A5200",
    unsupported="#B23A00",
    unsupported_fill="#FFF4EE",
    unsupported_glow="#F6DDD2",
    premise_fails="#5A6472",
    contested="#6A3D9A",
    refuted="#1A1A1A",
    undercut="#6A3D9A",
    circular="#6A3D9A",
    request="#1F5FA6",
    request_fill="#F1F7FE",
    focus="#0050C8",
)

DARK = Theme(
    name="dark",
    ground="#14181E",
    grid="#2A313B",
    panel="#1A1F27",
    chrome="#10141A",
    row="#1E242D",
    selected_row="#24344D",
    card="#222933",
    card_edge="#46515F",
    source_fill="#1C232C",
    pill="#313B48",
    text="#EDF1F6",
    muted="#B4BECA",
    link="#8AB8FF",
    accent="#8AB8FF",
    on_accent="#0E1420",
    hit="#6A5200",
    supported="#3FCFA0",
    conditional="#F2C14E",
    unsupported="#FF9A5C",
    unsupported_fill="#35241B",
    unsupported_glow="#4A2C1C",
    premise_fails="#A9B4C0",
    contested="#CDA7FF",
    refuted="#F2F2F2",
    undercut="#CDA7FF",
    circular="#CDA7FF",
    request="#8AB8FF",
    request_fill="#1B2636",
    focus="#8AB8FF",
)

HIGH_CONTRAST_LIGHT = Theme(
    name="high contrast light",
    ground="#FFFFFF",
    grid="#FFFFFF",
    panel="#FFFFFF",
    chrome="#FFFFFF",
    row="#FFFFFF",
    selected_row="#DCE8FF",
    card="#FFFFFF",
    card_edge="#000000",
    source_fill="#FFFFFF",
    pill="#FFFFFF",
    text="#000000",
    muted="#1C1C1C",
    link="#003A8C",
    accent="#003A8C",
    on_accent="#FFFFFF",
    hit="#FFE08A",
    supported="#004D38",
    conditional="#573A00",
    unsupported="#8A2C00",
    unsupported_fill="#FFFFFF",
    unsupported_glow="#FFE3D6",
    premise_fails="#3A424D",
    contested="#4B2473",
    refuted="#000000",
    undercut="#4B2473",
    circular="#4B2473",
    request="#0B3F78",
    request_fill="#FFFFFF",
    focus="#0033A0",
)

HIGH_CONTRAST_DARK = Theme(
    name="high contrast dark",
    ground="#000000",
    grid="#000000",
    panel="#000000",
    chrome="#000000",
    row="#000000",
    selected_row="#10305C",
    card="#000000",
    card_edge="#FFFFFF",
    source_fill="#000000",
    pill="#000000",
    text="#FFFFFF",
    muted="#EDEDED",
    link="#B7D4FF",
    accent="#B7D4FF",
    on_accent="#000000",
    hit="#5C4700",
    supported="#6FF0C4",
    conditional="#FFD97A",
    unsupported="#FFB488",
    unsupported_fill="#000000",
    unsupported_glow="#5A2A10",
    premise_fails="#D5DDE6",
    contested="#E3CCFF",
    refuted="#FFFFFF",
    undercut="#E3CCFF",
    circular="#E3CCFF",
    request="#B7D4FF",
    request_fill="#000000",
    focus="#FFFF66",
)

THEMES = (LIGHT, DARK, HIGH_CONTRAST_LIGHT, HIGH_CONTRAST_DARK)
"""Every theme, by which tests compute the contrast of each pair."""

_STATES = (
    "supported",
    "conditional",
    "unsupported",
    "premise_fails",
    "contested",
    "refuted",
    "undercut",
    "circular",
    "request",
)

PAIRS: tuple[tuple[str, str], ...] = (
    *((ink, ground) for ink in ("text", "muted", *_STATES) for ground in ("card", "ground", "panel")),
    *((ink, "row") for ink in ("text", "muted", "link", *_STATES)),
    *((ink, "selected_row") for ink in ("text", "muted")),
    ("link", "panel"),
    ("link", "request_fill"),
    ("text", "chrome"),
    ("muted", "chrome"),
    ("supported", "chrome"),
    ("text", "source_fill"),
    ("muted", "source_fill"),
    ("unsupported", "source_fill"),
    ("text", "pill"),
    ("muted", "pill"),
    ("text", "hit"),
    ("text", "unsupported_fill"),
    ("unsupported", "unsupported_fill"),
    ("request", "request_fill"),
    ("muted", "request_fill"),
    ("on_accent", "accent"),
    ("focus", "ground"),
    ("focus", "card"),
    ("focus", "panel"),
)
"""What is drawn on what; every pair holds a contrast of at least 5.5 : 1 in every theme."""


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two #RRGGBB colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def theme_of_system() -> Theme:
    """Return the theme that fits the system's scheme and its wish for high contrast."""
    hints = QGuiApplication.styleHints()
    dark = hints.colorScheme() is Qt.ColorScheme.Dark
    accessibility = getattr(hints, "accessibility", None)
    wish = getattr(accessibility(), "contrastPreference", None) if accessibility is not None else None
    if wish is not None and getattr(wish(), "name", "") == "HighContrast":
        return HIGH_CONTRAST_DARK if dark else HIGH_CONTRAST_LIGHT
    return DARK if dark else LIGHT


def theme_named(name: str) -> Theme:
    """Return a theme by its name. Raises KeyError where none has it."""
    return {theme.name: theme for theme in THEMES}[name]


@cache
def load_faces() -> tuple[str, ...]:
    """Make the shipped faces known to Qt, once; return the families. Needs a QGuiApplication."""
    families: list[str] = []
    for path in sorted(resource("fonts").glob("*.ttf")):
        known = QFontDatabase.addApplicationFont(str(path))
        families.extend(QFontDatabase.applicationFontFamilies(known))
    return tuple(dict.fromkeys(families))


def face(pixels: float, *, bold: bool = False, strike: bool = False, spacing: float = 0.0) -> QFont:
    """Return the shipped face at a size in whole pixels; `spacing` is added between letters, in pixels."""
    load_faces()
    font = QFont(FAMILY)
    font.setPixelSize(max(1, round(pixels)))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    font.setStrikeOut(strike)
    if spacing:
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def palette(theme: Theme) -> QPalette:
    """Return the palette of the window's own widgets for a theme."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.panel,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.panel,
        QPalette.ColorRole.AlternateBase: theme.row,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.muted,
        QPalette.ColorRole.Button: theme.chrome,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.ToolTipBase: theme.card,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.on_accent,
        QPalette.ColorRole.Link: theme.link,
        QPalette.ColorRole.Mid: theme.card_edge,
        QPalette.ColorRole.Light: theme.card,
        QPalette.ColorRole.Dark: theme.muted,
    }
    for role, color in roles.items():
        made.setColor(role, _color(color))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        made.setColor(QPalette.ColorGroup.Disabled, role, _color(theme.muted))
    return made


@cache
def _color(text: str) -> QColor:
    return QColor(text)


def _luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
