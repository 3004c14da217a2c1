"""The key to the scales that a brief uses: grades, ratings, signs."""

from evidencemap.brief.basis import Basis
from evidencemap.brief.outline import Block, Heading, Key, Paragraph, Run, Runs, State, Tone
from evidencemap.tongue import _, capital

GRADES = (
    ("established", "what is left to doubt would not change anyone's mind"),
    ("strong", "several marks of reliability, and none missing that matters"),
    ("probable", "more for it than against it, from a source that can be relied on in part"),
    ("suggestive", "consistent with it, and with other things too"),
    ("nothing", "nothing on record carries it"),
)

VOICES = (
    "Each sentence says whose it is: reported (somebody says it), inferred (the map implies it), "
    "assumed (taken as given)."
)


def key_to_scales(basis: Basis, *, short: bool = False) -> tuple[Block, ...]:
    """Return what the grades and signs mean; `short` sets it as one small paragraph."""
    standard = _("Standard of proof of this case: {standard}.").format(
        standard=_(basis.case.header.standard.value)
    )
    ratings = _("Ratings are Admiralty codes: reliability A to F, credibility 1 to 6.")
    if short:
        words = "; ".join(f"{_(grade)}: {_(meaning)}" for grade, meaning in GRADES)
        return (
            Heading(text=_("Key")),
            Paragraph(
                runs=(Run(text=f"{capital(words)}. {standard} {ratings} {_(VOICES)}"),), tone=Tone.SMALL
            ),
        )
    grades: list[tuple[Runs, Runs]] = [
        ((Run(text=capital(_(grade)), bold=True),), (Run(text=_(meaning)),)) for grade, meaning in GRADES
    ]
    signs: list[tuple[Runs, Runs]] = [
        ((Run(text=capital(_(state.value)), state=state),), (Run(text=_(meaning)),))
        for state, meaning in (
            (State.SUPPORTED, "the evidence carries it without any assumption"),
            (State.CONDITIONAL, "it stands only while an assumption is granted"),
            (State.UNSUPPORTED, "the evidence on record does not carry it; that does not make it false"),
            (
                State.CONTESTED,
                "something is for it and something against it, and the map does not decide",
            ),
            (State.REFUTED, "what is against it is at least probable, and surer than what is for it"),
            (State.CIRCULAR, "it rests on itself and on nothing else"),
            (State.CARRIES, "of a step: what it starts from stands, and so does the warrant that it needs"),
            (State.PREMISE_FAILS, "of a step: something that it starts from does not stand"),
            (State.UNDERCUT, "of a step: what is said against the step itself stands"),
        )
    ]
    return (
        Heading(text=_("Key to the scales")),
        Key(entries=(*grades, *signs)),
        Paragraph(runs=(Run(text=f"{standard} {ratings} {_(VOICES)}"),), tone=Tone.SMALL),
    )
