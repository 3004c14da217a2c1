"""The founding case, as its listing says it."""

import pytest

from evidencemap.exchange.listing import read_listing
from evidencemap.model.case import Case
from evidencemap.resources import resource


@pytest.fixture(scope="module")
def letter() -> Case:
    return read_listing(resource("cases", "letter.yaml"))
