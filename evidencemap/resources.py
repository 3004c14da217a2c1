"""Where the data files that ship with the program lie."""

from functools import cache
from pathlib import Path


@cache
def resources_folder() -> Path:
    """Return the folder `resources`: inside an installed package, else beside it in a checkout.

    Raises FileNotFoundError where neither exists, which means that the installation is broken.
    """
    package = Path(__file__).parent
    for folder in (package / "resources", package.parent / "resources"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError("The resources folder of EvidenceMap is missing: install it again.")


def resource(*parts: str) -> Path:
    """Return the path of one shipped file, such as `resource("cases", "letter.yaml")`."""
    return resources_folder().joinpath(*parts)
