"""Opens the case that a command names, whatever its form, and finds the entities that it names."""

import sys
from getpass import getpass
from pathlib import Path

import click

from evidencemap.cli.paper import one_line, tell
from evidencemap.errors import EvidenceMapError, ListingRefused
from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Entity
from evidencemap.model.records import Id
from evidencemap.tongue import _

CASE_FILE = ".evmap"
"""The ending of case files."""

PROFILE = click.option("--profile", metavar="NAME", help="Read the case by this profile, not its own.")
"""The option of every command whose answer a profile changes."""

_LACKS = ("warrant", "denominator")
"""What a step can lack: its gaps are named after these."""

_DATABASE = b"SQLite format 3\0"
_ENCRYPTED = b"EvidenceMap key\0"


def is_case_file(path: Path) -> bool:
    """Say whether a path names a case file: by its ending, or by how its bytes begin."""
    if path.suffix.lower() == CASE_FILE:
        return True
    if path.suffix.lower() in (".yaml", ".yml", ".json") or not path.is_file():
        return False  # What comes through a pipe is read once.
    try:
        with path.open("rb") as file:
            return file.read(len(_DATABASE)) in (_DATABASE, _ENCRYPTED)
    except OSError:
        return False


def passphrase_for(path: Path) -> str | None:
    """Return the passphrase of an encrypted case file, asked for once a command; None where it has none."""
    if not is_case_file(path):
        return None
    from evidencemap.storage.passphrases import recipe_at

    if recipe_at(path) is None:
        return None
    held = click.get_current_context().meta.setdefault("evidencemap.passphrases", {})
    if path not in held:
        held[path] = read_secret(_("Passphrase of {name}: ").format(name=path.name))
    return str(held[path])


def read_secret(prompt: str) -> str:
    """Return what a person types without showing it, or the next line of standard input.

    Raises EvidenceMapError where there is none.
    """
    if sys.stdin is not None and sys.stdin.isatty():
        typed = getpass(prompt)
    else:
        try:
            typed = "" if sys.stdin is None else sys.stdin.readline().rstrip("\r\n")
        except (OSError, ValueError):
            typed = ""
    if not typed:
        raise EvidenceMapError(
            _("{prompt}: type it, or give it as a line of standard input.").format(prompt=prompt.rstrip(": "))
        )
    return typed


def case_by(path: Path, profile: str | None) -> Case:
    """Return the case at a path as it reads by a profile; without one, by its own.

    Raises EvidenceMapError with one sentence where there is no case or no such profile.
    """
    held = the_case(path)
    if profile is None:
        return held
    from evidencemap.analysis.policy import policy
    from evidencemap.model import verbs

    return held.after(verbs.set_field(held, held.header.id, "profile", policy(profile).name))


def the_case(path: Path) -> Case:
    """Return the case at a path; what should be known about it goes to stderr.

    A case file is read through a private copy and never locked. Raises EvidenceMapError with one
    sentence where there is no case.
    """
    refuse_no_file(path)
    if not is_case_file(path):
        return read_text(path)
    from evidencemap.session import read_case

    case, notices = read_case(path, passphrase_for(path))
    for notice in notices:
        tell(one_line(notice))
    return case


def read_text(path: Path) -> Case:
    """Return the case of a listing or its JSON twin. Raises ListingRefused, naming file and line."""
    from evidencemap.exchange.formats import format_of, formats

    refuse_no_file(path)
    known = path.suffix.lower() in {ending for each in formats().values() for ending in each.endings}
    chosen = format_of(path) if known else formats()["listing"]
    assert chosen.read is not None
    try:
        return chosen.read(path)
    except ListingRefused as refusal:
        sentence = str(refusal)
        raise ListingRefused(sentence if path.name in sentence else f"{path.name}: {sentence}") from None


def refuse_no_file(path: Path) -> None:
    """Raise EvidenceMapError where a path names nothing that could be read."""
    from evidencemap.exchange.files import is_named_pipe

    if path.is_dir():
        raise EvidenceMapError(_("{path} is a folder: name a file.").format(path=path))
    if not path.exists():
        raise EvidenceMapError(_("There is no file {path}.").format(path=path))
    if is_named_pipe(path):
        raise EvidenceMapError(_("{name} is not a regular file.").format(name=path.name))


def entity(case: Case, number: str) -> Entity:
    """Return the entity that a visible number names. Raises EvidenceMapError where there is none."""
    number = number.strip()
    if not number:
        raise EvidenceMapError(_("Say by its number what you ask about, such as C1."))
    found = case.numbered(number) or case.numbered(number.upper())
    if found is None:
        step, _dot, lack = number.partition(".")
        if lack in _LACKS and case.numbered(step) is not None:
            said = _("{number} is a gap and not a thing of its own: ask about {step}.")
            raise EvidenceMapError(said.format(number=number, step=step))
        raise EvidenceMapError(_("There is no {number} in this case.").format(number=number))
    return found


def claim_of(case: Case, number: str) -> Claim:
    """Return the claim that a visible number names. Raises EvidenceMapError for anything else."""
    found = entity(case, number)
    if not isinstance(found, Claim):
        raise EvidenceMapError(
            _("{number} is not a claim: name a claim, a method, an assumption or an ask.").format(
                number=found.number
            )
        )
    return found


def named(case: Case, identity: Id) -> str:
    """Return how people name an id: its number, `P10.warrant` for a gap, `E2.S1` for a derived step."""
    if identity in case:
        return case.number(identity)
    head, dot, tail = identity.partition(".")
    if dot and Id(head) in case:
        part = case.number(Id(tail)) if Id(tail) in case else tail
        return f"{case.number(Id(head))}.{part}"
    return identity


def numbers(case: Case, ids: object) -> list[str]:
    """Return the numbers of some ids, sorted as people count."""
    from evidencemap.model.kinds import number_key

    assert hasattr(ids, "__iter__")
    return sorted({named(case, each) for each in ids}, key=number_key)


def gap(case: Case, name: str) -> Id:
    """Return the id of what may be granted or withdrawn: a number, or a gap such as `P10.warrant`."""
    head, dot, tail = name.partition(".")
    found = entity(case, head)
    if not dot:
        return found.id
    if tail not in _LACKS:
        raise EvidenceMapError(
            _("{name} is no gap of a step: write {head}.warrant or {head}.denominator.").format(
                name=name, head=head
            )
        )
    return Id(f"{found.id}.{tail}")


def checked_fingerprint(typed: str | None) -> str:
    """Return a fingerprint as it is compared: 64 small hexadecimal digits, or empty where none was named.

    Raises EvidenceMapError for half of one and for an empty one: a check that was asked for is made.
    """
    if typed is None:
        return ""
    plain = typed.replace(" ", "").replace(":", "").lower()
    if len(plain) != 64 or set(plain) - set("0123456789abcdef"):
        raise EvidenceMapError(_("A fingerprint is 64 hexadecimal digits: copy all of it."))
    return plain
