"""What the brief command does: gathers what a brief tells, checks it, makes it, issues it."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidencemap.cli.cases import is_case_file, passphrase_for, read_secret, refuse_no_file, the_case
from evidencemap.cli.paper import count, entry, heading, one_line, say, say_json, series, tell
from evidencemap.errors import CaseFileRefused, EvidenceMapError
from evidencemap.model.labels import label_said
from evidencemap.tongue import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidencemap.brief.basis import Basis
    from evidencemap.brief.outline import Outline
    from evidencemap.brief.preflight import Preflight
    from evidencemap.model.case import Case
    from evidencemap.session import Session
    from evidencemap.storage.journal import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which brief is wanted: its template, date, paper, whether the case comes along, the reasons given.

    `key` is the file with which an issued brief is signed; None for none.
    """

    template: str
    day: str
    paper: str = "letter"
    archive: bool = False
    why: str = ""
    despite: str = ""
    key: Path | None = None


def write_brief(path: Path, out: Path, wish: Wish) -> None:
    """Write a draft of a brief as PDF, web page or plain text, by the ending of `out`."""
    from evidencemap.brief.preflight import in_short, preflight
    from evidencemap.exchange.files import write_over

    told = _read(path, wish)
    outline = outline_of(told, wish)
    ending = out.suffix.lower()
    if ending == ".pdf":
        data, pages = pdf_of(told.case, outline, wish)
        made = _("Wrote {out}: {pages}.").format(out=out, pages=count(pages, "page"))
    elif ending == ".html":
        from evidencemap.brief.html import web_page

        data, made = web_page(outline).encode("utf-8"), _("Wrote {out}.").format(out=out)
    else:
        from evidencemap.brief.text import plain_text

        data, made = plain_text(outline).encode("utf-8"), _("Wrote {out}.").format(out=out)
    write_over(out, data)
    checks = preflight(told, outline)
    if checks.checks:
        tell(one_line(in_short(checks)))
    say(made)


def check_brief(path: Path, wish: Wish, *, as_json: bool) -> int:
    """Print what the checks before a brief goes out say; return 1 where something blocks it."""
    from evidencemap.brief.preflight import preflight

    told = _read(path, wish)
    found = preflight(told, outline_of(told, wish))
    if as_json:
        say_json(_as_data(found, wish))
    else:
        _print_checks(found, wish)
    return int(found.blocked)


def issue_brief(path: Path, out: Path, wish: Wish) -> int:
    """Issue a brief: write its PDF and record it in the case file; return 1 where something blocks it.

    Nothing is written and nothing recorded unless both are. A file that exists is refused. The digest
    on record is that of the file as it goes out, its signature included.
    """
    from evidencemap.brief.issued import as_issued
    from evidencemap.brief.preflight import preflight
    from evidencemap.session import Session

    _refuse_to_issue(path, out, wish)
    with Session.open(path, passphrase=passphrase_for(path)) as session:
        for notice in session.notices:
            tell(one_line(notice))
        if session.read_only:
            raise EvidenceMapError(
                _("{name} is open in another window: close it, then issue the brief.").format(name=path.name)
            )
        published = session.save()
        case, lines = session.case, session.history()
        _refuse_without_why(case, wish)
        told = _basis(case, published, lines, wish, before=as_issued(case, lines), issued=True)
        outline = outline_of(told, wish)
        checks = preflight(told, outline)
        if checks.blocked and not wish.despite:
            _tell_what_blocks(checks)
            return 1
        data, pages = pdf_of(case, outline, wish)
        signer = ""
        if wish.key is not None:
            data, signer = _signed(data, wish.key)
        number = _put_on_record(session, out, data, wish)
    say(
        _("Issued {out} as {number}: {pages}, recorded in {name}.").format(
            out=out, number=number, pages=count(pages, "page"), name=path.name
        )
    )
    if signer:
        say(one_line(signer))
    return 0


def _refuse_to_issue(path: Path, out: Path, wish: Wish) -> None:
    """Refuse, before anything is opened, what cannot come to a brief on record."""
    refuse_no_file(path)
    if not is_case_file(path):
        raise EvidenceMapError(
            _("{name} is no case file (.evmap): a brief is issued from one, so that it is on record.").format(
                name=path.name
            )
        )
    if out.exists():
        raise CaseFileRefused(_("{name} exists already: give another name.").format(name=out.name))
    if wish.key is not None:
        from evidencemap.brief.signing.asking import refuse_unless_signable

        refuse_unless_signable(wish.key)


def _refuse_without_why(case: "Case", wish: Wish) -> None:
    """Refuse a later brief of which nobody says what it is for."""
    from evidencemap.brief.issued import last_issued

    earlier = last_issued(case)
    if earlier is not None and not wish.why:
        raise EvidenceMapError(
            _("A brief was issued before, as {number}: say with --why what this one is for.").format(
                number=earlier.number
            )
        )


def _tell_what_blocks(checks: "Preflight") -> None:
    from evidencemap.brief.preflight import Weight, in_short

    tell(one_line(in_short(checks)))
    for each in checks.checks:
        if each.weight is Weight.BLOCKS:
            tell(one_line(f"  {each.code}: {each.sentence}"))
    tell(_("Not issued. Mend or accept these findings, or give the reason to issue with --despite."))


def _put_on_record(session: "Session", out: Path, data: bytes, wish: Wish) -> str:
    """Write a brief and record it, both or neither; return the number of the record."""
    from evidencemap.brief.issued import reason_on_record
    from evidencemap.exchange.files import write_new

    write_new(out, data)
    try:
        recorded = reason_on_record(wish.why, wish.despite)
        made = session.issue(wish.template, hashlib.sha256(data).hexdigest(), recorded)
        session.save()
    except BaseException:
        out.unlink(missing_ok=True)
        raise
    return made.changes[0].entity.number


def _signed(data: bytes, key: Path) -> tuple[bytes, str]:
    """Return the PDF with a signature, and the sentence that says whose it is."""
    from evidencemap.brief.signing.asking import KeyFile, signed, whose

    made = signed(
        data, KeyFile(path=key, passphrase=read_secret(_("Passphrase of {name}: ").format(name=key.name)))
    )
    return made.data, whose(made)


def outline_of(told: "Basis", wish: Wish) -> "Outline":
    """Return the outline of a brief. Raises EvidenceMapError where there is no such template."""
    from evidencemap.brief.templates import TEMPLATES

    if wish.template not in TEMPLATES:
        raise EvidenceMapError(
            _("There is no template {template}: the templates are {names}.").format(
                template=wish.template, names=series(TEMPLATES)
            )
        )
    return TEMPLATES[wish.template](told)


def pdf_of(case: "Case", outline: "Outline", wish: Wish) -> tuple[bytes, int]:
    """Return the PDF of a brief and its pages; with the case inside, as PDF/A-3a, where that is wanted."""
    from evidencemap.brief.pdf import pdf_of_case
    from evidencemap.exchange.json_case import write_json
    from evidencemap.exchange.listing import write_listing

    listing = write_listing(case).encode()
    twin = write_json(case).encode() if wish.archive else None
    data, report = pdf_of_case(outline, listing, twin, paper=wish.paper)
    if report.unknown_glyphs:
        missing = series(name for name, _ in report.unknown_glyphs[:5])
        tell(
            _("No font that ships has {missing}: these characters print as their numbers.").format(
                missing=missing
            )
        )
    return data, report.pages


def _read(path: Path, wish: Wish) -> "Basis":
    refuse_no_file(path)
    case = the_case(path)
    if not is_case_file(path):
        from evidencemap.brief.basis import basis

        return basis(case, wish.day, why=wish.why, despite=wish.despite)
    from evidencemap.brief.issued import as_issued
    from evidencemap.storage.verification import read_journal

    lines = read_journal(path, passphrase_for(path))
    return _basis(case, path, lines, wish, before=as_issued(case, lines))


def _basis(
    case: "Case",
    path: Path,
    lines: "Sequence[Line]",
    wish: Wish,
    *,
    before: "Case | None",
    issued: bool = False,
) -> "Basis":
    from evidencemap.brief.basis import basis
    from evidencemap.brief.issued import history_in_words
    from evidencemap.session import verify

    found = verify(path, passphrase=passphrase_for(path))
    return basis(
        case,
        wish.day,
        digest=found.root,
        history=history_in_words(found),
        issued=issued,
        why=wish.why,
        despite=wish.despite,
        before=before,
        journal=tuple((line.at, label_said(line.label) or line.said, line.by) for line in lines),
    )


def _as_data(found: "Preflight", wish: Wish) -> dict[str, Any]:
    return {
        "format": 1,
        "template": wish.template,
        "blocked": found.blocked,
        "pages": {paper: length.pages for paper, length in found.lengths.items()},
        "last_page": {paper: round(length.last, 2) for paper, length in found.lengths.items()},
        "checks": [
            {
                "code": each.code,
                "weight": each.weight.value,
                "on": list(each.on),
                "sentence": each.sentence,
                "fix": each.fix,
                "reason": each.reason,
            }
            for each in found.checks
        ],
    }


def _print_checks(found: "Preflight", wish: Wish) -> None:
    from evidencemap.brief.preflight import in_short

    say(one_line(in_short(found)))
    for each in found.checks:
        heading(f"  {each.weight.value:<8}{each.code}{' on ' + series(each.on) if each.on else ''}")
        entry("", each.sentence, 10)
        if each.reason:
            entry("", f"Accepted: {each.reason}", 10)
        elif each.fix:
            entry("", f"Fix: {each.fix}", 10)
    say()
    for paper, length in found.lengths.items():
        full = _("the last {share} per cent full").format(share=f"{length.last * 100:.0f}")
        say(
            _("Length on {paper}: {pages}, {full}.").format(
                paper=paper, pages=count(length.pages, "page"), full=full
            )
        )
