"""What in a case comes from one person or organisation, and what concerns them."""

from evidencemap.model.case import Case
from evidencemap.model.entities import Claim, Evidence, Request, Source, Step
from evidencemap.model.records import Id


def of_person(case: Case, source: Id) -> frozenset[Id]:
    """Return a source and what comes from it or concerns it, with the steps from such items.

    Its items and the copies of them, the claims that it states, runs or gains from, what those items
    are said to show at once, the requests that it holds the answer to, and texts with its name in them.
    """
    person = case.of(Source)[source]
    found = {source}
    found.update(each.id for each in case.of(Evidence).values() if source in each.sources)
    found.update(_copies(case, found))
    found.update(person.gains_from)
    for claim in case.of(Claim).values():
        if source in claim.stated_by or claim.run_by == source or names(claim.text, person.name):
            found.add(claim.id)
    for item in case.of(Evidence).values():
        if names(item.text, person.name):
            found.add(item.id)
    for request in case.of(Request).values():
        if names(request.held_by, person.name) or names(request.text, person.name):
            found.add(request.id)
    items = found & set(case.of(Evidence))
    steps = [each for each in case.of(Step).values() if items & set(each.premises)]
    found.update(each.conclusion for each in steps)
    found.update(
        each.id for each in case.of(Step).values() if each.conclusion in found and found & set(each.premises)
    )
    return frozenset(found)


def names(text: str, name: str) -> bool:
    """Say whether a text has a name in it, whole and in whatever case."""
    at = text.casefold().find(name.casefold().strip())
    if at < 0 or not name.strip():
        return False
    end = at + len(name.strip())
    before, after = text[at - 1 : at] if at else "", text[end : end + 1]
    return not before.isalnum() and not after.isalnum()


def _copies(case: Case, items: set[Id]) -> set[Id]:
    found = set(items)
    waiting = list(items)
    while waiting:
        for user in case.users(waiting.pop()):
            copy = case.get(Evidence, user)
            if copy is not None and user not in found:
                found.add(user)
                waiting.append(user)
    return found - items
