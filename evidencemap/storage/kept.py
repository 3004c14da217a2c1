"""A work store that was left in its folder, opened under whichever key it has."""

from collections.abc import Iterator
from pathlib import Path

from evidencemap.errors import CaseFileRefused
from evidencemap.storage import places
from evidencemap.storage.passphrases import (
    Key,
    PassphraseNeeded,
    PassphraseWrong,
    Recipe,
    key_of,
    recipe_of,
)
from evidencemap.storage.places import About
from evidencemap.storage.store import Store, open_store
from evidencemap.tongue import _

PLAIN = "plain"
"""What stands for a store without a key among the recipes."""


def recipe_text(key: Key | None) -> str:
    """Return how the recipe of a key is remembered beside its store."""
    return PLAIN if key is None else key.recipe.header.hex()


def open_kept(folder: Path, passphrase: str | None, known: Key | None = None) -> Store:
    """Open the work store of a folder. `known` is a key that is made already, whose recipe may fit.

    Raises PassphraseNeeded where it is encrypted and no passphrase is given, PassphraseWrong where that
    one does not open it, CaseFileRefused where it cannot be read at all.
    """
    about = places.read_about(folder)
    refusal: CaseFileRefused | None = None
    for key in _keys(about, passphrase, known):
        try:
            return open_store(folder / places.STORE, key=key)
        except CaseFileRefused as fault:
            refusal = (
                fault
                if key is None
                else PassphraseWrong(_("The work that was kept does not open with this passphrase."))
            )
    assert refusal is not None
    raise refusal


def _keys(about: About | None, passphrase: str | None, known: Key | None) -> Iterator[Key | None]:
    for text in (PLAIN if about is None else about.recipes).split(","):
        recipe = _recipe(text)
        if recipe is None:
            yield None
        elif known is not None and known.recipe == recipe:
            yield known
        elif passphrase is None:
            raise PassphraseNeeded(_("The work that was kept is encrypted: give its passphrase."))
        else:
            yield key_of(passphrase, recipe)


def _recipe(text: str) -> Recipe | None:
    if text == PLAIN:
        return None
    try:
        return recipe_of(bytes.fromhex(text), "The work that was kept")
    except ValueError:
        return None
