"""The visible numbers of two copies of a case that are put together: none is given twice."""

from collections.abc import Mapping
from dataclasses import dataclass

from evidencemap.model.case import Case
from evidencemap.model.kinds import INSIDE, number_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """How the numbers of the fork and of theirs read in the merged case, which has those of ours.

    `renumbered` holds the newcomers of theirs whose number was given to something else here.
    """

    base: Mapping[str, str]
    theirs: Mapping[str, str]
    back: Mapping[str, str]
    renumbered: Mapping[str, str]

    @classmethod
    def of(
        cls,
        base: Case,
        ours: Case,
        theirs: Case,
        *,
        base_aliases: Mapping[str, str] | None = None,
        their_aliases: Mapping[str, str] | None = None,
    ) -> "Numbering":
        """Return the numbering of a merge: what both had at the fork keeps its number, as does what is free.

        A newcomer gets the next number that neither copy gave. The aliases say how an earlier merge
        renumbered, where one came between: the numbers of the fork, and those of theirs.
        """
        read: dict[str, str] = {"case": "case"}
        given, renumbered = dict[str, int](), dict[str, str]()
        fixed = dict(their_aliases or {})
        taken = set(fixed.values())
        for entity in sorted(theirs.entities.values(), key=lambda each: number_key(each.number)):
            number = entity.number
            if number == "case" or number.startswith("@"):
                continue
            held = ours.entities.get(entity.id)
            if held is not None and type(held) is type(entity):
                read[number] = held.number
            elif number in fixed:
                read[number] = fixed[number]
            elif number in base.by_number and number not in taken:
                read[number] = (base_aliases or {}).get(number, number)
            elif int(number[1:]) > ours.highest.get(number[0], 0):
                read[number] = number
            else:
                letter = number[0]
                last = given.get(letter, max(ours.highest.get(letter, 0), theirs.highest.get(letter, 0)))
                given[letter] = last + 1
                read[number] = renumbered[number] = f"{letter}{last + 1}"
        return cls(
            base=dict(base_aliases or {}),
            theirs=read,
            back={merged: number for number, merged in read.items()},
            renumbered=renumbered,
        )

    def of_base(self, number: str) -> str:
        """Return how a number at the fork reads in the merged case."""
        return self.base.get(number, number)

    def of_theirs(self, number: str) -> str:
        """Return how a number of theirs reads in the merged case."""
        return self.theirs.get(number, number)

    def in_theirs(self, number: str) -> str:
        """Return how a number of the merged case reads in theirs."""
        return self.back.get(number, number)


def alias_pairs(ours: Case, theirs: Case, numbering: Numbering) -> dict[str, str]:
    """Return the earlier numbers that the merged case knows: those of both copies, and of the newcomers."""
    aliases = dict(ours.header.aliases)
    known = {old: numbering.of_theirs(new) for old, new in theirs.header.aliases}
    for old, new in [*known.items(), *numbering.renumbered.items()]:
        if old != "case" and old[0] not in INSIDE:
            while aliases.get(old, new) != new:
                old += "'"
            aliases[old] = new
    return aliases
