"""How long a frame of the map takes and what a node costs, beside a QGraphicsView in the same run."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import Any

Row = tuple[str, str, str]

ROOT = Path(__file__).resolve().parents[2]

GOALS: dict[int, dict[str, int]] = {
    1_000: {},
    10_000: {"whole": 16, "pan": 16, "zoom": 16, "drag": 16},
    100_000: {"whole": 50, "pan": 33, "zoom": 40, "drag": 16},
}
"""The most CPU milliseconds, at the 95th percentile, that a frame may take."""

ACTS = {
    "whole": "whole map, all afresh",
    "pan, whole": "whole map, pan",
    "pan": "pan",
    "zoom": "zoom",
    "zoom, at rest": "zoom, the frame at rest",
    "drag": "drag a card",
}


def rows() -> Iterator[Row]:
    """Yield what was measured: what, our figure, and the goal with the figure of the peer."""
    for nodes, goals in GOALS.items():
        ours, peer = _measured("ours", nodes), _measured("peer", nodes)
        for act, words in ACTS.items():
            goal = f"{goals[act]} ms; " if act in goals else ""
            beside = f"QGraphicsView {_told(peer['frames'][act])}" if act in peer["frames"] else ""
            yield f"map, {nodes:,} nodes: {words}", _told(ours["frames"][act]), goal + beside
        beside = f"QGraphicsView {_megabytes(peer)}"
        yield f"map, {nodes:,} nodes: resident memory", _megabytes(ours), beside
        arrays = f"{ours['arrays'] / nodes:,.0f} bytes a node"
        yield f"map, {nodes:,} nodes: without text and pictures", arrays, "1,024 bytes a node"
        built, beside = f"{ours['built']:.2f} s CPU", f"QGraphicsView {peer['built']:.2f} s"
        yield f"map, {nodes:,} nodes: from case to first frame", built, beside


def _measured(which: str, nodes: int) -> dict[str, Any]:
    run = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.map_frames", which, str(nodes)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise SystemExit(f"The map of {nodes:,} nodes could not be measured:\n{run.stderr}")
    told: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return told


def _told(frames: list[float]) -> str:
    high = quantiles(frames, n=20)[18] if len(frames) >= 20 else max(frames)
    return f"{high:,.1f} ms CPU (median {median(frames):,.1f})"


def _megabytes(told: dict[str, Any]) -> str:
    return f"{told['resident'] / 1e6:,.0f} MB"
