"""What a case says is the same to the byte, in whatever order it was put in and however Python hashes."""

import os
import subprocess
import sys

import pytest

ROUNDS = (("0", "1"), ("1", "2"), ("4242", "3"), ("random", "4"))
"""Hash seeds, and seeds of the order in which everything is put in."""


def said(hash_seed: str, *words: str) -> bytes:
    """Return what a Python of its own prints of the cases."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.analysis.everything_said", *words],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=True,
    )
    return done.stdout


@pytest.fixture(scope="module")
def first() -> bytes:
    return said(*ROUNDS[0])


@pytest.mark.parametrize(("hash_seed", "order"), ROUNDS[1:])
def test_any_order_and_any_hash_seed_give_the_same_bytes(first: bytes, hash_seed: str, order: str) -> None:
    again = said(hash_seed, order)

    assert first.count(b"\n") > 800
    assert again == first


def test_an_order_that_follows_the_hashes_would_be_noticed() -> None:
    assert said("1", "1", "--by-hash") != said("2", "1", "--by-hash")
