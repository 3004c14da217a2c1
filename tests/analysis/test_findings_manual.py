"""The pages of the manual on findings: made from the registry, and naming only what there is."""

import re

from evidencemap.analysis.findings import KINDS
from evidencemap.analysis.findings.registry import FAMILIES, manual_page
from evidencemap.exchange.sections import HEADER_KEYS, SECTIONS
from evidencemap.model.shape import shape
from evidencemap.resources import resource

FINDINGS = resource("help", "findings.md")
REQUIREMENTS = resource("help", "requirements.md")


def test_the_page_on_findings_is_what_the_registry_gives() -> None:
    page = FINDINGS.read_text(encoding="utf-8")

    assert page == manual_page(), "run: python packaging/findings_page.py"


def test_the_page_has_every_kind_under_its_family_with_all_its_words() -> None:
    page = manual_page()

    assert re.findall(r"^## (\w+)$", page, re.M) == list(KINDS)
    assert re.findall(r"^# (.+)$", page, re.M) == ["What the map shows", *(each.FAMILY for each in FAMILIES)]
    for kind in KINDS.values():
        assert kind.why in page and kind.authority in page and kind.title in page
    assert "{" not in page


def faults(page: str) -> list[str]:
    """Name what is wrong with the page that says where each thing is met."""
    rows = re.findall(r"^- R(\d+)\. (.+)$", page, re.M)
    wrong = [] if [int(number) for number, _ in rows] == list(range(1, 85)) else ["rows are missing"]
    fields = {f"{section.key}.{each.key}" for section in SECTIONS for each in shape(section.kind)}
    fields |= set(HEADER_KEYS)
    for number, text in rows:
        if not re.search(r"(?:Met|Met in part|Not met): ", text):
            wrong.append(f"R{number} does not say where it is met")
        for named in re.findall(r"`([^`]+)`", text):
            if named.isupper() and named not in KINDS:
                wrong.append(f"R{number}: no finding {named}")
            elif not named.isupper() and not named.startswith("evidencemap ") and named not in fields:
                wrong.append(f"R{number}: no field {named}")
    return wrong


def test_every_row_says_where_it_is_met_and_names_only_what_there_is() -> None:
    page = REQUIREMENTS.read_text(encoding="utf-8")

    assert faults(page) == []


def test_a_finding_a_field_or_a_row_that_is_not_there_is_noticed() -> None:
    page = REQUIREMENTS.read_text(encoding="utf-8")

    assert faults(page.replace("`COMPOUND_CLAIM`", "`COMPOUNDED`")) == ["R2: no finding COMPOUNDED"]
    assert faults(page.replace("`sources.genre`", "`sources.form`")) == ["R45: no field sources.form"]
    assert faults(page.replace("- R30. ", "- ")) == ["rows are missing"]
