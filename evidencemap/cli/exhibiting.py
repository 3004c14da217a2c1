"""The commands about exhibits: files kept inside a case, by their SHA-256."""

import sys
from collections.abc import Callable
from pathlib import Path

import click

from evidencemap.cli.cases import (
    checked_fingerprint,
    entity,
    is_case_file,
    passphrase_for,
    refuse_no_file,
    the_case,
)
from evidencemap.cli.paper import columns, count, is_terminal, one_line, paragraph, say, say_json, tell
from evidencemap.errors import EvidenceMapError
from evidencemap.tongue import _

PATH = click.Path(path_type=Path)

BY = click.option("--by", default="", metavar="NAME", help="Who did it, for the custody.")
WHY = click.option("--why", default="", metavar="TEXT", help="Why, for the custody.")
FINGERPRINT = click.option("--fingerprint", metavar="HEX", help="The key that must have sealed it.")


@click.group("exhibit", short_help="Files kept inside the case, by SHA-256.")
def exhibit_command() -> None:
    """Keep files inside a case file, list them, take copies out, and prove that one is in it.

    An exhibit is known by its SHA-256 and is never opened. Its name is data and never a path.
    """


@exhibit_command.command("add", short_help="Keep a file inside the case.")
@click.argument("case", type=PATH)
@click.argument("file", type=PATH)
@click.option("--to", "item", default="", metavar="E1", help="The item of evidence that it belongs to.")
@BY
@WHY
def add_command(case: Path, file: Path, item: str, by: str, why: str) -> None:
    """Keep FILE inside the case file CASE as an exhibit, and publish the case.

    Who, when (UTC), how and why go into its custody. Content that the case has already is kept once.
    """
    from evidencemap.model.entities import Exhibit
    from evidencemap.session import Session

    _refuse_no_case_file(case)
    refuse_no_file(file)
    with Session.open(case, passphrase=passphrase_for(case)) as session:
        to = entity(session.case, item).id if item else None
        before = len(session.case.of(Exhibit))
        added = session.add_exhibit(file, to=to, by=by, why=why, progress=_progress(file.name))
        fresh = len(session.case.of(Exhibit)) > before
        for notice in session.notices:
            tell(one_line(notice))
    if fresh:
        say(
            _("Added {number}: {file}, {bytes}, {kind}.").format(
                number=added.number,
                file=one_line(added.name),
                bytes=count(added.size, "byte"),
                kind=added.media_type,
            )
        )
    else:
        say(
            _("{file} is in the case already, as {number} ({name}).").format(
                file=one_line(file.name), number=added.number, name=one_line(added.name)
            )
        )
    say(f"SHA-256 {added.sha256}")


@exhibit_command.command("list", short_help="What files the case holds.")
@click.argument("case", type=PATH)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def list_command(case: Path, as_json: bool) -> None:
    """List the exhibits of CASE: number, SHA-256, size and name, and the last entry of the custody."""
    from evidencemap.model.entities import Exhibit
    from evidencemap.model.plain import to_plain

    held = the_case(case)
    exhibits = held.sorted(Exhibit)
    if as_json:
        rows = [{"number": each.number, **to_plain(each, held.number)} for each in exhibits]
        say_json({"format": 1, "exhibits": rows})
        return
    if not exhibits:
        say(_("There is no exhibit in this case."))
    table = [(each.number, count(each.size, "byte"), one_line(each.name)) for each in exhibits]
    for line, each in zip(columns(table, indent=0), exhibits, strict=True):
        say(line)
        say(f"  {each.sha256}")
        for entry in each.custody:
            what = (
                _("{what} by {who}").format(what=_(entry.what), who=entry.who) if entry.who else _(entry.what)
            )
            parts = (entry.when, what, entry.how, entry.why)
            paragraph(", ".join(part for part in parts if part), indent=2)


@exhibit_command.command("extract", short_help="Copy an exhibit out of the case.")
@click.argument("case", type=PATH)
@click.argument("number")
@click.argument("folder", type=PATH)
@BY
@WHY
def extract_command(case: Path, number: str, folder: Path, by: str, why: str) -> None:
    """Copy the exhibit NUMBER of the case file CASE into FOLDER, as a new file under a safe name.

    Nothing is written over. The case stays as it is; with --by or --why the copy is written into the
    custody of the exhibit and the case is published.
    """
    from evidencemap.session import Session
    from evidencemap.storage.proofs import extract_published

    _refuse_no_case_file(case)
    if by or why:
        with Session.open(case, passphrase=passphrase_for(case)) as session:
            held = entity(session.case, number)
            made = session.extract_exhibit(held.id, folder, by=by, why=why)
    else:
        made = extract_published(case, number, folder, passphrase_for(case))
    say(_("Wrote {out}.").format(out=one_line(str(made.path))))
    if made.warning:
        tell(one_line(made.warning))


@exhibit_command.command("verify", short_help="Whether the exhibits are what was added.")
@click.argument("case", type=PATH)
@click.argument("files", nargs=-1, type=PATH)
def verify_command(case: Path, files: tuple[Path, ...]) -> int:
    """Compute the SHA-256 of every exhibit of CASE anew, and say which exhibit each of FILES is.

    Ends with status 1 where bytes are not those that were added, or a file is no exhibit.
    """
    from evidencemap.storage.exhibits import digest_of
    from evidencemap.storage.proofs import verify_published

    _refuse_no_case_file(case)
    known: dict[str, str] = {}
    for exhibit, whole in verify_published(case, passphrase_for(case)):
        known[exhibit.sha256] = exhibit.number
        said = (
            _("{number} is as it was added.")
            if whole
            else _("{number} is not here: the case holds its name and digest only.")
        )
        say(said.format(number=exhibit.number))
    strange = 0
    for file in files:
        number = known.get(digest_of(file))
        strange += number is None
        said = (
            _("{name} is none of the exhibits.") if number is None else _("{name} is {number}, bit for bit.")
        )
        say(said.format(name=one_line(file.name), number=number))
    return int(strange > 0)


@exhibit_command.command("prove", short_help="A proof that an exhibit is in the case.")
@click.argument("case", type=PATH)
@click.argument("number")
@click.option("-o", "--output", type=PATH, required=True, help="The file to write, such as proof.json.")
def prove_command(case: Path, number: str, output: Path) -> None:
    """Write a proof that the exhibit NUMBER is in the case file CASE as it was last published.

    Whoever has the exhibit and the proof can check it without the case, and learns nothing else of it.
    """
    from evidencemap.exchange.files import write_new
    from evidencemap.storage.proofs import prove

    _refuse_no_case_file(case)
    write_new(output, prove(case, number, passphrase_for(case)).encode("utf-8"))
    say(_("Wrote {out}.").format(out=one_line(str(output))))


@exhibit_command.command("check", short_help="Whether a proof holds for a file.")
@click.argument("proof", type=PATH)
@click.argument("file", type=PATH)
@FINGERPRINT
def check_command(proof: Path, file: Path, fingerprint: str | None) -> int:
    """Check PROOF for FILE, without the case. Ends with status 1 where it does not hold, and says why."""
    from evidencemap.storage.proofs import check_proof

    refuse_no_file(proof)
    refuse_no_file(file)
    found = check_proof(proof, file, checked_fingerprint(fingerprint))
    for sentence in found.sentences:
        paragraph(sentence)
    return int(not found.ok)


def _refuse_no_case_file(case: Path) -> None:
    refuse_no_file(case)
    if not is_case_file(case):
        raise EvidenceMapError(
            _("{name} is no case file (.evmap): only a case file holds exhibits.").format(name=case.name)
        )


def _progress(name: str) -> Callable[[float], None]:
    """Return what tells a person at a terminal how far a file is in, in steps of ten."""
    told = 0

    def hear(part: float) -> None:
        nonlocal told
        if is_terminal(sys.stderr) and int(part * 10) > told:
            told = int(part * 10)
            tell(f"{one_line(name)}: {told * 10} %")

    return hear
