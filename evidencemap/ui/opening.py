"""Opening a case beside the window: through the gate, loaded and judged, each stage named."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from evidencemap.analysis.incremental import Engine
from evidencemap.model.entities import Claim, Evidence, Exhibit, Request, Source
from evidencemap.session import Session
from evidencemap.storage.door import stage_at
from evidencemap.tongue import _
from evidencemap.ui.editor import engine_of

LISTINGS = (".yaml", ".yml", ".json")
CASE_SUFFIX = ".evmap"

Report = Callable[[float, str], None]
"""Hears which part of an opening is done, from 0 to 1, and what comes now; what it raises stops it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A case that was opened and judged, to be shown, and a sentence about it."""

    session: Session
    engine: Engine
    notice: str = ""

    def put_back(self) -> None:
        """Close what nobody will see; work that was kept for it is kept on."""
        self.session.put_back()


def made_ready(make: Callable[[], tuple[Session, str]], report: Report) -> Ready:
    """Open a case by `make`, which gives a session and a sentence, and judge it.

    Any thread may do this. What `report` raises stops it, and leaves nothing open.
    """
    session, notice = make()
    try:
        report(0.95, _("Working out what follows"))
        session.case.users(session.case.id)  # makes the index by which panes ask what rests on what
        for kind in (Source, Evidence, Claim, Request, Exhibit):
            session.case.sorted(kind)  # and the order in which they list things
        engine = engine_of(session)
        report(1.0, "")
    except BaseException:
        session.put_back()
        raise
    return Ready(session=session, engine=engine, notice=notice)


def opened(path: Path, passphrase: str | None, report: Report) -> Session:
    """Return the session of a case file, or of a listing as an untitled case. Raises EvidenceMapError."""
    suffix = path.suffix.casefold()
    if suffix == ".json" or suffix in LISTINGS:
        report(0.05, _("Reading the listing"))
        if suffix == ".json":
            from evidencemap.exchange.json_case import read_json

            case = read_json(path)
        else:
            from evidencemap.exchange.listing import read_listing

            case = read_listing(path)
        report(0.6, _("Keeping the case"))
        return Session.adopt(case)
    return Session.open(path, lambda part: report(0.95 * part, stage_at(part)), passphrase)


def founding_session() -> Session:
    """Return an untitled case that is the founding case, safe in its work store."""
    from evidencemap.exchange.listing import read_listing
    from evidencemap.resources import resource

    return Session.adopt(read_listing(resource("cases", "letter.yaml")), "Open the founding case")
