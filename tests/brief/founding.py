"""The founding case as briefs tell it: read once, its basis made on one date."""

from functools import cache

from evidencemap.brief.basis import Basis, basis
from evidencemap.brief.outline import Outline, every_run
from evidencemap.brief.templates import TEMPLATES
from evidencemap.exchange.listing import read_listing
from evidencemap.model.case import Case
from evidencemap.resources import resource

DAY = "2026-11-23"


@cache
def letter() -> Case:
    """Return the founding case."""
    return read_listing(resource("cases", "letter.yaml"))


@cache
def told() -> Basis:
    """Return what a brief reads off the founding case."""
    return basis(letter(), DAY)


@cache
def outline_of(template: str) -> Outline:
    """Return the founding case as a template tells it."""
    return TEMPLATES[template](told())


def said(outline: Outline) -> str:
    """Return the words of an outline's runs, in reading order."""
    return " ".join(run.text for run in every_run(outline.blocks))
