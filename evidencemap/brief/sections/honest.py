"""The headline beside the honest version: what only the claims that stand say, hedges kept."""

from evidencemap.analysis.honest import Adds, Honest, added_text, honest
from evidencemap.brief.basis import Basis
from evidencemap.brief.outline import Block, Heading, Run, Runs, Side, State, TwoColumns, Voice
from evidencemap.brief.phrases import listed, short, some_of, stopped
from evidencemap.brief.room import Room, fitting
from evidencemap.brief.sections.claims import name_of, see_report
from evidencemap.model.entities import Claim
from evidencemap.tongue import _, several


def headline_and_honest(basis: Basis, room: Room) -> tuple[Block, ...]:
    """Return the headline and the honest version side by side, with what the headline adds."""
    headline = basis.headline()
    if headline is None:
        return ()
    version = honest(basis.verdicts, headline.id)
    added = [basis.case.of(Claim)[each.about[0]] for each in version.adds if each.adds is Adds.CLAIM]
    left: list[Runs] = [(Run(text=stopped(short(headline.text, room.line)), voice=Voice.REPORTED),)]
    if added:
        names = some_of([name_of(part) for part in added])
        text = _("It adds what the record does not carry: {claims}.").format(claims=names)
        left.append((Run(text=text, voice=Voice.INFERRED),))
    further = [added_text(basis.case, each) for each in version.adds if each.adds is not Adds.CLAIM]
    if further:
        shown = further[: fitting(len(further), room.shown)]
        left.append((Run(text=" ".join(shown), voice=Voice.INFERRED),))
        if len(further) > len(shown):
            left.append(see_report(len(further) - len(shown)))
    return (
        Heading(text=_("The headline, and the honest version")),
        TwoColumns(
            left=Side(title=_("The headline"), paragraphs=tuple(left), state=basis.state(headline.id)),
            right=Side(
                title=_("The honest version"),
                paragraphs=_said(basis, version, room),
                state=State.SUPPORTED,
            ),
        ),
    )


def _said(basis: Basis, version: Honest, room: Room) -> tuple[Runs, ...]:
    """Return what can be said for a headline: the claims nearest behind it that stand."""
    standing = [(each, basis.case.of(Claim)[each.claim]) for each in version.says]
    if not standing:
        return ((Run(text=_("Nothing under the headline stands on this map."), voice=Voice.INFERRED),),)
    said: list[Runs] = []
    for each, claim in standing[: max(1, min(room.shown, 3))]:
        granted = listed([basis.case.number(one) for one in each.granting[:4]])
        tail = (
            several(
                " ({number}, {grade} while {assumed} is granted).",
                " ({number}, {grade} while {assumed} are granted).",
                len(each.granting),
                number=claim.number,
                grade=_(each.grade.word),
                assumed=granted,
            )
            if granted
            else _(" ({number}, {grade}).").format(number=claim.number, grade=_(each.grade.word))
        )
        text = short(claim.text, room.line)
        if each.hedges:
            text = f"{text} ({short(', '.join(each.hedges), 60)})"
        said.append((Run(text=text + tail, voice=Voice.REPORTED),))
    return tuple(said)
