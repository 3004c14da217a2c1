"""The closed lists of words that fields may hold, spelled as people read them."""

from enum import IntEnum, StrEnum


class Grade(IntEnum):
    """What something can carry, as an ordinal word. Never a percentage, never added or averaged."""

    NOTHING = 0
    SUGGESTIVE = 1
    PROBABLE = 2
    STRONG = 3
    ESTABLISHED = 4

    @property
    def word(self) -> str:
        """Return the grade as people read it, such as `probable`."""
        return self.name.lower()

    @classmethod
    def from_word(cls, word: str) -> "Grade":
        """Return the grade that a word names. Raises ValueError for any other word."""
        try:
            return cls[word.upper()]
        except KeyError:
            raise ValueError(f"{word!r} is not a grade") from None


class SourceKind(StrEnum):
    """What sort of thing a source is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    DOCUMENT = "document"
    DATASET = "dataset"
    OUTLET = "outlet"
    INSTRUMENT = "instrument"


class Genre(StrEnum):
    """The form in which a source speaks, which sets the evidential bar of its venue."""

    LOG = "log"
    DATASET = "dataset"
    FORENSIC_REPORT = "forensic report"
    PAPER = "paper"
    COURT_FILING = "court filing"
    TESTIMONY = "testimony"
    MEMO = "memo"
    ADVOCACY_LETTER = "advocacy letter"
    PRESS_REPORT = "press report"
    SOCIAL_POST = "social post"
    OPINION = "opinion"


class Reliability(StrEnum):
    """How reliable a source is, by the Admiralty letters; F is `cannot be judged`."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class Reply(StrEnum):
    """What the person or organisation named said when asked."""

    NOT_ASKED = "not asked"
    ASKED = "asked"
    DECLINED = "declined"
    DENIED = "denied"
    ADMITTED = "admitted"
    ANSWERED = "answered"


class Seen(StrEnum):
    """How the analyst knows the thing: the original, a copy, or only a description of it."""

    ORIGINAL = "original"
    COPY = "copy"
    DESCRIBED_ONLY = "described only"


class TieKind(StrEnum):
    """How a source belongs to another. Only `linked to` leaves open whether the other has a say in it."""

    PART_OF = "part of"
    OWNED_BY = "owned by"
    FUNDED_BY = "funded by"
    EMPLOYED_BY = "employed by"
    LINKED_TO = "linked to"


class EvidenceKind(StrEnum):
    """What sort of evidence an item is. An illustration explains and proves nothing."""

    DOCUMENTARY = "documentary"
    PHYSICAL = "physical"
    TESTIMONIAL = "testimonial"
    ANALYTICAL = "analytical"
    ILLUSTRATION = "illustration"


class EvidenceState(StrEnum):
    """Whether the item is in hand."""

    HELD = "held"
    REPORTED = "reported"
    WITHDRAWN = "withdrawn"


class ClaimKind(StrEnum):
    """What a claim is about; the kind brings its standard and its list of questions."""

    VOLUME = "volume"
    ATTRIBUTION = "attribution"
    PURPOSE = "purpose"
    EFFECT = "effect"
    MECHANISM = "mechanism"
    EXISTENCE = "existence"
    INTENT = "intent"
    COMPARISON = "comparison"
    MAGNITUDE = "magnitude"
    SUPERLATIVE = "superlative"
    BACKGROUND = "background"
    METHOD = "method"
    ASSUMPTION = "assumption"
    ASK = "ask"


class Knowability(StrEnum):
    """Where the answer lives: a log, an investigation, an inference, or out of its author's sight."""

    LOGGED = "logged"
    INVESTIGABLE = "investigable"
    INFERABLE = "inferable"
    UNOBSERVABLE = "unobservable to its author"


class Modality(StrEnum):
    """Whether a claim says what is, what may be, what would be, or what ought to be."""

    ACTUAL = "actual"
    POSSIBLE = "possible"
    CONDITIONAL = "conditional"
    NORMATIVE = "normative"


class Dispute(StrEnum):
    """Whether the parties dispute the claim."""

    AGREED = "agreed"
    DISPUTED = "disputed"


class Standard(StrEnum):
    """How much must be for a claim, and how little against it, before it stands.

    The five standards of Gordon, Prakken and Walton, "The Carneades model" (2007).
    """

    SCINTILLA = "scintilla"
    PREPONDERANCE = "preponderance"
    CLEAR_AND_CONVINCING = "clear and convincing"
    BEYOND_REASONABLE_DOUBT = "beyond reasonable doubt"
    DIALECTICAL_VALIDITY = "dialectical validity"


class Obtainable(StrEnum):
    """Whether what is requested can be had."""

    IN_HAND = "in hand"
    REQUESTABLE = "requestable"
    UNLIKELY = "unlikely"
    IMPOSSIBLE = "impossible"


class RequestState(StrEnum):
    """How far a request has come."""

    NOT_ASKED = "not asked"
    ASKED = "asked"
    REFUSED = "refused"
    RECEIVED = "received"


class Verification(StrEnum):
    """Who has checked a number."""

    SELF_REPORTED = "self-reported"
    AUDITED = "audited"
    REPLICATED = "replicated"


class RemarkKind(StrEnum):
    """What a reviewer's remark is."""

    QUESTION = "question"
    CHALLENGE = "challenge"
    ALTERNATIVE = "alternative"
    CORRECTION = "correction"


class RemarkState(StrEnum):
    """Whether a remark is still open; what is open goes into the brief as dissent."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REBUTTED = "rebutted"


class LinkKind(StrEnum):
    """The two plain relations that are no reasoning."""

    COMPARED_WITH = "compared with"
    RIVAL_OF = "rival of"
