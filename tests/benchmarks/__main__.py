"""Prints what every benchmark measured: `python -m tests.benchmarks [name ...]`."""

import sys
from importlib import import_module
from pathlib import Path


def main(wanted: list[str]) -> None:
    """Run the modules `*_speed.py` beside this one, or those whose name is given, and print a table."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("*_speed.py"))
    chosen = [each for each in names if not wanted or each.removesuffix("_speed") in wanted]
    if not chosen:
        offered = ", ".join(each.removesuffix("_speed") for each in names)
        raise SystemExit(f"There is no such benchmark. The benchmarks are: {offered}.")
    print(f"{'what':58} {'measured':58} goal")
    for name in chosen:
        for what, figure, goal in import_module(f"tests.benchmarks.{name}").rows():
            print(f"{what:58} {figure:58} {goal}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
