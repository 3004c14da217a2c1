"""What is kept of the work on a case and argues nothing: places, acceptances, issued briefs, checkpoints."""

from dataclasses import dataclass, field

from evidencemap.model.records import Id, points_at, said


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where a node lies on the map, in points from the top left; `pinned` if a person put it there."""

    id: Id
    number: str
    node: Id = field(metadata=points_at("*"))
    x: float
    y: float
    pinned: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """That a person accepts a finding, with the reason. `accepted` digests what the finding said then."""

    id: Id
    number: str
    code: str
    about: tuple[Id, ...] = field(metadata=points_at("*"))
    why: str
    by: str = ""
    accepted: str = ""

    def __post_init__(self) -> None:
        said(self.why, "Give the reason for accepting this finding: it prints.")


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedBrief:
    """A brief that went out: template, time (UTC), the PDF's SHA-256, and the journal's head then."""

    id: Id
    number: str
    template: str
    when: str
    sha256: str = ""
    head: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A named point in the history of a case, by the length and head of the journal then."""

    id: Id
    number: str
    name: str
    when: str = ""
    entries: int = 0
    head: str = ""

    def __post_init__(self) -> None:
        said(self.name, "Give the checkpoint a name.")
