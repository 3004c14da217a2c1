"""The commands about trusting a case file: history and verify."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidencemap.cli.cases import checked_fingerprint, is_case_file, passphrase_for, refuse_no_file
from evidencemap.cli.paper import columns, one_line, paragraph, say, say_json, tell
from evidencemap.errors import EvidenceMapError
from evidencemap.model.labels import label_said
from evidencemap.tongue import _

if TYPE_CHECKING:
    from evidencemap.session import Verification

PATH = click.Path(path_type=Path)


@click.command("history", short_help="Every edit, as the journal holds it.")
@click.argument("case", type=PATH)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def history_command(case: Path, as_json: bool) -> None:
    """List every line of the journal of CASE, the oldest first: when, by whom, and what was done.

    Times are UTC. What was undone stays on the record.
    """
    from evidencemap.session import read_history

    _refuse_no_case_file(case, _("it has no history"))
    lines = read_history(case, passphrase_for(case))
    if as_json:
        rows = [
            {
                "entry": line.entry,
                "at": line.at,
                "by": line.by,
                "kind": line.kind.value,
                "of": line.of,
                "label": line.label,
                "digest": line.digest.hex(),
            }
            for line in lines
        ]
        say_json({"format": 1, "history": rows})
        return
    table = [(str(line.entry), line.at, line.said, one_line(label_said(line.label))) for line in lines]
    for row in columns(table, indent=0):
        say(row)


@click.command("verify", short_help="Whether the file, its journal and its tables agree.")
@click.argument("case", type=PATH)
@click.option("--fingerprint", metavar="HEX", help="The key that must have sealed CASE.")
@click.option("--brief", type=PATH, metavar="FILE.pdf", help="Say whether this PDF was issued from CASE.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def verify_command(case: Path, fingerprint: str | None, brief: Path | None, as_json: bool) -> int:
    """Check that the case file CASE is as it was published: its journal, its tables and its digests.

    Ends with status 1 where anything is damaged, and says what, the first damage first; where somebody
    else sealed CASE, unless --fingerprint names that key (get it another way than CASE); with --brief,
    also where the PDF is no brief that CASE has on record.
    """
    from evidencemap.session import verify

    _refuse_no_case_file(case, _("there is nothing to verify"))
    found = verify(case, checked_fingerprint(fingerprint), passphrase=passphrase_for(case))
    if brief is not None:
        return _verify_brief(case, brief, found, as_json=as_json)
    if as_json:
        say_json(
            {
                "format": 1,
                "ok": found.ok,
                "sentences": list(found.sentences),
                "head": found.head,
                "root": found.root,
                "entries": found.entries,
                "sealed_by": found.sealed_by,
            }
        )
        return int(not found.ok)
    for sentence in found.sentences:
        paragraph(sentence)
    if found.head:
        say(_("Head of the journal:\n  {head}").format(head=found.head))
    if found.root:
        say(_("Root of the tables:\n  {root}").format(root=found.root))
    return int(not found.ok)


@click.command("seal", short_help="Sign what the case says now.")
@click.argument("case", type=PATH)
def seal_command(case: Path) -> None:
    """Sign what the case file CASE says now with your key, publish it, and print the key's fingerprint.

    The key is made when it is first needed and stays on this machine. Whoever has the fingerprint from
    you, and not with the case, can see with verify whether anything was changed.
    """
    from evidencemap.session import Session

    _refuse_no_case_file(case, _("there is nothing to seal"))
    with Session.open(case, passphrase=passphrase_for(case)) as session:
        fingerprint = session.seal()
        for notice in session.notices:
            tell(one_line(notice))
    say(_("Sealed {name} with the key\n  {fingerprint}").format(name=case.name, fingerprint=fingerprint))


@click.command("timestamp", short_help="Ask for a time stamp, or take one in.")
@click.argument("case", type=PATH)
@click.option("-o", "--output", type=PATH, help="Write the request here, such as request.tsq.")
@click.option("--answer", type=PATH, metavar="FILE.tsr", help="Take in what the authority sent back.")
def timestamp_command(case: Path, output: Path | None, answer: Path | None) -> None:
    """Write a request for a time stamp (RFC 3161) over the last publication of the case file CASE, or
    take the answer in, check it, and publish it with the case.

    Nothing is sent: carry the files yourself. The request holds one SHA-256 and nothing of the case.
    """
    from evidencemap.storage.timestamps import published_head, request, told

    _refuse_no_case_file(case, _("there is nothing to stamp"))
    if (output is None) == (answer is None):
        raise EvidenceMapError(
            _("Say either -o request.tsq, to ask, or --answer FILE, to take in what came.")
        )
    if output is not None:
        from evidencemap.exchange.files import write_new
        from evidencemap.session import read_history

        line = published_head(read_history(case, passphrase_for(case)))
        write_new(output, request(line.digest))
        say(
            _("Wrote {output}: the request for a time stamp over entry {entry}.").format(
                output=output, entry=line.entry
            )
        )
        return
    from evidencemap.session import Session

    assert answer is not None
    refuse_no_file(answer)
    with Session.open(case, passphrase=passphrase_for(case)) as session:
        stamp, entry = session.add_time_stamp(answer)
        for notice in session.notices:
            tell(one_line(notice))
    paragraph(told(stamp, entry))


def _verify_brief(case: Path, brief: Path, found: "Verification", *, as_json: bool) -> int:
    from evidencemap.brief.issued import LARGEST, judge
    from evidencemap.exchange.files import read_bounded
    from evidencemap.session import read_case
    from evidencemap.storage.verification import read_journal

    refuse_no_file(brief)
    data = read_bounded(brief, LARGEST)
    if not found.ok:
        sentences = (*found.sentences, _("So nothing can be said of the brief."))
        ok = False
    else:
        opens = passphrase_for(case)
        judged = judge(data, brief.name, read_case(case, opens)[0], read_journal(case, opens))
        ok, sentences = judged.genuine, judged.sentences
    if as_json:
        say_json({"format": 1, "ok": ok, "case_ok": found.ok, "sentences": list(sentences)})
    else:
        for sentence in sentences:
            paragraph(sentence)
    return int(not ok)


def _refuse_no_case_file(case: Path, consequence: str) -> None:
    refuse_no_file(case)
    if not is_case_file(case):
        raise EvidenceMapError(
            _("{name} is no case file (.evmap): {consequence}.").format(
                name=case.name, consequence=consequence
            )
        )
