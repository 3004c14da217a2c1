"""What a case argues with, as frozen values that check themselves; and what every entity is."""

from dataclasses import dataclass, field

from evidencemap.errors import RuleBroken
from evidencemap.model.records import (
    CLAIMS,
    SECOND,
    THIRD,
    Anchor,
    Collected,
    Custody,
    Id,
    Retracted,
    Tie,
    Undercut,
    points_at,
    said,
)
from evidencemap.model.upkeep import Acceptance, Checkpoint, IssuedBrief, Placement
from evidencemap.model.words import (
    ClaimKind,
    Dispute,
    EvidenceKind,
    EvidenceState,
    Genre,
    Grade,
    Knowability,
    LinkKind,
    Modality,
    Obtainable,
    Reliability,
    RemarkKind,
    RemarkState,
    Reply,
    RequestState,
    Seen,
    SourceKind,
    Standard,
    Verification,
)
from evidencemap.tongue import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a case says of itself. Its id is the id of the case; its number is always `case`.

    `series`, `topic` and `week` place the text that it is about among others, as they are printed.
    """

    id: Id
    number: str = "case"
    title: str
    question: str = ""
    series: str = field(default="", metadata=SECOND)
    topic: str = field(default="", metadata=SECOND)
    week: str = field(default="", metadata=SECOND)
    as_of: str = ""
    standard: Standard = Standard.PREPONDERANCE
    profile: str = "standard"
    to: str = ""
    sender: str = field(default="", metadata={"key": "from"})
    handling: str = ""
    review_by: str = ""
    standing_questions: tuple[str, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        said(self.title, "Give the case a title.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who or what something comes from. Says nothing about whether it is right.

    `knows` lists the claim kinds that it is in a position to know; None means not recorded. `verb` is
    the word with which it tells what it passes on; `ties` say to whom it belongs.
    """

    id: Id
    number: str
    name: str
    kind: SourceKind = SourceKind.DOCUMENT
    genre: Genre | None = None
    reliability: Reliability = Reliability.F
    knows: tuple[ClaimKind, ...] | None = None
    interest: str = ""
    gains_from: tuple[Id, ...] = field(default=(), metadata=points_at(CLAIMS))
    role: str = ""
    reply: Reply | None = None
    reply_date: str = ""
    seen: Seen | None = None
    caveats: str = ""
    verb: str = field(default="", metadata=SECOND)
    wording: str = ""
    confidential: bool = False
    cites: tuple[tuple[str, str], ...] = ()
    ties: tuple[Tie, ...] = field(default=(), metadata=SECOND)
    retracted: Retracted | None = None

    def __post_init__(self) -> None:
        said(self.name, "Give the source a name.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One item: what a source says or shows. Its grade is computed and never typed in.

    `credibility` runs from 1 (confirmed) to 6 (cannot be judged), the Admiralty digits.
    """

    id: Id
    number: str
    text: str
    sources: tuple[Id, ...] = field(default=(), metadata=points_at("S", "from"))
    copied_from: tuple[Id, ...] = field(default=(), metadata=points_at("E"))
    credibility: int = 6
    kind: EvidenceKind = EvidenceKind.DOCUMENTARY
    state: EvidenceState = EvidenceState.HELD
    audited: bool = False
    quote: str = ""
    anchor: Anchor | None = None
    seen: Seen | None = None
    when: str = ""
    held_by: str = ""
    collected: Collected | None = None
    exhibits: tuple[Id, ...] = field(default=(), metadata=points_at("X"))
    undercut_by: tuple[Undercut, ...] = ()

    def __post_init__(self) -> None:
        said(self.text, "Give the evidence a text.")
        if not 1 <= self.credibility <= 6:
            raise RuleBroken(_("Credibility runs from 1 (confirmed) to 6 (cannot be judged)."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A statement that may stand or not: claims, methods, assumptions and asks alike.

    `stated` is how sure its author is, `stated_to` whom it was said to; `likelihood` and `confidence` are
    the analyst's own and enter no verdict. `stake` (1-5) is an ask's; the last three fields are a method's.
    """

    id: Id
    number: str
    text: str
    kind: ClaimKind = ClaimKind.EXISTENCE
    stated: Grade = Grade.NOTHING
    stated_by: tuple[Id, ...] = field(default=(), metadata=points_at("S"))
    stated_to: str = field(default="", metadata=SECOND)
    knowability: Knowability | None = None
    modality: Modality = Modality.ACTUAL
    hedges: tuple[str, ...] = ()
    dispute: Dispute | None = None
    when: str = ""
    standard: Standard | None = None
    likelihood: str = ""
    confidence: str = ""
    headline: bool = False
    parts: tuple[Id, ...] = field(default=(), metadata=points_at(CLAIMS))
    stake: int | None = None
    run_by: Id | None = field(default=None, metadata=points_at("S"))
    disclosed: bool | None = None
    error_rate: str = ""

    def __post_init__(self) -> None:
        said(self.text, "Give the claim a text.")
        if self.stake is not None and not 1 <= self.stake <= 5:
            raise RuleBroken(_("The stake of an ask runs from 1 (light) to 5 (heaviest)."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Evidence not in hand that would settle something. `hope` is the grade that it would have."""

    id: Id
    number: str
    text: str
    settles: tuple[Id, ...] = field(default=(), metadata=points_at(CLAIMS + "P"))
    hope: Grade = Grade.PROBABLE
    held_by: str = ""
    obtainable: Obtainable = Obtainable.REQUESTABLE
    state: RequestState = RequestState.NOT_ASKED
    all_of: str = ""
    answered_by: tuple[Id, ...] = field(default=(), metadata=points_at("E"))

    def __post_init__(self) -> None:
        said(self.text, "Say what is requested.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number and what it measures. `value`, `low` and `high` keep the digits as they were written."""

    id: Id
    number: str
    value: str
    low: str = ""
    high: str = ""
    approximate: bool = False
    unit: str = ""
    counted: str = ""
    called: str = ""
    window: str = ""
    method: Id | None = field(default=None, metadata=points_at(CLAIMS))
    out_of: Id | None = field(default=None, metadata=points_at("N"))
    verification: Verification | None = None
    stated_in: tuple[Id, ...] = field(default=(), metadata=points_at(CLAIMS + "E"))

    def __post_init__(self) -> None:
        said(self.value, "Give the number a value.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Reasoning from premises, all of them needed, to a conclusion; pro unless `con`.

    `ceiling` None means the ceiling of the scheme. `denominator` fills the one role that a scheme may
    need, `baseline` is what one large honest user would use. `answers` pairs the id of a critical
    question with its answer.
    """

    id: Id
    number: str
    premises: tuple[Id, ...] = field(metadata=points_at(CLAIMS + "E", "from"))
    conclusion: Id = field(metadata=points_at(CLAIMS + "E", "to"))
    scheme: str = "sign"
    warrant: Id | None = field(default=None, metadata=points_at(CLAIMS + "E"))
    con: bool = False
    undercut_by: tuple[Id, ...] = field(default=(), metadata=points_at(CLAIMS))
    ceiling: Grade | None = None
    denominator: Id | None = field(default=None, metadata=points_at("N"))
    baseline: Id | None = field(default=None, metadata=points_at("N"))
    answers: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not self.premises:
            raise RuleBroken(_("A step needs at least one premise: say what the conclusion follows from."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A plain relation between two quantities or two claims that is no reasoning."""

    id: Id
    number: str
    kind: LinkKind
    between: tuple[Id, ...] = field(metadata=points_at(CLAIMS + "N"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word, in all its forms, that carries a verdict or needs explaining.

    `gate` lists the claims that must be supported before the case may use it in its own voice.
    """

    id: Id
    number: str
    words: tuple[str, ...] = field(metadata={"key": "word"})
    definition: str = ""
    neutral: str = ""
    gate: tuple[Id, ...] = field(default=(), metadata=points_at(CLAIMS))

    def __post_init__(self) -> None:
        said("".join(self.words), "Give the term at least one form of its word.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A reviewer's question, challenge, alternative or correction on anything."""

    id: Id
    number: str
    about: Id = field(metadata=points_at("*"))
    text: str
    author: str = ""
    kind: RemarkKind = RemarkKind.QUESTION
    state: RemarkState = RemarkState.OPEN

    def __post_init__(self) -> None:
        said(self.text, "Give the remark a text.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What to look at again, by when, and why."""

    id: Id
    number: str
    about: Id | None = field(default=None, metadata=points_at("*"))
    by: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A file kept inside the case by its SHA-256. The original name is data and never a path.

    `struck` holds the passages that were clipped along, word for word: a footer, an advertisement.
    """

    id: Id
    number: str
    name: str
    sha256: str
    size: int = 0
    media_type: str = ""
    custody: tuple[Custody, ...] = ()
    struck: tuple[str, ...] = field(default=(), metadata=THIRD)

    def __post_init__(self) -> None:
        said(self.name, "Give the exhibit a name.")
        for passage in self.struck:
            said(passage, "Give the words of the passage that is struck out.")
        if len(self.sha256) != 64 or set(self.sha256) - set("0123456789abcdef"):
            raise RuleBroken(_("The SHA-256 of an exhibit is 64 lower-case hexadecimal digits."))


Node = Source | Evidence | Claim | Request | Quantity
"""What the map draws as a card."""

Entity = (
    Header
    | Source
    | Evidence
    | Claim
    | Request
    | Quantity
    | Step
    | Link
    | Term
    | Remark
    | Watch
    | Exhibit
    | Placement
    | Acceptance
    | IssuedBrief
    | Checkpoint
)
