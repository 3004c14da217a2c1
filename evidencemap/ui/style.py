"""The style of the window's own widgets, written from a theme: calm, flat, one line width."""

from PySide6.QtWidgets import QApplication

from evidencemap.ui.theme import Theme, face, palette

_WITH_OWN_FONT = (
    "QWidget", "QMenu", "QMenuBar", "QAbstractItemView", "QHeaderView", "QListView", "QTreeView",
    "QTableView",
    "QToolButton", "QLabel", "QPushButton", "QComboBox", "QLineEdit", "QCheckBox", "QStatusBar", "QTabBar",
    "QDockWidget", "QMessageBox", "QToolTip", "QTipLabel",
)  # fmt: skip
"""The widgets for which a desktop may bring a font of its own."""


def dress(application: QApplication, theme: Theme, pixels: float) -> None:
    """Give the whole application the colours of a theme, and text of a height in pixels."""
    application.setPalette(palette(theme))
    application.setFont(face(pixels))
    for name in _WITH_OWN_FONT:
        application.setFont(face(pixels), name)  # type: ignore[arg-type]
    application.setStyleSheet(style_sheet(theme, pixels))


def style_sheet(theme: Theme, pixels: float) -> str:
    """Return the style sheet for a theme; `pixels` is the height of the usual text."""
    small = max(8, round(pixels * 0.82))
    title = round(pixels * 1.32)
    radius = max(3, round(pixels * 0.4))
    pad = max(2, round(pixels * 0.3))
    side = min(pad * 3, 14)
    return f"""
    QMainWindow, QDialog {{ background: {theme.panel}; }}
    QMainWindow::separator {{ background: {theme.card_edge}; width: 1px; height: 1px; }}
    QMenuBar {{ background: {theme.ground}; color: {theme.text}; padding: 2px 6px; border: none; }}
    QMenuBar::item {{ padding: {pad + 1}px {pad * 2 + 4}px; border-radius: {radius}px; }}
    QMenuBar::item:selected {{ background: {theme.selected_row}; color: {theme.text}; }}
    QMenu {{ background: {theme.card}; color: {theme.text}; border: 1px solid {theme.card_edge};
        padding: 4px; }}
    QMenu::item {{ padding: {pad + 1}px {pad * 6}px {pad + 1}px {pad * 5}px; border-radius: {radius}px; }}
    QMenu::item:selected {{ background: {theme.selected_row}; color: {theme.text}; }}
    QMenu::item:disabled {{ color: {theme.muted}; }}
    QMenu::separator {{ height: 1px; background: {theme.grid}; margin: 4px 6px; }}
    QToolBar {{ background: {theme.panel}; border: none; border-bottom: 1px solid {theme.grid};
        padding: {pad + 2}px 12px; spacing: {pad * 2}px; }}
    QToolBar QToolButton {{ background: {theme.ground}; color: {theme.text}; font-weight: 500;
        border: 1px solid {theme.card_edge}; border-radius: {radius}px; padding: {pad + 1}px {side}px; }}
    QToolBar QToolButton:hover {{ background: {theme.selected_row}; }}
    QToolBar QToolButton:focus {{ border: 2px solid {theme.focus}; }}
    QToolBar QToolButton:disabled {{ color: {theme.muted}; }}
    QToolButton#qt_toolbar_ext_button {{ min-width: {round(pixels * 1.2)}px; border: none; }}
    QToolBar QLineEdit {{ padding: {pad + 1}px {pad * 2}px; }}
    QPushButton#primary {{ background: {theme.accent}; color: {theme.on_accent}; font-weight: 600;
        border: none;
        border-radius: {radius}px; padding: {pad + 2}px {pad * 8}px; }}
    QPushButton#primary:disabled {{ background: {theme.ground}; color: {theme.muted};
        border: 1px solid {theme.card_edge}; }}
    QPushButton#primary:focus {{ border: 2px solid {theme.text}; }}
    QStatusBar {{ background: {theme.chrome}; color: {theme.text}; border: none; }}
    QStatusBar::item {{ border: none; }}
    QStatusBar QLabel {{ color: {theme.muted}; padding: 1px 8px; }}
    QStatusBar QLabel#saved {{ color: {theme.supported}; font-weight: 600; }}
    QStatusBar QLabel#saved[warn="true"] {{ color: {theme.unsupported}; }}
    QTabBar {{ background: {theme.panel}; font-weight: 600; font-size: {small}px; }}
    QTabBar::tab {{ background: {theme.panel}; color: {theme.muted}; border: none; font-weight: 600;
        font-size: {small}px; padding: {pad + 3}px {side}px {pad + 1}px {side}px;
        border-bottom: 2px solid transparent; }}
    QTabBar::tab:selected {{ color: {theme.text}; border-bottom: 2px solid {theme.accent}; }}
    QTabBar::tab:hover {{ color: {theme.text}; }}
    QTabWidget::pane {{ border: none; }}
    QTabBar::scroller {{ width: {round(pixels * 1.9)}px; }}
    QTabBar QToolButton {{ background: {theme.panel}; color: {theme.text}; border: none; }}
    QTabBar QToolButton:disabled {{ color: {theme.panel}; }}
    QDockWidget {{ color: {theme.text}; }}
    QScrollArea, QScrollArea > QWidget > QWidget {{ background: {theme.panel}; }}
    QWidget#sheet {{ background: {theme.panel}; }}
    QLabel#kicker {{ color: {theme.muted}; font-size: {small}px; font-weight: 700; letter-spacing: 1px; }}
    QLabel#title, LinkText#title {{ color: {theme.text}; font-size: {title}px; font-weight: 700; }}
    QLabel#factname {{ color: {theme.muted}; font-size: {small}px; font-weight: 600;
        padding-top: {pad}px; }}
    QLabel#factname[plain="true"] {{ padding-top: {max(1, pad // 2)}px; }}
    QLabel#hint {{ color: {theme.muted}; font-size: {small}px; }}
    QLabel#prompt {{ color: {theme.text}; font-weight: 600; }}
    QLabel#alert {{ color: {theme.unsupported}; font-weight: 700; font-size: {small}px; }}
    QFrame#rule {{ background: {theme.grid}; border: none; }}
    QFrame#picker {{ background: {theme.card}; border: 1px solid {theme.accent};
        border-radius: {radius}px; }}
    QFrame#messages {{ background: {theme.selected_row}; border-bottom: 1px solid {theme.card_edge}; }}
    QFrame#messages[refusal="true"] {{ background: {theme.unsupported_fill};
        border-bottom: 2px solid {theme.unsupported}; }}
    QFrame#messages QLabel {{ color: {theme.text}; }}
    QFrame#messages QToolButton {{ border: none; color: {theme.text}; padding: 2px 8px; font-weight: 600; }}
    QFrame#messages QToolButton:focus {{ border: 2px solid {theme.focus}; }}
    QPushButton#link {{ background: transparent; color: {theme.link}; border: 1px solid transparent;
        text-align: left; padding: 2px 2px; }}
    QPushButton#link:hover {{ text-decoration: underline; }}
    QPushButton#link:focus {{ border: 1px solid {theme.focus}; border-radius: {radius}px; }}
    QPushButton#act {{ background: {theme.panel}; color: {theme.link}; border: 1px solid {theme.card_edge};
        border-radius: {radius}px; padding: {pad}px {pad * 2 + 2}px; }}
    QPushButton#act:hover {{ background: {theme.selected_row}; }}
    QPushButton#act:focus {{ border: 2px solid {theme.focus}; }}
    QPushButton#act:disabled {{ color: {theme.muted}; }}
    QPushButton#chip {{ background: {theme.pill}; color: {theme.text};
        border: 1px solid {theme.card_edge if theme.pill == theme.panel else theme.pill};
        border-radius: {round(pixels * 0.75)}px; font-size: {small}px;
        padding: {pad - 1}px {pad * 2 + 2}px; }}
    QPushButton#chip:checked {{ background: {theme.text}; color: {theme.panel}; font-weight: 600; }}
    QPushButton#chip:focus {{ border: 1px solid {theme.focus}; }}
    QPushButton#chip::menu-indicator {{ width: 0; }}
    QToolButton#fold {{ border: none; background: transparent; color: {theme.muted}; font-weight: 700;
        font-size: {small}px; letter-spacing: 1px; padding: 3px 0; }}
    QToolButton#fold:focus {{ color: {theme.text}; text-decoration: underline; }}
    QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QToolButton#words {{ background: {theme.panel};
        color: {theme.text}; border: 1px solid {theme.card_edge}; border-radius: {radius}px;
        padding: {pad - 1}px {pad + 2}px; selection-background-color: {theme.accent};
        selection-color: {theme.on_accent}; }}
    QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ border: 2px solid {theme.focus}; }}
    QCheckBox::indicator, QMenu::indicator {{ width: {small}px; height: {small}px;
        border: 2px solid {theme.muted}; border-radius: 3px; background: {theme.panel}; }}
    QCheckBox::indicator:checked, QMenu::indicator:checked {{ background: {theme.accent};
        border: 2px solid {theme.accent}; }}
    QCheckBox:focus {{ color: {theme.focus}; }}
    QComboBox::drop-down {{ border: none; width: {round(pixels * 1.2)}px; }}
    QComboBox QAbstractItemView {{ background: {theme.card}; color: {theme.text};
        border: 1px solid {theme.card_edge}; selection-background-color: {theme.selected_row};
        selection-color: {theme.text}; }}
    QListView, QTreeWidget, QTableView {{ background: {theme.panel}; color: {theme.text}; border: none;
        outline: 0; }}
    QTableView {{ gridline-color: {theme.grid}; }}
    QTableView::item:selected {{ background: {theme.selected_row}; color: {theme.text};
        border: 2px solid {theme.focus}; }}
    QTableCornerButton::section {{ background: {theme.ground}; border: none; }}
    QTreeWidget::item, QListView::item {{ background: transparent; }}
    QTreeView {{ show-decoration-selected: 0; }}
    QTreeView::branch, QTreeView::branch:selected {{ background: {theme.panel}; }}
    QHeaderView::section {{ background: {theme.ground}; color: {theme.muted}; border: none;
        font-size: {small}px;
        font-weight: 600; border-bottom: 1px solid {theme.card_edge}; padding: {pad}px; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
    QScrollBar::handle {{ background: {theme.card_edge}; border-radius: 4px; min-height: 28px;
        min-width: 28px;
        margin: 1px; }}
    QScrollBar::handle:hover {{ background: {theme.muted}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QSlider::groove:horizontal {{ height: 2px; background: {theme.muted}; }}
    QSlider::handle:horizontal {{ background: {theme.text}; width: 10px; margin: -4px 0;
        border-radius: 5px; }}
    QSlider::handle:horizontal:focus {{ background: {theme.focus}; }}
    QProgressBar {{ border: 1px solid {theme.card_edge}; border-radius: {radius}px;
        background: {theme.panel};
        color: {theme.text}; text-align: center; }}
    QProgressBar::chunk {{ background: {theme.accent}; }}
    QToolTip {{ background: {theme.card}; color: {theme.text}; border: 1px solid {theme.card_edge};
        padding: 4px; }}
    """
