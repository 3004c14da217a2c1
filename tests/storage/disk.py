"""What a power cut leaves of a disk: file-system calls recorded with strace, and the images they allow.

After the model of ALICE (Pillai and others, "All File Systems Are Not Created Equal", 2014): what was
not flushed may be lost, torn into sectors of 512 bytes, or there without what was written before it;
a name is durable once its folder was flushed.
"""

import os
import random
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

CALLS = (
    "openat,close,write,pwrite64,lseek,fsync,fdatasync,ftruncate,unlink,unlinkat,rename,renameat,renameat2,"
    "link,linkat,mkdir,mkdirat,rmdir,sendfile,clone,clone3"
)


class Act(Enum):
    """What one recorded call did to the disk or said to the world."""

    CREATE = "a name for a new file"
    FOLDER = "a new folder"
    LINK = "another name for a file"
    RENAME = "a file under another name"
    UNLINK = "a name gone"
    WRITE = "bytes written"
    CUT = "a length set"
    FLUSH = "a file made durable"
    FLUSH_FOLDER = "the names in a folder made durable"
    SAID = "told the person that something is kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One recorded call. `file` numbers contents, not names: a content may have several names."""

    act: Act
    path: str = ""
    other: str = ""
    file: int = 0
    offset: int = 0
    data: bytes = b""
    number: int = 0


@dataclass(slots=True, kw_only=True)
class Trace:
    """Everything that was recorded, from the files that were there before; what each content is by now."""

    before: dict[str, tuple[int, bytes]]
    folders: set[str]
    calls: list[Call] = field(default_factory=list)
    contents: dict[int, bytearray] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.contents.update((file, bytearray(data)) for file, data in self.before.values())

    def new_content(self) -> int:
        """Return the number of a content that is not there yet."""
        number = max(self.contents, default=0) + 1
        self.contents[number] = bytearray()
        return number

    def add(self, call: Call) -> None:
        """Add a call, and keep what the file then holds as the program sees it."""
        self.calls.append(call)
        if call.act in (Act.WRITE, Act.CUT):
            _apply(self.contents[call.file], call)


@dataclass(slots=True, kw_only=True)
class _Handle:
    path: str
    file: int = 0
    is_folder: bool = False
    offset: int = 0


def record(command: list[str], folder: Path, trace_file: Path, environment: dict[str, str]) -> Trace:
    """Run a command under strace and return what it did below a folder."""
    held: dict[str, tuple[int, bytes]] = {}
    folders = {str(folder)}
    for place, each in enumerate(sorted(folder.rglob("*")), start=1):
        if each.is_dir():
            folders.add(str(each))
        elif each.is_file():
            held[str(each)] = (place, each.read_bytes())
    words = ["strace", "-f", "-qq", "-xx", "-s", "100000000", "-e", f"trace={CALLS}", "-o", str(trace_file)]
    subprocess.run([*words, *command], check=True, env=environment, stdout=subprocess.DEVNULL)
    return read(trace_file.read_text(encoding="ascii"), str(folder), Trace(before=held, folders=folders))


def images(
    trace: Trace, *, points: int, samples: int, seed: int, near: str = ""
) -> Iterator[tuple[dict[str, bytes], int]]:
    """Yield disks that a power cut could leave, with the last number that the person had been told.

    `near` limits the points to calls on files in one folder.
    At each point: all that was not flushed lost, all of it there, and random parts of it.
    """
    chance = random.Random(seed)
    places = [at for at, call in enumerate(trace.calls, start=1) if call.path.startswith(near)]
    if len(places) > points:
        places = sorted(chance.sample(places, points))
    for place in places:
        for sample in range(samples):
            odds = (0.0, 1.0)[sample] if sample < 2 else 0.5
            yield _image(trace, place, chance, odds)


def _image(trace: Trace, place: int, chance: random.Random, odds: float) -> tuple[dict[str, bytes], int]:
    calls = trace.calls[:place]
    flushed: dict[int, int] = {}
    folders: dict[str, int] = {}
    told = 0
    for at, call in enumerate(calls):
        if call.act is Act.FLUSH:
            flushed[call.file] = at
        elif call.act is Act.FLUSH_FOLDER:
            folders[call.path] = at
        elif call.act is Act.SAID:
            told = call.number
    contents = {file: bytearray(data) for file, data in trace.before.values()}
    names = {path: file for path, (file, _) in trace.before.items()}
    there = set(trace.folders)
    for at, call in enumerate(calls):
        if call.act in (Act.WRITE, Act.CUT):
            if at < flushed.get(call.file, -1) or odds == 1:
                _apply(contents.setdefault(call.file, bytearray()), call)
            elif odds and chance.random() < odds:
                _apply_torn(contents.setdefault(call.file, bytearray()), call, chance)
        elif call.act in (Act.CREATE, Act.FOLDER, Act.LINK, Act.RENAME, Act.UNLINK):
            durable = at < folders.get(_folder_of(call.path), -1)
            if durable or (odds and chance.random() < odds):
                _rename(names, there, call)
    kept = {path: bytes(contents.get(file, b"")) for path, file in names.items() if _reachable(path, there)}
    return kept, told


def _rename(names: dict[str, int], there: set[str], call: Call) -> None:
    if call.act is Act.FOLDER:
        there.add(call.path)
    elif call.act is Act.UNLINK:
        names.pop(call.path, None)
    else:
        names[call.path] = call.file
        if call.act is Act.RENAME:
            names.pop(call.other, None)


def _reachable(path: str, there: set[str]) -> bool:
    return _folder_of(path) in there


def _folder_of(path: str) -> str:
    return path.rpartition("/")[0]


def _apply(content: bytearray, call: Call) -> None:
    if call.act is Act.CUT:
        if call.number < len(content):
            del content[call.number :]
        else:
            content.extend(bytes(call.number - len(content)))
        return
    if len(content) < call.offset:
        content.extend(bytes(call.offset - len(content)))
    content[call.offset : call.offset + len(call.data)] = call.data


def _apply_torn(content: bytearray, call: Call, chance: random.Random) -> None:
    if call.act is Act.CUT or chance.random() > 0.3:
        _apply(content, call)
        return
    for start in range(0, len(call.data), 512):
        if chance.random() < 0.5:
            part = call.data[start : start + 512]
            _apply(content, Call(act=Act.WRITE, file=call.file, offset=call.offset + start, data=part))


def read(text: str, root: str, trace: Trace) -> Trace:
    """Take into a trace what the lines of strace say was done below a folder, and return it."""
    done = list(_whole(text))
    process = {new: tid for tid, call, words, new in done if call.startswith("clone") and "_THREAD" in words}
    readers: dict[int, _Reader] = {}
    names = {path: file for path, (file, _) in trace.before.items()}
    for tid, call, words, result in done:
        while tid in process:
            tid = process[tid]
        if not call.startswith("clone"):
            readers.setdefault(tid, _Reader(root, trace, names)).take(call, words, result)
    return trace


def _whole(text: str) -> Iterator[tuple[int, str, str, int]]:
    """Yield each successful call as it ended: its thread, name, words and result.

    A call during which another thread made one is told by strace in two lines.
    """
    begun: dict[str, str] = {}
    for line in text.splitlines():
        thread, _space, said = line.partition(" ")
        said = said.lstrip()
        if said.endswith("<unfinished ...>"):
            begun[thread] = said.removesuffix("<unfinished ...>").rstrip()
            continue
        resumed = re.match(r"<\.\.\. \w+ resumed>", said)
        if resumed:
            said = begun.pop(thread) + said[resumed.end() :]
        found = re.match(r"(\w+)\((.*)\)\s+= (-?\d+)", said)
        if found and int(found[3]) >= 0:
            yield int(thread), found[1], found[2], int(found[3])


class _Reader:
    """Reads the calls of one process, whose threads share its handles; all processes share the names."""

    def __init__(self, root: str, trace: Trace, names: dict[str, int]) -> None:
        self.root, self.trace, self.names = root, trace, names
        self.handles: dict[int, _Handle] = {}

    def take(self, call: str, words: str, result: int) -> None:
        """Turn one successful call into what it did."""
        texts = [_bytes(each) for each in re.findall(r'"((?:\\x[0-9a-f]{2})*)"', words)]
        plain = re.sub(r'"[^"]*"(?:\.\.\.)?', "T", words).split(", ")
        if call == "openat":
            self._open(self._path(plain[0], texts[0]), words, result)
        elif call == "close":
            self.handles.pop(int(plain[0]), None)
        elif call in ("write", "pwrite64"):
            self._write(call, plain, texts, result)
        elif call == "sendfile":
            self._send(plain, result)
        elif call == "lseek":
            handle = self.handles.get(int(plain[0]))
            if handle is not None:
                handle.offset = result
        elif call in ("fsync", "fdatasync"):
            handle = self.handles.get(int(plain[0]))
            if handle is not None:
                act = Act.FLUSH_FOLDER if handle.is_folder else Act.FLUSH
                self._add(Call(act=act, path=handle.path, file=handle.file))
        elif call == "ftruncate":
            handle = self.handles.get(int(plain[0]))
            if handle is not None and not handle.is_folder:
                self._add(Call(act=Act.CUT, path=handle.path, file=handle.file, number=int(plain[1])))
        else:
            self._name(call, plain, texts)

    def _name(self, call: str, plain: list[str], texts: list[bytes]) -> None:
        if call in ("unlink", "unlinkat"):
            path = self._path(plain[0] if call == "unlinkat" else "", texts[0])
            if path in self.names:
                self._add(Call(act=Act.UNLINK, path=path, file=self.names.pop(path)))
        elif call in ("mkdir", "mkdirat"):
            path = self._path(plain[0] if call == "mkdirat" else "", texts[0])
            if path.startswith(self.root):
                self._add(Call(act=Act.FOLDER, path=path))
        elif call in ("rename", "renameat", "renameat2", "link", "linkat"):
            at = call.endswith(("at", "at2"))
            old = self._path(plain[0] if at else "", texts[0])
            new = self._path(plain[2] if at else "", texts[1])
            if old in self.names:
                moved = call.startswith("rename")
                self.names[new] = self.names[old]
                self._add(
                    Call(act=Act.RENAME if moved else Act.LINK, path=new, other=old, file=self.names[old])
                )
                if moved:
                    del self.names[old]

    def _open(self, path: str, words: str, result: int) -> None:
        self.handles.pop(result, None)
        if not path.startswith(self.root):
            return
        if "O_CREAT" in words and path not in self.names:
            self.names[path] = self.trace.new_content()
            self._add(Call(act=Act.CREATE, path=path, file=self.names[path]))
        if path in self.names:
            self.handles[result] = _Handle(path=path, file=self.names[path])
            if "O_TRUNC" in words:
                self._add(Call(act=Act.CUT, path=path, file=self.names[path]))
        else:
            self.handles[result] = _Handle(path=path, is_folder=True)

    def _write(self, call: str, plain: list[str], texts: list[bytes], result: int) -> None:
        number = int(plain[0])
        if number == 1:
            for told in re.findall(rb"ACK (\d+)", texts[0]):
                self._add(Call(act=Act.SAID, number=int(told)))
            return
        handle = self.handles.get(number)
        if handle is None or handle.is_folder:
            return
        offset = int(plain[-1]) if call == "pwrite64" else handle.offset
        data = texts[0][:result]
        self._add(Call(act=Act.WRITE, path=handle.path, file=handle.file, offset=offset, data=data))
        if call == "write":
            handle.offset += result

    def _send(self, plain: list[str], result: int) -> None:
        """Take bytes that went from file to file without the program seeing them."""
        to, of = (self.handles.get(int(each)) for each in plain[:2])
        if to is None or of is None:
            assert to is None, f"what was sent to {to.path} came from elsewhere"
            return
        start = int(re.findall(r"\d+", plain[2])[0])
        data = bytes(self.trace.contents[of.file][start : start + result])
        self._add(Call(act=Act.WRITE, path=to.path, file=to.file, offset=to.offset, data=data))
        to.offset += result

    def _path(self, folder: str, name: bytes) -> str:
        text = os.fsdecode(name)
        if not text.startswith("/") and folder.isdigit() and int(folder) in self.handles:
            text = f"{self.handles[int(folder)].path}/{text}"
        return os.path.normpath(text)

    def _add(self, call: Call) -> None:
        self.trace.add(call)


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))
