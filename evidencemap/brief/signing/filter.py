"""The socket filter: once it is on, this process is killed as it asks for any socket but AF_UNIX."""

import ctypes
import platform
import struct
import sys
from dataclasses import dataclass

_LOAD, _EQUALS, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_KILL, _ALLOW = 0x80000000, 0x7FFF0000
_CALL, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
"""Where struct seccomp_data of linux/seccomp.h holds them."""

_FOREIGN_CALLS = 0x40000000
"""From this number on, x86-64 takes calls of the x32 kind, which the filter does not know."""

_AF_UNIX = 1
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Machine:
    """A processor as the kernel knows it: its audit number, and the numbers of two system calls."""

    audit: int
    socket: int
    io_uring_setup: int


_MACHINES = {
    "x86_64": _Machine(audit=0xC000003E, socket=41, io_uring_setup=425),
    "aarch64": _Machine(audit=0xC00000B7, socket=198, io_uring_setup=425),
}


class FilterAbsent(Exception):
    """This system has no filter that keeps a process from the network."""


def is_known() -> bool:
    """Tell whether this system may have the filter: Linux on a processor whose calls are listed here."""
    return sys.platform == "linux" and platform.machine() in _MACHINES


def shut() -> None:
    """Kill this process from now on, and every process that it starts, as it asks for a network socket.

    Sockets of the machine itself (AF_UNIX) stay, and nothing takes the filter off again. io_uring is
    shut too, which could open a socket past the filter. Raises FilterAbsent where the filter cannot
    be had; then nothing may be done that was to be done behind it.
    """
    if not is_known():
        raise FilterAbsent
    program = _program(_MACHINES[platform.machine()])
    held = ctypes.create_string_buffer(b"".join(program))

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))

    given = Program(len(program), ctypes.addressof(held))
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or library.prctl(_SECCOMP, _FILTER, ctypes.byref(given)):
        raise FilterAbsent


def _program(machine: _Machine) -> list[bytes]:
    """Return the filter as the kernel's packet filter reads it; a jump counts the lines it leaves out."""
    return [
        _line(_LOAD, _ARCHITECTURE),
        _line(_EQUALS, machine.audit, no=6),
        _line(_LOAD, _CALL),
        _line(_AT_LEAST, _FOREIGN_CALLS, yes=4),
        _line(_EQUALS, machine.io_uring_setup, yes=3),
        _line(_EQUALS, machine.socket, no=3),
        _line(_LOAD, _FIRST_ARGUMENT),
        _line(_EQUALS, _AF_UNIX, yes=1),
        _line(_RETURN, _KILL),
        _line(_RETURN, _ALLOW),
    ]


def _line(code: int, value: int, *, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("HBBI", code, yes, no, value)
