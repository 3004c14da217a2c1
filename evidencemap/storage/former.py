"""The tables that earlier shapes of the case file had otherwise than the newest, word for word."""

FIRST: dict[str, str] = {
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
  aliases text not null
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
  retracted text
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
  error_rate text not null
) strict""",
}
"""The tables of the first shape that the second one changed."""

SECOND: dict[str, str] = {
    "exhibit": """create table exhibit (
  -- one row for each file kept inside the case; the name is data and never a path
  key integer primary key references entity(key) deferrable initially deferred,
  name text not null,
  sha256 text not null check (length(sha256) = 64),
  size integer not null check (size >= 0),
  media_type text not null,
  custody text not null
) strict""",
}
"""The tables of the second shape that the third one changed."""
