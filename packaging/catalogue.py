"""Gathers every text that people read into resources/i18n, and compiles what translators made of them.

    python packaging/catalogue.py            write evidencemap.pot, bring every language up to it, compile
    python packaging/catalogue.py --check    write nothing; status 1 where evidencemap.pot lacks a text
    python packaging/catalogue.py --add fr   begin a language

Texts are read off the code where they stand in `_("…")`, `several("…", "…", …)`, `plural("…", "…", …)`,
`in_context("…", "…")` and `refused(line, "…", …)`, or are assigned to `one, many`. Those that reach `_`
through a variable come from the tables and lists named in `TABLES`, from the words of the model, from the
registry of findings and from the data in resources.
"""

import ast
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import UTC, datetime
from enum import StrEnum
from importlib import import_module
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from evidencemap.analysis import findings, honest, sentences
from evidencemap.analysis.findings import Severity
from evidencemap.analysis.judged import ClaimStatus, StepStatus
from evidencemap.analysis.load import Lack
from evidencemap.analysis.policy import Policy
from evidencemap.brief.drawing import State
from evidencemap.brief.outline import Voice
from evidencemap.brief.templates import TEMPLATES
from evidencemap.cli.commands import COMMANDS
from evidencemap.cli.program import program
from evidencemap.cli.spoken import HEADINGS, SHOW_HELP, texts_of
from evidencemap.model import words
from evidencemap.model.kinds import KINDS
from evidencemap.model.scales import scales, schemes
from evidencemap.model.shape import shape
from evidencemap.storage.journal import LineKind
from evidencemap.ui.actions import ACTIONS, Menu

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n"
TEMPLATE = FOLDER / "evidencemap.pot"

_AT = datetime(2026, 11, 25, tzinfo=UTC)
_MODEL, _SCALES = "evidencemap/model/entities.py", "resources/scales"

Text = str | tuple[str, str]
"""A text, or its forms for one and for many."""

TABLES: dict[str, tuple[str, ...]] = {
    "evidencemap/analysis/naming.py": ("_CLAIMS", "_KINDS", "_SEVERAL"),
    "evidencemap/analysis/numbers.py": ("_SENTENCES",),
    "evidencemap/brief/phrases.py": ("_SMALL", "_MONTHS"),
    "evidencemap/brief/sections/bottom.py": ("NOT_FALSE",),
    "evidencemap/brief/sections/keys.py": ("GRADES", "VOICES", "signs"),
    "evidencemap/brief/sections/requests.py": ("NONE_LISTED",),
    "evidencemap/brief/templates/report.py": ("METHOD",),
    "evidencemap/cli/asking.py": ("_INDEPENDENCE",),
    "evidencemap/cli/profiling.py": ("_CALLED",),
    "evidencemap/exchange/assembly.py": ("_CALLED",),
    "evidencemap/model/custody.py": ("_INTO", "_OUT"),
    "evidencemap/model/labels.py": ("TEMPLATES", "FIELDS"),
    "evidencemap/model/rules.py": ("_CALLED",),
    "evidencemap/storage/driver.py": ("_FAULTS", "_ERRNO"),
    "evidencemap/storage/timestamps.py": ("NOT_CHECKED",),
    "evidencemap/ui/canvas/looks.py": (
        "_CLAIMS",
        "_STEPS",
        "ON_ASSUMPTION",
        "FITS_ONLY",
        "ASSUMED",
        "REQUESTED",
    ),
    "evidencemap/ui/canvas/spoken.py": ("_CALLED", "_RELIABILITY", "_CREDIBILITY"),
    "evidencemap/ui/commands/inserting.py": ("names", "_HINT_KIND"),
    "evidencemap/ui/commands/offers.py": ("names",),
    "evidencemap/ui/pages/custody.py": ("WHAT",),
    "evidencemap/ui/pages/keysheet.py": ("MOUSE",),
    "evidencemap/ui/pages/profiles.py": ("_FIELDS",),
    "evidencemap/ui/pages/tour.py": ("STOPS",),
    "evidencemap/ui/preflights.py": ("_CALLED",),
    "evidencemap/ui/wording.py": ("_KINDS", "_CLAIMS"),
}
"""Assignments whose texts reach `_` through a variable, by file."""

FORMS: dict[str, tuple[str, ...]] = {
    "evidencemap/brief/sections/bottom.py": ("_WAYS",),
    "evidencemap/brief/sections/sources.py": ("parts",),
}
"""Assignments that hold pairs, a form for one and one for many."""

NOT_SHOWN = ("cites", "con", "sender", "standard", "words", "x", "y", "sha256")
"""Fields that have another name in the window, or none."""

LOOSE = {
    "evidencemap/analysis/naming.py": ("{number}",),
    "evidencemap/brief/preflight.py": ("to", "from", "as of", "likelihood", "confidence"),
    "evidencemap/model/custody.py": ("added", "extracted"),
    "evidencemap/storage/naming.py": (
        "a program",
        "a script",
        "a link that starts something",
        "a document that can hold macros",
        "a page that can run scripts",
        "a disk or archive that a system may open by itself",
    ),
}
"""Texts that stand in loops and in other calls."""


def main(given: list[str]) -> int:
    """Do what the words of the command line ask; return the exit status."""
    fresh = template()
    if given == ["--check"]:
        return _check(fresh)
    if given[:1] == ["--add"] and len(given) == 2:
        begun = FOLDER / given[1] / "LC_MESSAGES" / "evidencemap.po"
        begun.parent.mkdir(parents=True, exist_ok=True)
        if not begun.exists():
            begun.write_bytes(_as_po(_empty(given[1])))
    FOLDER.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_bytes(_as_po(fresh))
    for path in sorted(FOLDER.glob("*/LC_MESSAGES/evidencemap.po")):
        _bring_up(path, fresh)
    return 0


def template() -> Catalog:
    """Return every text of the program, with the files in which it stands."""
    found: dict[tuple[str | None, Text], list[str]] = {}
    for context, text, place in (*_written(), *_tabled(), *_known()):
        if any((text,) if isinstance(text, str) else text):
            places = found.setdefault((context, text), [])
            if place not in places:
                places.append(place)
    made = _empty(None)
    for (context, text), places in found.items():
        flags = ["python-brace-format"] if "{" in "".join(text) else []
        made.add(text, locations=[(each, 0) for each in places], flags=flags, context=context)
    return made


def _empty(language: str | None) -> Catalog:
    made = Catalog(
        locale=language, domain="evidencemap", project="EvidenceMap", version="1", charset="utf-8",
        copyright_holder="EvidenceMap", msgid_bugs_address="", creation_date=_AT, revision_date=_AT,
        last_translator="", language_team="",
        header_comment="# Texts of EvidenceMap. MIT licence. Made by packaging/catalogue.py.",
    )  # fmt: skip
    made.fuzzy = False
    return made


def _bring_up(path: Path, fresh: Catalog) -> None:
    """Add what is new to a language, leave out what is gone, and compile it."""
    with path.open("rb") as file:
        held = read_po(file, locale=path.parent.parent.name)
    held.update(fresh, no_fuzzy_matching=True, update_creation_date=False, keep_user_comments=True)
    held.obsolete.clear()
    held.fuzzy = False
    path.write_bytes(_as_po(held))
    with path.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, held)
    left = [message for message in held if message.id and not _whole(message.string)]
    print(f"{path.parent.parent.name}: {len(held)} texts, {len(left)} not translated yet")


def _check(fresh: Catalog) -> int:
    with TEMPLATE.open("rb") as file:
        held = {(message.context, message.id) for message in read_po(file)}
    now = {(message.context, message.id) for message in fresh}
    for what, texts in (("New", now - held), ("Gone", held - now)):
        for _context, text in sorted(texts, key=str):
            print(f"{what}: {text}")
    if now - held:
        print("Run packaging/catalogue.py, then translate what it says is not translated yet.")
    return int(bool(now - held))


def _whole(text: str | Iterable[str] | None) -> bool:
    return bool(text) and all((text,) if isinstance(text, str) else text or ())


def _as_po(held: Catalog) -> bytes:
    out = BytesIO()
    write_po(out, held, width=110, include_lineno=False, ignore_obsolete=True)
    return out.getvalue()


def _written() -> Iterator[tuple[str | None, Text, str]]:
    """Yield the texts that stand where they are translated."""
    for path in sorted((ROOT / "evidencemap").rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                for context, text in _call(node):
                    yield context, text, place
            elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "(one, many)":
                pair = [str(each.value) for each in ast.walk(node.value) if isinstance(each, ast.Constant)]
                yield None, (pair[0], pair[1]), place


CIRCLES = "_no_circle"
"""The function of evidencemap/model/rules.py whose last word is a sentence."""
EMPTY = "said"
"""The function of evidencemap/model/records.py whose last word is a sentence."""


def _call(node: ast.Call) -> Iterator[tuple[str | None, Text]]:
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    given = [
        each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)
    ]
    if name == "_" and given:
        yield None, given[0]
    elif name in ("several", "plural") and len(given) >= 2:
        yield None, (given[0], given[1])
    elif name == "count" and isinstance(node.func, ast.Name) and given:
        yield None, ("{count} " + given[0], "{count} " + (given[1] if len(given) > 1 else given[0] + "s"))
    elif name == "refused" and len(node.args) == 2 and given:
        yield None, given[0]
    elif name in (CIRCLES, EMPTY) and given:
        yield None, given[-1]
    elif name == "in_context" and len(given) == 2:
        yield given[0], given[1]
    elif name == "_":
        for part in ast.walk(node.args[0]) if node.args else ():
            if isinstance(part, ast.IfExp):
                for branch in (part.body, part.orelse):
                    if isinstance(branch, ast.Constant) and isinstance(branch.value, str):
                        yield None, branch.value


def _tabled() -> Iterator[tuple[None, Text, str]]:
    """Yield the texts of tables; of a dictionary only what it gives, never its keys."""
    for place, names in TABLES.items():
        for value in _assigned(place, names):
            yield from ((None, text, place) for text in _texts(value))
    for place, names in FORMS.items():
        for value in _assigned(place, names):
            for node in ast.walk(value):
                if isinstance(node, ast.Tuple):
                    pair = [each.value for each in node.elts if isinstance(each, ast.Constant)]
                    if len(pair) == 2:
                        yield None, (str(pair[0]), str(pair[1])), place
    yield from ((None, text, place) for place, texts in LOOSE.items() for text in texts)


def _assigned(place: str, names: tuple[str, ...]) -> list[ast.expr]:
    tree = ast.parse((ROOT / place).read_text(encoding="utf-8"))
    found: list[tuple[str, ast.expr]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found += [(each.id, node.value) for each in targets if isinstance(each, ast.Name)]
        elif isinstance(node, ast.For) and isinstance(node.iter, ast.Tuple):
            found += [(each.id, node.iter) for each in ast.walk(node.target) if isinstance(each, ast.Name)]
    held = [value for name, value in found if name in names]
    if set(names) - {name for name, _value in found}:
        raise SystemExit(f"{place} lacks one of {', '.join(names)}: mend TABLES in packaging/catalogue.py.")
    return held


def _texts(value: ast.AST) -> Iterator[str]:
    if isinstance(value, ast.Constant):
        if isinstance(value.value, str) and _reads(value.value):
            yield value.value
        return
    if isinstance(value, ast.Dict):
        for each in value.values:
            yield from _texts(each)
        return
    if isinstance(value, ast.Call) and getattr(value.func, "id", "") == "Look":
        yield from _texts(value.args[2])
        return
    if isinstance(value, ast.Call):
        shown = [each.value for each in value.keywords if each.arg != "act"]
        for part in (*value.args, *shown):
            yield from _texts(part)
        return
    for part in ast.iter_child_nodes(value):
        yield from _texts(part)


def _reads(text: str) -> bool:
    return any(each.isalpha() for each in text)


def _known() -> Iterator[tuple[None, Text, str]]:
    """Yield the words of the model, of the registry of findings, of the actions and of the data."""
    spelled = [
        each
        for each in vars(words).values()
        if isinstance(each, type) and issubclass(each, StrEnum) and each not in (StrEnum, words.Reliability)
    ]
    for enum in (*spelled, ClaimStatus, StepStatus, Lack, Severity, State, Voice, LineKind, Menu):
        place = enum.__module__.replace(".", "/") + ".py"
        yield from ((None, str(each.value), place) for each in enum)
    yield from ((None, grade.word, "evidencemap/model/words.py") for grade in words.Grade)
    yield from ((None, text, "evidencemap/analysis/sentences.py") for text in sentences.message_ids())
    yield from ((None, text, "evidencemap/analysis/findings") for text in findings.message_ids())
    yield from ((None, text, "evidencemap/analysis/honest.py") for text in honest.message_ids())
    yield from ((None, action.text, "evidencemap/ui/actions.py") for action in ACTIONS)
    yield from ((None, action.words, "evidencemap/ui/actions.py") for action in ACTIONS if action.words)
    yield from ((None, each, "evidencemap/brief/templates/__init__.py") for each in TEMPLATES)
    policy = [
        field.name.replace("_", " ")
        for field in fields(Policy)
        if field.name not in ("name", "title", "about")
    ]
    yield from ((None, name, "evidencemap/analysis/policy.py") for name in policy)
    yield from ((None, kind.__name__.lower(), "evidencemap/model/kinds.py") for kind in KINDS)
    named = {field.name for kind in KINDS for field in shape(kind)} - set(NOT_SHOWN)
    yield from ((None, name.replace("_", " ").capitalize(), _MODEL) for name in sorted(named))
    yield from ((None, text, "evidencemap/cli") for text in _of_the_command_line())
    yield from _data()


def _of_the_command_line() -> Iterator[str]:
    """Yield the help of every command, and what click adds to it."""
    yield from (*HEADINGS, SHOW_HELP)
    yield from texts_of(program)
    for name, module in COMMANDS.items():
        yield from texts_of(getattr(import_module(f"evidencemap.cli.{module}"), f"{name}_command"))


def _data() -> Iterator[tuple[None, Text, str]]:
    """Yield what the schemes, scales and profiles of resources say."""
    for scheme in schemes().values():
        asked = [question.text for question in scheme.questions]
        yield from (
            (None, text, "resources/schemes") for text in (scheme.name, scheme.title, scheme.role, *asked)
        )
    for scale in scales().values():
        yield from ((None, text, _SCALES) for text in (scale.title, scale.authority) if scale.authority)
        if scale.use in ("reliability", "credibility"):
            yield from ((None, each.meaning[:1].lower() + each.meaning[1:], _SCALES) for each in scale.terms)
        elif scale.use == "venue":
            yield from ((None, each.meaning, _SCALES) for each in scale.terms)
        elif scale.use in ("likelihood", "confidence"):
            yield from ((None, each.term, _SCALES) for each in scale.terms)
    for path in sorted((ROOT / "resources" / "profiles").glob("*.toml")):
        held = tomllib.loads(path.read_text(encoding="utf-8"))
        yield from ((None, held[key], "resources/profiles") for key in ("title", "about"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
