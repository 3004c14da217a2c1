"""How the HTML twin looks: the colours of the printed brief, on a telephone, in the dark and on paper."""

from collections.abc import Mapping

from evidencemap.brief.drawing import State
from evidencemap.brief.palette import DARK_INKS, INKS
from evidencemap.brief.svg import FACES

_PAGE = """
:root { color-scheme: light dark; --bar: #5A6472; --ink: #14181F; --ground: #FFF; --muted: #5A6472;
  --line: #D3D8DE; --link: #1F5FA6; }
body { font: 1rem/1.5 FACES; color: var(--ink); background: var(--ground);
  max-width: 50rem; margin: 0 auto; padding: 1.5rem; overflow-wrap: break-word; }
header p, footer p { color: var(--muted); font-size: .85rem; }
header p { text-align: center; text-transform: uppercase; letter-spacing: .1em; font-weight: 600; }
footer { border-top: 1px solid var(--line); margin-top: 2rem; }
h1 { font-size: 1.7rem; line-height: 1.25; }
h2 { font-size: 1.15rem; margin: 1.6rem 0 .4rem; }
h3, h4 { font-size: 1rem; margin: 1.2rem 0 .3rem; }
.kicker { font-size: .9rem; text-transform: uppercase; letter-spacing: .2em; }
a { color: var(--link); }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; background: var(--ground); padding: .5rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.draft { color: var(--muted); border: 1px solid var(--muted); display: inline-block; padding: 0 .5rem; }
.wide, .drawing { overflow-x: auto; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
p, li, dt, dd, th, td, caption, h1, h2, h3, h4, figcaption { unicode-bidi: plaintext; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; margin: .5rem 0 1rem; }
caption { text-align: start; font-weight: 600; }
th, td { text-align: start; vertical-align: top; padding: .4rem .7rem .4rem 0;
  border-bottom: 1px solid var(--line); font-weight: normal; }
thead th { color: var(--muted); font-weight: 700; font-size: .8rem; border-bottom: 1.5px solid var(--ink); }
.centre { text-align: center; }
.end { text-align: end; }
.meta { border-block: 1.5px solid var(--ink); }
.meta th { color: var(--muted); font-weight: 700; width: 6rem; }
.meta th, .meta td { border: 0; padding-block: .15rem; }
.callout { border-inline-start: 4px solid var(--bar); padding: .1rem 1rem; margin: 1rem 0;
  background: color-mix(in srgb, var(--bar) 6%, var(--ground)); }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); gap: 1.5rem; }
.side { border-top: 2px solid var(--bar); }
.side h3 { margin: .5rem 0; }
.state { color: var(--bar); }
.voice small { color: var(--muted); }
.muted, .small, .note, figcaption { color: var(--muted); font-size: .88rem; }
.note { color: inherit; margin: .2rem 0; }
.lead { font-size: 1.1rem; }
.caps { font-variant: small-caps; }
.key div { display: grid; grid-template-columns: minmax(6rem, 1fr) 3fr; gap: 1rem; }
.key { font-size: .88rem; }
.key dt { font-weight: 700; }
.key dd { margin: 0; }
blockquote { font-style: italic; margin-inline: 1.2rem; }
figure { margin: 1.2rem 0; }
figure .title { font-weight: 700; }
svg { width: 100%; min-width: 40rem; height: auto; background: #FFF; }
sup { line-height: 0; }
.state { white-space: pre-wrap; }
td .state { white-space: nowrap; }
nav ol { list-style: none; padding: 0; }
.deep-2 { padding-inline-start: 1rem; } .deep-3, .deep-4 { padding-inline-start: 2rem; }
@media screen and (max-width: 48rem) {
  .wide table, .wide tbody, .wide tr, .wide th, .wide td { display: block; }
  .wide thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .wide tr { border-bottom: 1px solid var(--line); padding-block: .4rem; }
  .wide th, .wide td { border: 0; padding: .1rem 0; text-align: start; overflow-wrap: anywhere; }
  .wide [data-label]::before { content: attr(data-label) ": "; content: attr(data-label) ": " / "";
    color: var(--muted); font-weight: 600; }
  .key div { grid-template-columns: 1fr; gap: 0; }
}
@media print {
  html { font-size: 10pt; } body { max-width: none; padding: 0; }
  .page { break-before: page; } .skip { display: none; }
  h1, h2, h3, h4 { break-after: avoid; } tr, figure, .callout { break-inside: avoid; }
  thead { display: table-header-group; } svg { min-width: 0; }
  a { color: inherit; text-decoration: none; }
}
"""


_DARK = """
  :root { --bar: #B4BECA; --ink: #EDF1F6; --ground: #14181E; --muted: #B4BECA;
    --line: #46515F; --link: #8AB8FF; }
  svg { padding: .5rem; box-sizing: border-box; border-radius: .3rem; }
"""


def _state_rules(inks: Mapping[State, str]) -> str:
    return "\n".join(f".{state.value.replace(' ', '-')} {{ --bar: {ink}; }}" for state, ink in inks.items())


STYLE = (
    f"{_PAGE.replace('FACES', FACES)}{_state_rules(INKS)}\n"
    f"@media screen and (prefers-color-scheme: dark) {{{_DARK}{_state_rules(DARK_INKS)}\n}}\n"
)
