"""Prints what every benchmark measured: `python -m tests.benchmarks [--only NAME ...] [--markdown]`."""

import argparse
from importlib import import_module
from pathlib import Path

_COLUMNS = ("what", "measured", "goal, or a peer in the same run")


def main() -> None:
    """Run the modules `*_speed.py` beside this one, or those whose name is given, and print a table."""
    names = sorted(path.stem.removesuffix("_speed") for path in Path(__file__).parent.glob("*_speed.py"))
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", metavar="NAME", nargs="+", choices=names, help=f"any of {', '.join(names)}")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    wanted = parser.parse_args()
    line = "| {} | {} | {} |" if wanted.markdown else "{:56} {:56} {}"
    print(line.format(*_COLUMNS))
    if wanted.markdown:
        print("|---|---|---|")
    for name in wanted.only or names:
        for row in import_module(f"tests.benchmarks.{name}_speed").rows():
            print(line.format(*row), flush=True)


if __name__ == "__main__":
    main()
