"""What a listing may not be, and the sentence that says so with its line."""

from pathlib import Path

import pytest

from evidencemap.errors import ListingRefused
from evidencemap.exchange.json_case import read_json
from evidencemap.exchange.listing import read_listing
from evidencemap.exchange.tree import DEEPEST
from evidencemap.model.entities import Claim, Quantity, Source
from evidencemap.resources import resource
from evidencemap.tongue import speaking

HEAD = "evidencemap: 1\ntitle: t\n"

REFUSED = {
    "no version": ("title: t\n", "Line 1: a listing says 'evidencemap: 1' at its top"),
    "another version": ("evidencemap: 2\ntitle: t\n", "Line 1: this listing is of version 2"),
    "no title": ("evidencemap: 1\n", "the listing has no title"),
    "empty title": ("evidencemap: 1\ntitle: ' '\n", "Line 2: give the case a title"),
    "empty file": ("", "Line 1: the listing is empty"),
    "a list": ("- a\n", "Line 1: a listing begins with"),
    "unknown key at the top": (HEAD + "tittle: u\n", "Line 3: 'tittle' is no key of a listing"),
    "unknown key of a claim": (
        HEAD + "claims:\n  C1: {text: a,\n    colour: red}\n",
        "Line 5: 'colour' is no key of C1",
    ),
    "duplicate key": (HEAD + "title: u\n", "Line 3: the key 'title' stands twice, first in line 2"),
    "duplicate number": (
        HEAD + "claims:\n  C1: {text: a}\n  C1: {text: b}\n",
        "Line 5: the key 'C1' stands twice, first in line 4",
    ),
    "dangling id": (
        HEAD + "evidence:\n  E1: {text: a, from: [S9]}\n",
        "Line 4: there is no 'S9' in this listing, named in 'from'",
    ),
    "wrong kind of id": (
        HEAD + "claims:\n  C1: {text: a}\nevidence:\n  E1: {text: a, from: [C1]}\n",
        "Line 6: C1 cannot stand in 'from', which takes a source",
    ),
    "number of another section": (
        HEAD + "sources:\n  E1: {name: a}\n",
        "Line 4: 'E1' is no number of sources",
    ),
    "number with a leading zero": (HEAD + "claims:\n  C01: {text: a}\n", "Line 4: 'C01' is no number"),
    "wrong word": (
        HEAD + "claims:\n  C1: {text: a, kind: rumour}\n",
        "Line 4: 'kind' is one of volume, attribution",
    ),
    "wrong grade": (HEAD + "claims:\n  C1: {text: a, stated: 4}\n", "Line 4: 'stated' is one of nothing"),
    "wrong flag": (HEAD + "claims:\n  C1: {text: a, headline: 1}\n", "Line 4: 'headline' takes yes or no"),
    "wrong whole number": (
        HEAD + "evidence:\n  E1: {text: a, credibility: 1e0}\n",
        "Line 4: 'credibility' takes a whole number, not '1e0'",
    ),
    "out of range": (
        HEAD + "evidence:\n  E1: {text: a, credibility: 7}\n",
        "Line 4: credibility runs from 1",
    ),
    "a text for a list": (
        HEAD + "sources: {S1: {name: b}}\nevidence:\n  E1: {text: a, from: S1}\n",
        "Line 5: 'from' takes a list: write [S1]",
    ),
    "a list for a text": (HEAD + "claims:\n  C1: {text: [a]}\n", "Line 4: 'text' takes a text"),
    "knows none": (
        HEAD + "sources:\n  S1: {name: a, knows: none}\n",
        "Line 4: 'knows' takes a list: [] records that there are none",
    ),
    "a missing key": (HEAD + "claims:\n  C1: {kind: volume}\n", "Line 4: C1 has no 'text'"),
    "an empty text": (HEAD + "claims:\n  C1: {text: ''}\n", "Line 4: give the claim a text"),
    "a step with no premise": (
        HEAD + "claims: {C1: {text: a}}\nsteps:\n  P1: {from: [], to: C1}\n",
        "Line 5: a step needs at least one premise",
    ),
    "an unknown scheme": (
        HEAD + "claims: {C1: {text: a}, C2: {text: b}}\nsteps:\n  P1: {from: [C1], to: C2, scheme: magic}\n",
        "Line 5: P1 names the scheme “magic”",
    ),
    "a source as a conclusion": (
        HEAD + "sources: {S1: {name: a}}\nclaims: {C1: {text: a}}\nsteps:\n  P1: {from: [C1], to: S1}\n",
        "Line 6: S1 cannot stand in 'to'",
    ),
    "a claim that is its own part": (
        HEAD + "claims:\n  C1: {text: a, parts: [C2]}\n  C2: {text: b, parts: [C1]}\n",
        "a claim cannot be a part of itself",
    ),
    "a conclusion that is its own premise": (
        HEAD + "claims:\n  C1: {text: a}\nsteps:\n  P1: {from: [C1], to: C1}\n",
        "Line 6: C1 cannot be a premise of itself.",
    ),
    "a rival of nothing": (
        HEAD + "claims: {C1: {text: a}}\nlinks:\n  - {kind: rival of, between: [C1]}\n",
        "Line 5: “Rival of” links two different claims.",
    ),
    "a profile that nobody has": (
        HEAD + "profile: lenient\n",
        "Line 3: 'profile' is one of standard, cautious, exploratory; not 'lenient'.",
    ),
    "an unknown role": (
        HEAD
        + "claims: {C1: {text: a}, C2: {text: b}}\nsteps:\n  P1: {from: [C1], to: C2, roles: {sign: C1}}\n",
        "Line 5: 'sign' is no key of 'roles'",
    ),
    "an undercut step of another source": (
        HEAD + "sources: {S1: {name: a}}\nclaims: {C1: {text: a}}\n"
        "evidence:\n  E1: {text: a, undercut_by: {S1: [C1]}}\n",
        "Line 6: E1 does not come from S1",
    ),
    "an id that is no UUID": ("evidencemap: 1\nid: mine\ntitle: t\n", "Line 2: 'id' takes a UUID"),
    "an anchor": (HEAD + "claims: &a {}\n", "Line 3: anchors (&a) are not used in listings"),
    "an alias": (HEAD + "claims: *a\n", "Line 3: "),
    "a tag": (HEAD + "claims: !!map {}\n", "Line 3: tags (!) are not used in listings"),
    "a python tag": (HEAD + "question: !!python/name:os.system x\n", "Line 3: tags (!)"),
    "two documents": (HEAD + "---\na: b\n", "Line 3: a listing is one document"),
    "a directive": ("%YAML 1.1\n---\nevidencemap: 1\ntitle: t\n", "directives (%) are not used"),
    "a merge key": (HEAD + "claims:\n  C1: {text: a, <<: {kind: volume}}\n", "Line 4: '<<' is no key of C1"),
    "a mapping as a key": (HEAD + "? {a: b}\n: c\n", "Line 3: a key is a plain word"),
    "broken YAML": (HEAD + "claims: {C1: {text: a}\n", "this is not YAML as listings use it"),
    "a control character": (HEAD + "question: a\x07b\n", "Line 3: the character U+0007 may not stand"),
    "too deep": (HEAD + "expect: " + "[" * 40 + "]" * 40 + "\n", f"more than {DEEPEST} deep"),
    "very deep": (HEAD + "expect: " + "[" * 100_000, "Line 3: "),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_listing_that_cannot_be_used_is_refused_with_one_sentence_and_its_line(name: str) -> None:
    text, expected = REFUSED[name]

    with pytest.raises(ListingRefused) as refusal:
        read_listing(text)

    sentence = str(refusal.value)
    assert expected in sentence
    assert sentence.startswith("Line ") and sentence.endswith(".") and "\n" not in sentence


def refusal(text: str) -> str:
    """Return the sentence with which a listing is refused."""
    with pytest.raises(ListingRefused) as refused:
        read_listing(text)
    return str(refused.value)


def test_every_refusal_is_said_in_the_language_of_the_person() -> None:
    english = {name: refusal(text) for name, (text, _expected) in REFUSED.items()}

    with speaking("de"):
        german = {name: refusal(text) for name, (text, _expected) in REFUSED.items()}

    assert all(sentence.startswith("Zeile ") for sentence in german.values())
    tails = {name: sentence.partition(": ")[2] for name, sentence in english.items()}
    assert [name for name, tail in tails.items() if german[name].endswith(tail)] == []
    with speaking("en"):
        assert refusal(REFUSED["an empty text"][0]).endswith(tails["an empty text"])


def test_scalars_mean_what_was_written_in_the_field_they_stand_in() -> None:
    case = read_listing(
        HEAD + "question: no\nas_of: 12:30\n"
        "sources:\n  S1: {name: 1e3, interest: none, knows: []}\n  S2: {name: none, confidential: yes}\n"
        "quantities:\n  N1: {value: 010, out_of: none, window: none, unit: 'none', approximate: No}\n"
    )

    first, second = case.sorted(Source)
    (number,) = case.sorted(Quantity)
    assert (case.header.question, case.header.as_of) == ("no", "12:30")
    assert (first.name, first.interest, first.knows) == ("1e3", "", ())
    assert (second.name, second.confidential, second.knows) == ("none", True, None)
    assert (number.value, number.out_of, number.window, number.unit) == ("010", None, "", "none")
    assert number.approximate is False


def test_a_number_that_says_its_kind_brings_it() -> None:
    case = read_listing(
        HEAD + "claims:\n  M1: {text: a}\n  H1: {text: a}\n  A1: {text: a}\n  C1: {text: a}\n"
        "  M2: {text: a, kind: existence}\n"
    )

    kinds = {claim.number: claim.kind.value for claim in case.sorted(Claim)}

    assert kinds == {"M1": "method", "H1": "assumption", "A1": "ask", "C1": "existence", "M2": "existence"}


def test_the_expectations_of_a_listing_are_passed_over_but_must_be_well_formed() -> None:
    assert read_listing(HEAD + "expect: {C9: [anything, {at: all}]}\n").header.title == "t"

    with pytest.raises(ListingRefused, match="stands twice"):
        read_listing(HEAD + "expect: {C9: a, C9: b}\n")


def test_a_listing_saved_with_a_byte_order_mark_and_windows_line_ends_is_read(tmp_path: Path) -> None:
    path = tmp_path / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + HEAD.replace("\n", "\r\n").encode())

    assert read_listing(path).header.title == "t"


def test_a_listing_that_is_not_utf_8_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes(b"evidencemap: 1\ntitle: caf\xe9\n")

    with pytest.raises(ListingRefused, match=r"^Line 2: this is not UTF-8 text"):
        read_listing(path)


def test_a_refused_json_case_names_its_line_too() -> None:
    with pytest.raises(ListingRefused, match=r"^Line 3: 'titel' is no key of a listing"):
        read_json('{"evidencemap": 1, "title": "t",\n\n"titel": "u"}')
    with pytest.raises(ListingRefused, match=r"^Line 1: 'title' takes a text in quotes"):
        read_json('{"evidencemap": 1, "title": 7}')


def test_each_cut_of_the_founding_case_is_read_or_refused_and_never_a_crash() -> None:
    text = resource("cases", "letter.yaml").read_text("utf-8")
    refused = 0

    for end in range(0, len(text), 97):
        try:
            read_listing(text[:end])
        except ListingRefused as refusal:
            refused += 1
            assert "\n" not in str(refusal)

    assert refused > len(text) // 97 // 2
