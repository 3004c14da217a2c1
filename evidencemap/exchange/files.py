"""Reads and writes whole files for exchange: bounded when read, all or nothing when written."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from evidencemap.errors import CaseFileRefused, ListingRefused
from evidencemap.exchange.tree import LARGEST_TEXT, refused
from evidencemap.tongue import _

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
    if is_named_pipe(path):
        raise ListingRefused(_("{name} is not a regular file.").format(name=path.name))
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise ListingRefused(
            _("{name} cannot be read: {why}.").format(name=path.name, why=_why(error))
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
        raise CaseFileRefused(_("{name} exists already: give another name.").format(name=path.name))
    part = _part_of(path)
    try:
        _write_durably(part, data)
        _move_to_new(part, path)
    except FileExistsError:
        raise CaseFileRefused(_("{name} exists already: give another name.").format(name=path.name)) from None
    except OSError as error:
        raise CaseFileRefused(
            _("{name} cannot be written: {why}.").format(name=path.name, why=_why(error))
        ) from None
    finally:
        with suppress(OSError):
            part.unlink()


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
    part = _part_of(path)
    try:
        _write_durably(part, data)
        part.replace(path)
    except OSError as error:
        raise CaseFileRefused(
            _("{name} cannot be written: {why}.").format(name=path.name, why=_why(error))
        ) from None
    finally:
        with suppress(OSError):
            part.unlink()


def _of_one_sort(path: Path, data: bytes) -> bool:
    try:
        if path.is_symlink() or not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(_FIRST_BYTES) == data[:_FIRST_BYTES]
    except OSError:
        return False


def _part_of(path: Path) -> Path:
    return path.with_name(f".{path.name[:60]}.{secrets.token_hex(4)}.part")


def _write_durably(part: Path, data: bytes) -> None:
    with part.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _move_to_new(part: Path, path: Path) -> None:
    try:
        path.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        part.rename(path)


def _too_large() -> str:
    most = LARGEST_TEXT // (1024 * 1024)
    return _("The text is larger than {most} MiB, which a listing may not be.").format(most=most)


def _why(error: OSError) -> str:
    return (error.strerror or _("the system refused")).lower()
