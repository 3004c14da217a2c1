"""Errors that a person may read: each is one helpful sentence about what to do."""


class EvidenceMapError(Exception):
    """The world is at fault, not the program; the text is a sentence for the person."""


class RuleBroken(EvidenceMapError):
    """An edit would break a rule that every case must satisfy; nothing was changed."""


class ListingRefused(EvidenceMapError):
    """A listing cannot be read; the sentence names the line."""


class CaseFileRefused(EvidenceMapError):
    """A file is no case that this program may trust, or cannot be written where it lies."""
