"""What stands under a visible number in a case."""

from evidencemap.model.case import Case
from evidencemap.model.records import Id


def id_of(case: Case, number: str) -> Id:
    """Return the id of what has a number."""
    held = case.numbered(number)
    assert held is not None, f"there is no {number}"
    return held.id
