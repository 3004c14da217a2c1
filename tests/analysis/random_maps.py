"""Small random cases with everything in them that can decide a verdict, seeded, for oracles."""

from random import Random

from evidencemap.model.case import Case, case_of
from evidencemap.model.entities import Claim, Entity, Evidence, Header, Source, Step
from evidencemap.model.records import Id, listed_id
from evidencemap.model.words import ClaimKind, Reliability

_CASE = Id("3b0c9a51-9a39-4f0e-8d4f-0a4c3d1b2e6f")


def random_map(seed: int, *, sources: int = 5, items: int = 6, claims: int = 7, steps: int = 11) -> Case:
    """Return a small case with copies, circles, con steps, undercutters and warrants."""
    random = Random(seed)
    made: list[Entity] = [Header(id=_CASE, title=f"Random map {seed}")]

    def ids(letter: str, count: int) -> list[Id]:
        return [listed_id(_CASE, f"{letter}{at + 1}") for at in range(count)]

    of_sources, of_items, of_claims = ids("S", sources), ids("E", items), ids("C", claims)
    for at, each in enumerate(of_sources):
        made.append(
            Source(
                id=each, number=f"S{at + 1}", name=f"s{at}", reliability=Reliability(random.choice("ABCD"))
            )
        )
    for at, each in enumerate(of_items):
        copied = tuple(random.sample(of_items[:at], 1)) if at and random.random() < 0.3 else ()
        chosen = random.sample(of_sources, random.choice((0, 1, 1, 1, 2)))
        made.append(
            Evidence(
                id=each,
                number=f"E{at + 1}",
                text=f"item {at}",
                sources=tuple(chosen),
                copied_from=copied,
                credibility=random.choice((1, 2, 2, 3)),
            )
        )
    for at, each in enumerate(of_claims):
        assumed = random.random() < 0.15
        kind = ClaimKind.ASSUMPTION if assumed else ClaimKind.EXISTENCE
        made.append(Claim(id=each, number=f"C{at + 1}", text=f"claim {at}", kind=kind))
    for at in range(steps):
        to = random.choice(of_claims)
        others = [each for each in of_items + of_claims if each != to]
        scheme = random.choice(("record", "definition", "definition", "sign"))
        made.append(
            Step(
                id=listed_id(_CASE, f"P{at + 1}"),
                number=f"P{at + 1}",
                premises=tuple(random.sample(others, random.choice((1, 1, 2)))),
                conclusion=to,
                scheme=scheme,
                warrant=random.choice(others) if scheme == "sign" else None,
                con=random.random() < 0.2,
                undercut_by=(random.choice(of_claims),) if random.random() < 0.2 else (),
            )
        )
    return case_of(made)
