"""Small maps written by name, for tests: leaves that hold a grade, claims, assumptions, steps."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from evidencemap.model.case import Case, case_of
from evidencemap.model.entities import Claim, Entity, Evidence, Header, Source, Step
from evidencemap.model.records import Id, listed_id
from evidencemap.model.words import ClaimKind, Grade, Reliability, Standard

FILES = Path(__file__).resolve().parent.parent / "files"
CASE = Id("0f6ac6a0-1d4f-4f7e-8a39-52f3f1a4f8b1")

_EXACTLY = {
    Grade.NOTHING: (Reliability.E, 5),
    Grade.SUGGESTIVE: (Reliability.D, 4),
    Grade.PROBABLE: (Reliability.C, 3),
    Grade.STRONG: (Reliability.B, 2),
    Grade.ESTABLISHED: (Reliability.A, 1),
}


def read_yaml(name: str) -> Any:
    """Return a YAML file of tests/files as plain data."""
    return yaml.safe_load((FILES / name).read_text(encoding="utf-8"))


class Drawn:
    """A case that was written by names, and the ids behind the names."""

    def __init__(self, case: Case, ids: Mapping[str, Id]) -> None:
        self.case = case
        self.ids = ids

    def __getitem__(self, name: str) -> Id:
        return self.ids[name]


def draw(
    *,
    leaves: Mapping[str, Grade] | None = None,
    claims: Mapping[str, Mapping[str, Any]] | None = None,
    assumptions: Iterable[str] = (),
    steps: Mapping[str, Mapping[str, Any]] | None = None,
    standard: Standard = Standard.PREPONDERANCE,
    backwards: bool = False,
) -> Drawn:
    """Return the case of a small map; a name that is neither leaf nor assumption is a claim.

    A step is a mapping with `from`, `to`, `scheme`, and perhaps `warrant`, `con`, `undercut_by`,
    `ceiling`. `backwards` puts everything in in the opposite order.
    """
    held, assumed = dict(leaves or {}), list(assumptions)
    described = {name: dict(fields) for name, fields in (claims or {}).items()}
    drawn = dict(steps or {})
    for step in drawn.values():
        used = [*step["from"], step["to"], *step.get("undercut_by", ())]
        used += [step["warrant"]] if step.get("warrant") else []
        for name in used:
            if name not in held and name not in assumed:
                described.setdefault(name, {})
    ids: dict[str, Id] = {}
    made: list[Entity] = []
    for at, (name, grade) in enumerate(held.items(), 1):
        reliability, credibility = _EXACTLY[grade]
        source = listed_id(CASE, f"S{at}")
        made.append(Source(id=source, number=f"S{at}", name=f"source of {name}", reliability=reliability))
        ids[name] = listed_id(CASE, f"E{at}")
        made.append(
            Evidence(id=ids[name], number=f"E{at}", text=name, sources=(source,), credibility=credibility)
        )
    for at, name in enumerate(assumed, 1):
        ids[name] = listed_id(CASE, f"H{at}")
        made.append(Claim(id=ids[name], number=f"H{at}", text=name, kind=ClaimKind.ASSUMPTION))
    for at, (name, fields) in enumerate(described.items(), 1):
        ids[name] = listed_id(CASE, f"C{at}")
        made.append(Claim(id=ids[name], number=f"C{at}", text=name, **fields))
    for at, (name, step) in enumerate(drawn.items(), 1):
        ids[name] = listed_id(CASE, f"P{at}")
        made.append(
            Step(
                id=ids[name],
                number=f"P{at}",
                premises=tuple(ids[each] for each in step["from"]),
                conclusion=ids[step["to"]],
                scheme=step.get("scheme", "definition"),
                warrant=ids[step["warrant"]] if step.get("warrant") else None,
                con=bool(step.get("con")),
                undercut_by=tuple(ids[each] for each in step.get("undercut_by", ())),
                ceiling=step.get("ceiling"),
            )
        )
    if backwards:
        made.reverse()
    return Drawn(case_of([Header(id=CASE, title="a small map", standard=standard), *made]), ids)
