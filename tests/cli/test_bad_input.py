"""What cannot be used gets one sentence on stderr, exit status 2, and changes nothing."""

import os
import resource as limits
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import Answer, Ask, snapshot

HEAD = "evidencemap: 1\ntitle: t\n"


def _listing(text: str) -> Callable[[Path, Path], Path]:
    def make(folder: Path, case: Path) -> Path:
        path = folder / "bad.yaml"
        path.write_text(text)
        return path

    return make


def _cut(folder: Path, case: Path) -> Path:
    path = folder / "cut.evmap"
    path.write_bytes(case.read_bytes()[:-5000])
    return path


def _cut_to(size: int) -> Callable[[Path, Path], Path]:
    def make(folder: Path, case: Path) -> Path:
        path = folder / "stump.evmap"
        path.write_bytes(case.read_bytes()[:size])
        return path

    return make


def _bytes(name: str, data: bytes) -> Callable[[Path, Path], Path]:
    def make(folder: Path, case: Path) -> Path:
        path = folder / name
        path.write_bytes(data)
        return path

    return make


def _pipe(name: str) -> Callable[[Path, Path], Path]:
    def make(folder: Path, case: Path) -> Path:
        path = folder / name
        os.mkfifo(path)
        return path

    return make


BAD: dict[str, tuple[Callable[[Path, Path], Path], str]] = {
    "an unknown key": (
        _listing(HEAD + "claims:\n  C1: {text: a, colour: red}\n"),
        "bad.yaml: Line 4: 'colour' is no key of C1",
    ),
    "a dangling id": (
        _listing(HEAD + "evidence:\n  E1: {text: a, from: [S9]}\n"),
        "Line 4: there is no 'S9' in this listing",
    ),
    "a duplicate key": (_listing(HEAD + "title: u\n"), "Line 3: the key 'title' stands twice"),
    "a truncated case file": (_cut, "cut.evmap"),
    "half a header": (_cut_to(50), "stump.evmap"),
    "an empty case file": (_cut_to(0), "stump.evmap"),
    "a picture called a case": (_bytes("photo.evmap", b"\x89PNG\r\n\x1a\n" + b"\x00" * 5000), "photo.evmap"),
    "a picture": (_bytes("photo.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 5000), "photo.png"),
    "a listing of binary": (_bytes("photo.yaml", b"\x89PNG\r\n\x1a\n"), "Line 1: this is not UTF-8 text"),
    "a listing in JSON that is not JSON": (_bytes("bad.json", b'{"evidencemap": NaN}'), "Line 1"),
    "an ordinary text": (_bytes("letter.txt", b"Dear senators,\n"), "a listing begins with"),
    "a profile that is not there": (
        _listing(HEAD + "profile: wishful\n"),
        "'profile' is one of standard, cautious, exploratory; not 'wishful'",
    ),
    "a folder": (lambda folder, case: folder, "is a folder"),
    "no file": (lambda folder, case: folder / "none.yaml", "There is no file"),
    "a pipe called a listing": (_pipe("pipe.yaml"), "pipe.yaml is not a regular file."),
    "a pipe called a case": (_pipe("pipe.evmap"), "pipe.evmap is not a regular file."),
}

READ_ALL_THE_SAME = ("a folder", "no file", "a profile that is not there")
"""What an import has no file of, or may keep: a profile that another program has."""


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_case_is_refused_with_one_sentence_and_nothing_changes(
    name: str, ask: Ask, tmp_path: Path, letter_file: Path
) -> None:
    make, expected = BAD[name]
    folder = tmp_path / "folder"
    folder.mkdir()
    path = make(folder, letter_file)
    before = snapshot(tmp_path)

    answer = ask("check", path)

    _is_one_sentence(answer, expected)
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("name", [name for name in BAD if name not in READ_ALL_THE_SAME])
def test_an_import_of_what_is_no_case_makes_no_case_file(
    name: str, ask: Ask, tmp_path: Path, letter_file: Path
) -> None:
    path = BAD[name][0](tmp_path, letter_file)
    before = snapshot(tmp_path)

    answer = ask("import", path, tmp_path / "made.evmap")

    assert answer.code == 2
    assert answer.err.count("\n") == 1
    assert snapshot(tmp_path) == before


def test_a_case_file_is_no_listing_to_import(ask: Ask, tmp_path: Path, letter_file: Path) -> None:
    before = snapshot(tmp_path)

    answer = ask("import", letter_file, tmp_path / "made.evmap")

    _is_one_sentence(answer, "letter.evmap is a case file already: copy it instead.")
    assert snapshot(tmp_path) == before


def test_a_listing_may_come_through_a_pipe_of_the_shell(letter: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "evidencemap", "check", "/dev/stdin", "--json"],
        input=letter.read_bytes(),
        capture_output=True,
        check=False,
    )

    assert (run.returncode, run.stderr) == (0, b"")
    assert b'"C9"' in run.stdout


@pytest.mark.parametrize("target", ["made.evmap", "made.yaml", "made.json"])
def test_a_file_that_exists_is_never_written_over(
    target: str, ask: Ask, tmp_path: Path, letter: Path
) -> None:
    path = tmp_path / target
    path.write_text("mine")
    before = snapshot(tmp_path)
    words = ("import", letter, path) if path.suffix == ".evmap" else ("export", letter, path)

    answer = ask(*words)

    _is_one_sentence(answer, f"{target} exists already")
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("target", ["made.evmap", "made.yaml", "made.json"])
def test_a_link_to_nowhere_is_not_followed(target: str, ask: Ask, tmp_path: Path, letter: Path) -> None:
    (tmp_path / target).symlink_to(tmp_path / "elsewhere")

    answer = ask("import" if target.endswith(".evmap") else "export", letter, tmp_path / target)

    _is_one_sentence(answer, f"{target} exists already")
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("target", ["made.evmap", "made.yaml"])
def test_a_folder_that_cannot_be_written_gets_one_sentence(
    target: str, ask: Ask, tmp_path: Path, letter: Path
) -> None:
    with _read_only(tmp_path) as folder:
        before = snapshot(tmp_path)

        answer = ask("import" if target.endswith(".evmap") else "export", letter, folder / target)

        _is_one_sentence(answer, target)
        assert snapshot(tmp_path) == before


@pytest.mark.parametrize(("command", "target"), [("new", "made.evmap"), ("export", "made.yaml")])
def test_a_full_disk_gets_one_sentence_and_leaves_no_half_file(
    command: str, target: str, tmp_path: Path, letter: Path
) -> None:
    words = [command, "--title", "t"] if command == "new" else [command, str(letter)]

    run = subprocess.run(
        [sys.executable, "-m", "evidencemap", *words, str(tmp_path / target)],
        preexec_fn=_small_files_only,
        capture_output=True,
        text=True,
        check=False,
    )

    _is_one_sentence(Answer(code=run.returncode, out=run.stdout, err=run.stderr), "")
    assert snapshot(tmp_path) == {}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("explode",), "explode is neither a command nor a file"),
        (("check",), "Missing argument 'CASE'"),
        (("check", "{letter}", "--loud"), "No such option"),
        (("check", "{letter}", "more"), "This is one word too many: more"),
        (
            ("settle", "{letter}", "C1", "--grade", "x"),
            "'--grade' takes one of probable, strong, established",
        ),
        (("backups", "{letter}", "--restore", "x"), "'--restore' takes a whole number from 1 on"),
        (("{letter}", "check"), "name it alone"),
        (("explain", "{letter}", "C99"), "There is no C99 in this case."),
        (
            ("load", "{letter}", "P10.warrant"),
            "P10.warrant is a gap and not a thing of its own: ask about P10.",
        ),
        (("explain", "{letter}", "C1.warmth"), "There is no C1.warmth in this case."),
        (("explain", "{letter}", " "), "Say by its number what you ask about, such as C1."),
        (("whatif", "{letter}", "--withdraw", ""), "Say by its number what you ask about, such as C1."),
        (("backups", "{letter}", "-o", "made.evmap"), "-o goes with --restore"),
        (("exhibit", "check", ".", "{letter}"), ". is a folder: name a file."),
        (("export", "{letter}", "out.doc"), "out.doc has no ending that says its format"),
        (("import", "{letter}", "case.yaml"), "The name of a case file ends in .evmap: write case.evmap."),
        (("new", "nowhere/case.evmap", "--title", "t"), "There is no folder nowhere."),
        (("new", "case.evmap", "--title", "  "), "Give the case a title."),
    ],
)
def test_a_command_line_that_makes_no_sense_gets_one_sentence(
    words: tuple[str, ...],
    expected: str,
    ask: Ask,
    letter: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)

    answer = ask(*(word.format(letter=letter) for word in words))

    _is_one_sentence(answer, expected)
    assert snapshot(tmp_path) == {}


def test_the_program_leaves_quietly_when_nobody_reads_its_answer(letter: Path) -> None:
    run = subprocess.Popen(
        [sys.executable, "-m", "evidencemap", "check", str(letter), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert run.stdout is not None and run.stderr is not None
    run.stdout.close()

    said = run.stderr.read()
    run.stderr.close()

    assert run.wait() == 0
    assert said == b""


def test_commands_of_a_terminal_in_a_case_are_shown_and_not_obeyed(ask: Ask, tmp_path: Path) -> None:
    path = tmp_path / "escape.yaml"
    path.write_text('evidencemap: 1\ntitle: "red \\e[31m\\u202e alert"\n')

    answer = ask("check", path)

    assert answer.code == 0
    assert "\x1b" not in answer.out and "\u202e" not in answer.out
    assert "\\u001b[31m" in answer.out


def _is_one_sentence(answer: Answer, expected: str) -> None:
    assert answer.code == 2
    assert answer.out == ""
    assert expected in answer.err
    assert answer.err.endswith(".\n") and answer.err.count("\n") == 1
    assert "Traceback" not in answer.err


@contextmanager
def _read_only(above: Path) -> Iterator[Path]:
    """Give a folder in which nothing can be made, even by root: a mount where one may, else by its bits."""
    folder = above / "locked"
    folder.mkdir()
    if os.geteuid() != 0:
        folder.chmod(0o500)
        yield folder
        folder.chmod(0o700)
        return
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode == 0:
        try:
            yield folder
        finally:
            subprocess.run(["umount", str(folder)], check=True)
        return
    yield Path("/proc/sys/kernel")


def _small_files_only() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits.setrlimit(limits.RLIMIT_FSIZE, (2_000, 2_000))
