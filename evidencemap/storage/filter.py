"""The filters on what a process may ask of the kernel: no network; or no more than to compute and answer."""

import ctypes
import platform
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass

_LOAD, _EQUALS, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_KILL, _ALLOW, _REFUSE = 0x80000000, 0x7FFF0000, 0x00050001
"""What the kernel does with a call; a refused one gets the error EPERM."""

_CALL, _ARCHITECTURE, _FIRST_ARGUMENT, _SECOND_ARGUMENT, _THIRD_ARGUMENT = 0, 4, 16, 24, 32
"""Where struct seccomp_data of linux/seccomp.h holds them."""

_FOREIGN_CALLS = 0x40000000
"""From this number on, x86-64 takes calls of the x32 kind, which the filter does not know."""

_AF_UNIX = 1
_WRITING = 0o1 | 0o2 | 0o100 | 0o1000
"""The flags of open(2) that write, make or empty a file: O_WRONLY, O_RDWR, O_CREAT, O_TRUNC."""

_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Machine:
    """A processor as the kernel knows it: its audit number, and the numbers of system calls.

    `harmless` are the calls by which a process computes, and reads and writes what it has open; `open`
    is None where a machine has `openat` alone.
    """

    audit: int
    socket: int
    io_uring_setup: int
    openat: int
    open: int | None
    harmless: tuple[int, ...]


_MACHINES = {
    # read write close stat fstat lstat lseek mmap mprotect munmap brk rt_sigaction rt_sigprocmask
    # rt_sigreturn pread64 readv writev access sched_yield mremap madvise nanosleep getpid exit uname
    # fcntl getcwd readlink gettimeofday sysinfo sigaltstack gettid futex sched_getaffinity getdents64
    # clock_gettime clock_nanosleep exit_group newfstatat readlinkat faccessat getrandom statx rseq
    # faccessat2
    "x86_64": _Machine(
        audit=0xC000003E,
        socket=41,
        io_uring_setup=425,
        openat=257,
        open=2,
        harmless=(
            *(0, 1, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 17, 19, 20, 21, 24, 25, 28, 35, 39, 60, 63),
            *(72, 79, 89, 96, 99, 131, 186, 202, 204, 217, 228, 230, 231, 262, 267, 269, 318, 332, 334, 439),
        ),
    ),
    # getcwd fcntl faccessat close lseek read write readv writev pread64 readlinkat newfstatat fstat exit
    # exit_group futex set_robust_list nanosleep clock_gettime clock_nanosleep sched_getaffinity
    # sched_yield sigaltstack rt_sigaction rt_sigprocmask rt_sigreturn uname gettimeofday getpid gettid
    # sysinfo brk munmap mremap mmap mprotect madvise getdents64 getrandom statx rseq faccessat2
    "aarch64": _Machine(
        audit=0xC00000B7,
        socket=198,
        io_uring_setup=425,
        openat=56,
        open=None,
        harmless=(
            *(17, 25, 48, 57, 61, 62, 63, 64, 65, 66, 67, 78, 79, 80, 93, 94, 98, 99, 101, 113, 115, 123),
            *(124, 132, 134, 135, 139, 160, 169, 172, 178, 179, 214, 215, 216, 222, 226, 233, 278, 291),
            *(293, 439),
        ),
    ),
}


class FilterAbsent(Exception):
    """This system has no filter that keeps a process from the network."""


def is_known() -> bool:
    """Tell whether this system may have the filters: Linux on a processor whose calls are listed here."""
    return sys.platform == "linux" and platform.machine() in _MACHINES


def shut() -> None:
    """Kill this process from now on, and every process that it starts, as it asks for a network socket.

    Sockets of the machine itself (AF_UNIX) stay, and nothing takes the filter off again. io_uring is
    shut too, which could open a socket past the filter. Raises FilterAbsent where the filter cannot
    be had; then nothing may be done that was to be done behind it.
    """
    _install(_no_network)


def confine() -> None:
    """Refuse this process from now on all but to compute, to read files and to write what it has open.

    It gets no socket, no new file, no other process and no other program; nothing is renamed, removed or
    sent a signal. What it asks all the same ends with an error (EPERM). Raises FilterAbsent as `shut`.
    """
    _install(_harmless_alone)


def _install(make: Callable[[_Machine], list[bytes]]) -> None:
    if not is_known():
        raise FilterAbsent
    program = make(_MACHINES[platform.machine()])
    held = ctypes.create_string_buffer(b"".join(program))

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))

    given = Program(len(program), ctypes.addressof(held))
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or library.prctl(_SECCOMP, _FILTER, ctypes.byref(given)):
        raise FilterAbsent


def _no_network(machine: _Machine) -> list[bytes]:
    """Return a filter as the kernel's packet filter reads it; a jump counts the lines it leaves out."""
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


def _harmless_alone(machine: _Machine) -> list[bytes]:
    """Return a filter that lets the harmless calls through, and those that open a file to read it."""
    opens = [(machine.openat, _THIRD_ARGUMENT)]
    if machine.open is not None:
        opens.append((machine.open, _SECOND_ARGUMENT))
    program = [_line(_LOAD, _ARCHITECTURE), _line(_EQUALS, machine.audit, yes=1), _line(_RETURN, _KILL)]
    program.append(_line(_LOAD, _CALL))
    for call, flags in opens:
        program += [
            _line(_EQUALS, call, no=4),
            _line(_LOAD, flags),
            _line(_ANY_BIT, _WRITING, yes=1),
            _line(_RETURN, _ALLOW),
            _line(_RETURN, _REFUSE),
        ]
    for call in machine.harmless:
        program += [_line(_EQUALS, call, no=1), _line(_RETURN, _ALLOW)]
    return [*program, _line(_RETURN, _REFUSE)]


def _line(code: int, value: int, *, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("HBBI", code, yes, no, value)
