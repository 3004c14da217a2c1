"""A large case folded: nested blocks of a claim and its grounds, packed on shelves."""

from evidencemap.layout.tidy import Graph, Point
from evidencemap.model.records import Id


def folded(graph: Graph) -> dict[Id, Point] | None:
    """Return the positions of a folded picture; None where there is nothing to fold."""
    return None
