"""How well a thing is known, in phrases: what its venue asks for, its caveats, who has checked it."""

from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Quantity, Source
from evidencemap.model.scales import scales
from evidencemap.model.words import Genre, Knowability, Verification
from evidencemap.tongue import _


def bar(genre: Genre) -> str:
    """Return what must be shown before a text of a genre comes out at all: resources/scales/venues.toml."""
    asked = {each.term: each.meaning for each in scales()["venues"].terms}
    return _(asked[genre.value])


def caveats_in(source: Source) -> tuple[str, ...]:
    """Return the caveats that a source carries, one for each line or part between semicolons."""
    parts = source.caveats.replace("\n", ";").split(";")
    return tuple(each.strip() for each in parts if each.strip())


def checked(case: Case, number: Quantity) -> str:
    """Return who has checked a number: `self-reported: auditable, not audited`.

    Auditable where a claim that states it lives in a log or can be looked into.
    """
    if number.verification is None:
        return _("not recorded")
    word = _(number.verification.value)
    claims = [case.get(Claim, each) for each in number.stated_in]
    known = [each.knowability for each in claims if each is not None]
    within_reach = {Knowability.LOGGED, Knowability.INVESTIGABLE} & set(known)
    if number.verification is Verification.SELF_REPORTED and within_reach:
        return _("{word}: auditable, not audited").format(word=word)
    return word
