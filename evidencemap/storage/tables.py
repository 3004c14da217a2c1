"""The tables of a case file, word for word: what a file must hold, and nothing else."""

from evidencemap.storage.former import FIRST, SECOND

APPLICATION_ID = 0x45564D50
"""Bytes 68 to 71 of every case file: `EVMP`."""

VERSION = 3
"""The newest shape of the file that this program knows; `user_version` of a file names its own."""

CHUNK = 1 << 20
"""Bytes of one chunk of an exhibit; only the last one is shorter."""

TABLES: dict[str, str] = {
    "_sqlite_migrations": """create table "_sqlite_migrations" (
  -- one row for each migration that made this shape
  id integer primary key,
  migration_set text,
  name text,
  applied_at text
) strict""",
    "entity": """create table entity (
  -- one row for each thing that the case holds; leaf is the digest of its row and references
  key integer primary key,
  id text not null unique,
  number text not null unique,
  kind text not null,
  leaf blob not null check (length(leaf) = 32)
) strict""",
    "reference": """create table reference (
  -- one row for each time that one thing points at another, by field and place in the field
  owner integer not null references entity(key) deferrable initially deferred,
  field text not null,
  position integer not null,
  target integer not null references entity(key) deferrable initially deferred,
  primary key (owner, field, position)
) strict, without rowid""",
    "header": """create table header (
  -- the one row in which the case speaks of itself
  key integer primary key references entity(key) deferrable initially deferred,
  title text not null,
  question text not null,
  as_of text not null,
  standard text not null,
  profile text not null,
  "to" text not null,
  sender text not null,
  handling text not null,
  review_by text not null,
  standing_questions text not null,
  aliases text not null,
  series text not null,
  topic text not null,
  week text not null
) strict""",
    "source": """create table source (
  -- one row for each who or what that something comes from
  key integer primary key references entity(key) deferrable initially deferred,
  name text not null,
  kind text not null,
  genre text,
  reliability text not null,
  knows text,
  interest text not null,
  role text not null,
  reply text,
  reply_date text not null,
  seen text,
  caveats text not null,
  wording text not null,
  confidential integer not null check (confidential in (0, 1)),
  cites text not null,
  retracted text,
  verb text not null,
  ties text not null
) strict""",
    "evidence": """create table evidence (
  -- one row for each item that a source says or shows
  key integer primary key references entity(key) deferrable initially deferred,
  text text not null,
  credibility integer not null check (credibility between 1 and 6),
  kind text not null,
  state text not null,
  audited integer not null check (audited in (0, 1)),
  quote text not null,
  anchor text,
  seen text,
  "when" text not null,
  held_by text not null,
  collected text,
  undercut_by text not null
) strict""",
    "claim": """create table claim (
  -- one row for each statement that may stand or not: claims, methods, assumptions, asks
  key integer primary key references entity(key) deferrable initially deferred,
  text text not null,
  kind text not null,
  stated integer not null check (stated between 0 and 4),
  knowability text,
  modality text not null,
  hedges text not null,
  dispute text,
  "when" text not null,
  standard text,
  likelihood text not null,
  confidence text not null,
  headline integer not null check (headline in (0, 1)),
  stake integer check (stake between 1 and 5),
  disclosed integer check (disclosed in (0, 1)),
  error_rate text not null,
  stated_to text not null
) strict""",
    "request": """create table request (
  -- one row for each piece of evidence not in hand that would settle something
  key integer primary key references entity(key) deferrable initially deferred,
  text text not null,
  hope integer not null check (hope between 0 and 4),
  held_by text not null,
  obtainable text not null,
  state text not null,
  all_of text not null
) strict""",
    "quantity": """create table quantity (
  -- one row for each number and what it measures
  key integer primary key references entity(key) deferrable initially deferred,
  value text not null,
  low text not null,
  high text not null,
  approximate integer not null check (approximate in (0, 1)),
  unit text not null,
  counted text not null,
  called text not null,
  window text not null,
  verification text
) strict""",
    "step": """create table step (
  -- one row for each step of reasoning from premises to a conclusion
  key integer primary key references entity(key) deferrable initially deferred,
  scheme text not null,
  con integer not null check (con in (0, 1)),
  ceiling integer check (ceiling between 0 and 4),
  answers text not null
) strict""",
    "term": """create table term (
  -- one row for each word that carries a verdict or needs explaining
  key integer primary key references entity(key) deferrable initially deferred,
  words text not null,
  definition text not null,
  neutral text not null
) strict""",
    "remark": """create table remark (
  -- one row for each remark of a reviewer on anything
  key integer primary key references entity(key) deferrable initially deferred,
  text text not null,
  author text not null,
  kind text not null,
  state text not null
) strict""",
    "watch": """create table watch (
  -- one row for each thing to look at again, and when
  key integer primary key references entity(key) deferrable initially deferred,
  "by" text not null,
  why text not null
) strict""",
    "exhibit": """create table exhibit (
  -- one row for each file kept inside the case; the name is data and never a path
  key integer primary key references entity(key) deferrable initially deferred,
  name text not null,
  sha256 text not null check (length(sha256) = 64),
  size integer not null check (size >= 0),
  media_type text not null,
  custody text not null,
  struck text not null
) strict""",
    "link": """create table link (
  -- one row for each plain relation that is no reasoning
  key integer primary key references entity(key) deferrable initially deferred,
  kind text not null
) strict""",
    "acceptance": """create table acceptance (
  -- one row for each finding that a person accepts, with the reason
  key integer primary key references entity(key) deferrable initially deferred,
  code text not null,
  why text not null,
  "by" text not null,
  accepted text not null
) strict""",
    "issued_brief": """create table issued_brief (
  -- one row for each brief that went out
  key integer primary key references entity(key) deferrable initially deferred,
  template text not null,
  "when" text not null,
  sha256 text not null,
  head text not null,
  why text not null
) strict""",
    "checkpoint": """create table checkpoint (
  -- one row for each named point of the history
  key integer primary key references entity(key) deferrable initially deferred,
  name text not null,
  "when" text not null,
  entries integer not null,
  head text not null
) strict""",
    "placement": """create table placement (
  -- one row for each node that has a place on the map, in points from the top left
  key integer primary key references entity(key) deferrable initially deferred,
  x real not null,
  y real not null,
  pinned integer not null check (pinned in (0, 1))
) strict""",
    "highest": """create table highest (
  -- one row for each letter: the highest number ever given, so that none is given twice
  letter text primary key,
  digits integer not null
) strict, without rowid""",
    "journal": """create table journal (
  -- one row for each thing that was done, chained by digest; rows are added and never changed
  entry integer primary key,
  at text not null,
  "by" text not null,
  kind text not null,
  of integer,
  label text not null,
  payload text not null,
  digest blob not null check (length(digest) = 32)
) strict""",
    "file": """create table file (
  -- one row for each distinct content of an exhibit
  key integer primary key,
  sha256 text not null unique check (length(sha256) = 64),
  size integer not null check (size >= 0)
) strict""",
    "chunk": """create table chunk (
  -- one row for each 1,048,576 bytes of a content, in order
  key integer primary key,
  file integer not null references file(key),
  position integer not null,
  bytes blob not null,
  unique (file, position)
) strict""",
    "seal": """create table seal (
  -- one row for each signature over the length, head and state root of the journal
  key integer primary key,
  entries integer not null,
  head blob not null check (length(head) = 32),
  root blob not null check (length(root) = 32),
  at text not null,
  public_key blob not null check (length(public_key) = 32),
  signature blob not null check (length(signature) = 64)
) strict""",
    "token": """create table token (
  -- one row for each time stamp (RFC 3161) over a head of the journal
  key integer primary key,
  entries integer not null,
  head blob not null check (length(head) = 32),
  bytes blob not null
) strict""",
}
"""Each table by name, in an order in which rows can be copied."""

INDEXES: dict[str, str] = {
    "reference_target": "create index reference_target on reference(target)",
}
"""Each index that is not made by a table itself."""

SHAPES: dict[int, dict[str, str]] = {
    1: {**TABLES, **SECOND, **FIRST, **INDEXES},
    2: {**TABLES, **SECOND, **INDEXES},
    3: {**TABLES, **INDEXES},
}
"""Every shape that a case file ever had, by its version: the exact text of each object."""

STEPS_OF, STEPS = "evidencemap", ("first_shape", "second_shape", "third_shape")
"""What `_sqlite_migrations` names in a file of the newest shape: whose steps, and each that led to it."""

ADDED: dict[str, dict[str, str]] = {
    "header": {"series": "", "topic": "", "week": ""},
    "source": {"verb": "", "ties": "[]"},
    "claim": {"stated_to": ""},
    "exhibit": {"struck": "[]"},
}
"""The columns at the end of a table that came after the first shape, with what each holds while empty."""

LETTERS: dict[str, str] = {
    "S": "source",
    "E": "evidence",
    "C": "claim",
    "M": "claim",
    "H": "claim",
    "A": "claim",
    "R": "request",
    "N": "quantity",
    "P": "step",
    "T": "term",
    "K": "remark",
    "W": "watch",
    "X": "exhibit",
    "L": "link",
    "F": "acceptance",
    "B": "issued_brief",
    "Z": "checkpoint",
    "@": "placement",
}
"""The table in which an entity stands, by the letter of its visible number; the header's is `case`."""


def type_of(text: str) -> str:
    """Return what a definition makes: `table` or `index`."""
    return text.split(None, 2)[1]


def stored(text: str) -> str:
    """Return a definition as the database keeps it: the first two words in capitals."""
    kind = type_of(text)
    return f"CREATE {kind.upper()}{text[len('create ') + len(kind) :]}"


def columns_of(text: str) -> list[str]:
    """Return the names of the columns of a table's definition, in order."""
    lines = (line.strip() for line in text.splitlines()[1:-1])
    first = [line.split()[0] for line in lines if line and not line.startswith(("--", "primary key"))]
    return [word.strip('"') for word in first if word != "unique"]
