"""The smallest case that raises each kind of finding, and the nearest neighbour that does not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from evidencemap.analysis.findings import Finding, findings
from evidencemap.analysis.policy import policy
from evidencemap.analysis.verdicts import verdicts
from evidencemap.exchange.listing import read_listing
from evidencemap.model.case import Case
from tests.analysis.maps import FILES

TODAY = "2026-11-25"
GROUND: Mapping[str, Any] = {
    "evidencemap": 1,
    "title": "A small map",
    "sources": {"S1": {"name": "a source", "kind": "organisation", "reliability": "B", "role": "witness"}},
    "evidence": {"E1": {"text": "an item", "from": ["S1"], "credibility": 2}},
}
"""What every small case stands on: one source that is rated B, and one item of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A case that raises a finding of one code and form on one entity, and its neighbour that raises none."""

    family: str
    code: str
    form: int
    on: str
    raising: Case
    neighbour: Case

    @property
    def name(self) -> str:
        """Return how a test names the pair."""
        return f"{self.code}-{self.form}-{self.on}"


@cache
def pairs() -> tuple[Pair, ...]:
    """Return every pair of tests/files/findings, file by file."""
    return tuple(
        Pair(
            family=path.stem,
            code=code,
            form=each["form"],
            on=each["at"],
            raising=_read(each["case"]),
            neighbour=_read(each["case"], each["near"]),
        )
        for path in sorted((FILES / "findings").glob("*.yaml"))
        for code, given in yaml.safe_load(path.read_text(encoding="utf-8")).items()
        for each in given
    )


def found_in(case: Case) -> list[Finding]:
    """Return what a case shows today."""
    return findings(case, verdicts(case, policy("standard")), today=TODAY)


def raised(case: Case, found: list[Finding]) -> Iterator[tuple[str, int, str]]:
    """Yield the code, the form and the visible number of each finding."""
    for each in found:
        yield each.code, each.form, case.number(each.on[0])


def _read(*changes: Mapping[str, Any]) -> Case:
    listing: Any = GROUND
    for each in changes:
        listing = _changed(listing, each)
    return read_listing(yaml.safe_dump(listing, allow_unicode=True, sort_keys=False))


def _changed(held: Any, change: Any) -> Any:
    """Return plain data with a change laid over it; an empty value takes its key away."""
    if not isinstance(held, dict) or not isinstance(change, dict):
        return change
    merged = {**held, **{key: _changed(held.get(key), value) for key, value in change.items()}}
    return {key: value for key, value in merged.items() if value is not None}
