"""Reads and writes whole files for exchange: bounded when read, all or nothing when written."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from evidencemap.errors import CaseFileRefused, ListingRefused
from evidencemap.exchange.tree import LARGEST_TEXT, refused
from evidencemap.tongue import _, refusal

_FIRST_BYTES = 4


def text_of(source: Path | str) -> str:
    """Return the text of a file, or the text itself.

    Raises ListingRefused where the file cannot be read, is too large or is not UTF-8.
    """
    if isinstance(source, str):
        if len(source) > LARGEST_TEXT:
            raise ListingRefused(_too_large())
        return source.removeprefix("\ufeff")
    return decoded(read_bounded(source, LARGEST_TEXT))


def decoded(data: bytes) -> str:
    """Return bytes as text without a byte order mark. Raises ListingRefused where they are not UTF-8."""
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise refused(line, "this is not UTF-8 text: save it as UTF-8") from None


def read_bounded(path: Path, most: int) -> bytes:
    """Return the bytes of a file that has at most `most` of them. Raises ListingRefused."""
    try:
        if is_named_pipe(path):
            raise ListingRefused(_("{name} is not a regular file.").format(name=path.name))
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise ListingRefused(
            _("{name} cannot be read: {why}.").format(name=path.name, why=refusal(error))
        ) from None
    if len(data) > most:
        raise ListingRefused(_too_large())
    return data


def is_named_pipe(path: Path) -> bool:
    """Say whether a path is a pipe with a name, which keeps who reads it waiting for somebody to write.

    What a shell hands over, such as /dev/stdin, is none: it has no name of its own and comes to an end.
    """
    return path.is_fifo() and Path(os.path.realpath(path)).is_fifo()


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet: all of it, on the disk, or nothing.

    Raises CaseFileRefused where something of that name exists, or the disk or folder refuses.
    """
    if os.path.lexists(path):
        raise _exists(path)
    with _written_beside(path, data) as part:
        _move_to_new(part, path)


def write_over(path: Path, data: bytes) -> None:
    """Write a file, all of it or nothing, in place of an earlier one of the same sort or of none.

    Two files are of one sort where their first bytes agree: a PDF replaces a PDF and a picture a
    picture, but neither replaces a case. Raises CaseFileRefused for anything else that is there, and
    where the disk or folder refuses.
    """
    if os.path.lexists(path) and not _of_one_sort(path, data):
        raise CaseFileRefused(
            _("{name} exists already and is something else: give another name.").format(name=path.name)
        )
    with _written_beside(path, data) as part:
        part.replace(path)


def _of_one_sort(path: Path, data: bytes) -> bool:
    try:
        if path.is_symlink() or not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(_FIRST_BYTES) == data[:_FIRST_BYTES]
    except OSError:
        return False


@contextmanager
def _written_beside(path: Path, data: bytes) -> Iterator[Path]:
    """Write the data under a passing name beside a path; what is not moved to its place goes again."""
    part = path.with_name(f".{path.name[:60]}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield part
    except OSError as error:
        raise CaseFileRefused(
            _("{name} cannot be written: {why}.").format(name=path.name, why=refusal(error))
        ) from None
    finally:
        with suppress(OSError):
            part.unlink()


def _move_to_new(part: Path, path: Path) -> None:
    try:
        path.hardlink_to(part)
    except OSError:
        if os.path.lexists(path):
            raise _exists(path) from None
        part.rename(path)


def _exists(path: Path) -> CaseFileRefused:
    return CaseFileRefused(_("{name} exists already: give another name.").format(name=path.name))


def _too_large() -> str:
    most = LARGEST_TEXT // (1024 * 1024)
    return _("The text is larger than {most} MiB, which a listing may not be.").format(most=most)
