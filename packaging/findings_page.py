"""Write the manual's page on findings, resources/help/findings.md, from the registry of findings."""

from evidencemap.analysis.findings.registry import manual_page
from evidencemap.resources import resource


def write() -> None:
    """Write the page anew; a test compares it with what the registry gives."""
    resource("help", "findings.md").write_text(manual_page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
