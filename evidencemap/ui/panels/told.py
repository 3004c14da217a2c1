"""What the inspector tells of how a thing is known: by whom, through whom, how meant, looked at by whom."""

from typing import Any

from evidencemap.analysis.independent import asks_for_a_look, independent_looks
from evidencemap.analysis.knowing import bar, caveats_in, checked
from evidencemap.layout.cards import amount
from evidencemap.layout.chips import copies_deep, hand, relays
from evidencemap.model.entities import Claim, Evidence, Quantity, Source
from evidencemap.model.kinds import number_key
from evidencemap.model.scales import scales
from evidencemap.model.words import Grade, Modality
from evidencemap.tongue import _, capital
from evidencemap.ui.panels.sheet import Sheet
from evidencemap.ui.wording import one_line, said

FILLED, EMPTY = "●", "○"
"""One notch of a meter that is reached, and one that is not."""


def told(sheet: Sheet, held: Any) -> None:
    """Add how an entity is known, where its kind has anything of the sort."""
    if isinstance(held, Claim):
        _claim(sheet, held)
    elif isinstance(held, Evidence):
        copied = copies_deep(sheet.case, held)
        sheet.fact(_("At which hand"), hand(copied) if copied else _("an original, as far as is recorded"))
    elif isinstance(held, Source):
        _source(sheet, held)
    elif isinstance(held, Quantity):
        _number(sheet, held)


def meter(reached: int, of: int) -> str:
    """Return a meter in marks that need no colour: `●●○○`."""
    return FILLED * reached + EMPTY * (of - reached)


def _claim(sheet: Sheet, claim: Claim) -> None:
    case = sheet.case
    via = relays(case, claim)
    if via:
        sheet.fact(_("Known through"), ", ".join(f"{case.number(each)} {said(case, each)}" for each in via))
    if claim.modality is not Modality.ACTUAL:
        sheet.fact(_("Meant as"), _(claim.modality.value))
    if claim.hedges:
        sheet.fact(_("Hedges"), ", ".join(f"“{each}”" for each in claim.hedges))
    if claim.knowability is not None:
        sheet.fact(_("Where the answer lives"), capital(_(claim.knowability.value)))
    if asks_for_a_look(claim):
        looks = independent_looks(case, claim.id)
        numbers = ", ".join(case.number(each) for each in looks)
        sheet.fact(_("Independent look"), numbers or _("none is recorded"), bold=not looks)
    _two_meters(sheet, claim)
    numbers_stated = [case.get(Quantity, each) for each in case.users(claim.id)]
    stated = [each for each in numbers_stated if each is not None and claim.id in each.stated_in]
    for number in sorted(stated, key=lambda each: number_key(each.number)):
        sheet.heading(f"{number.number}  {amount(number)}")
        _pair(sheet, number, claim)


def _two_meters(sheet: Sheet, claim: Claim) -> None:
    """Add what is believed beside what was measured; neither is ever worked out from the other."""
    if not claim.likelihood:
        return
    carried = sheet.editor.verdicts.claims[claim.id].pro
    terms = _scale_of(claim.likelihood)
    place = terms.index(claim.likelihood) + 1 if terms else 0
    sheet.heading(_("Believable is not measured"))
    believed = _(claim.likelihood)
    sheet.fact(_("Believable"), f"{meter(place, len(terms))}  {believed}" if place else believed)
    top = int(Grade.ESTABLISHED)
    word = _(carried.word) if carried else _("no measurement")
    sheet.fact(_("Measured"), f"{meter(int(carried), top)}  {word}")
    sheet.line(_("The first is the analyst's own and never enters the second."), "muted")


def _scale_of(likelihood: str) -> list[str]:
    """Return the terms of the shipped scale that has a term in it, the least likely first."""
    for scale in scales().values():
        terms = [each.term for each in scale.terms]
        if scale.use == "likelihood" and likelihood in terms:
            return terms
    return []


def _pair(sheet: Sheet, number: Quantity, claim: Claim) -> None:
    measures = number.counted or number.unit or _("not recorded")
    means = number.called or one_line(claim.text, 200)
    sheet.fact(_("What it measures"), measures)
    sheet.fact(_("What it is used to mean"), means)
    sheet.fact(_("Checked"), checked(sheet.case, number))


def _number(sheet: Sheet, number: Quantity) -> None:
    claims = [sheet.case.get(Claim, each) for each in number.stated_in]
    stated = [each for each in claims if each is not None]
    if stated:
        _pair(sheet, number, stated[0])
    else:
        sheet.fact(_("Checked"), checked(sheet.case, number))


def _source(sheet: Sheet, source: Source) -> None:
    if source.genre is not None:
        sheet.fact(_("Genre"), capital(_(source.genre.value)))
        sheet.fact(_("What its venue asks for"), bar(source.genre))
    caveats = caveats_in(source)
    told_of = f"{len(caveats)}: {'; '.join(caveats)}" if caveats else _("none is recorded")
    sheet.fact(_("Caveats in the source"), told_of, bold=not caveats)
