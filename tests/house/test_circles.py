"""No two files of the package import each other, not even by way of others or for their types alone."""

from collections.abc import Sequence

import networkx as nx
import pytest

from tests.house.sources import Source, imports, planted, sources


def circles(every: Sequence[Source]) -> set[frozenset[str]]:
    """Return each set of modules that import each other, at the top, in a function, or for types alone."""
    modules = {source.module for source in every}
    graph: nx.DiGraph[str] = nx.DiGraph()
    for source in every:
        for _line, name in imports(source):
            target = name if name in modules else name.rpartition(".")[0]
            if target in modules and target != source.module:
                graph.add_edge(source.module, target)
    return {frozenset(found) for found in nx.strongly_connected_components(graph) if len(found) > 1}


def test_no_two_files_import_each_other() -> None:
    every = sources("evidencemap")

    found = circles(every)

    assert found == set()


@pytest.mark.parametrize(
    "back",
    [
        "from evidencemap.ui.first import First",
        "import evidencemap.ui.first",
        "from evidencemap.ui import first",
        "def later():\n    from evidencemap.ui.first import First",
        "if TYPE_CHECKING:\n    from evidencemap.ui.first import First",
    ],
)
def test_a_circle_is_seen(back: str) -> None:
    first = planted("from evidencemap.ui.second import Second", "evidencemap/ui/first.py")
    second = planted("from evidencemap.ui.third import Third", "evidencemap/ui/second.py")
    third = planted(back, "evidencemap/ui/third.py")

    found = circles([first, second, third])

    assert found == {frozenset({"evidencemap.ui.first", "evidencemap.ui.second", "evidencemap.ui.third"})}
