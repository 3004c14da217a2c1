"""Every job without a window: one module for each family of commands, imported when its command is used."""

from collections.abc import Sequence

COMMANDS = {
    "new": "travelling",
    "import": "travelling",
    "export": "travelling",
    "check": "reading",
    "explain": "reading",
    "settle": "supposing",
    "whatif": "supposing",
    "origins": "asking",
    "load": "asking",
    "cuts": "asking",
    "profiles": "profiling",
    "brief": "telling",
    "map": "telling",
    "copy": "sharing",
    "passphrase": "unlocking",
    "diff": "comparing",
    "merge": "comparing",
    "exhibit": "exhibiting",
    "history": "trusting",
    "checkpoint": "keeping",
    "revert": "keeping",
    "backups": "keeping",
    "seal": "trusting",
    "timestamp": "trusting",
    "verify": "trusting",
}
"""Every command with the module that holds it, in the order in which the help lists them."""


def run(words: Sequence[str]) -> int:
    """Do what the words of a command line ask; return 0 done, 1 the answer is no, 2 unusable input."""
    from evidencemap.cli.program import run_program

    return run_program(words)
