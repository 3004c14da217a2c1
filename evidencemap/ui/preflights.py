"""What pre-flight found, as labels that stand under each other: the gravest first, each with its mend."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QWidget

from evidencemap.tongue import _, several
from evidencemap.ui.plain import plain_label
from evidencemap.ui.problems import code_called

if TYPE_CHECKING:
    from evidencemap.brief.preflight import Check, Preflight

_CALLED = {
    "STALE_ACCEPTANCE": "Stale acceptance",
    "MIXED_SCALES": "Mixed scales",
    "UNKNOWN_TERM": "Unknown term",
    "HEAD_INCOMPLETE": "Incomplete head",
    "UNKNOWN_SIGN": "Unknown sign",
    "OPEN_REMARK": "Open remark",
}
"""What the checks are called that are no findings of the map."""

_MOST = 60
"""Checks that are listed; the command line lists all of them."""


def check_labels(
    found: "Preflight", parent: QWidget, *, blocking: bool = False, most: int = _MOST
) -> Iterable[QLabel]:
    """Yield a label for each check, or for each that blocks: weight, name, what it found, what helps.

    Those beyond `most` are counted.
    """
    from evidencemap.brief.preflight import Weight

    wanted = [each for each in found.checks if not blocking or each.weight is Weight.BLOCKS]
    for each in wanted[:most]:
        label = plain_label(_told(each), parent, wrap=True)
        label.setObjectName("blocks" if each.weight is Weight.BLOCKS else each.weight.value)
        label.setContentsMargins(0, 4, 0, 4)
        yield label
    rest = len(wanted) - most
    if rest > 0:
        yield plain_label(several("and {count} more", "and {count} more", rest), parent)


def _told(check: "Check") -> str:
    from evidencemap.brief.preflight import Weight

    heads = {
        Weight.BLOCKS: _("✕ Blocks"),
        Weight.ASKS: _("? Asks for a look"),
        Weight.NOTES: _("○ Notes"),
    }
    said = [f"{heads[check.weight]} · {_called(check.code)}", check.sentence]
    if check.reason:
        said.append(_("Accepted: {reason}").format(reason=check.reason))
    elif check.fix:
        said.append(_("Fix: {fix}").format(fix=check.fix))
    return "\n".join(said)


def _called(code: str) -> str:
    return _(_CALLED[code]) if code in _CALLED else code_called(code)
