/** The style sheet of a report. System fonts and two colour schemes; nothing is fetched. */
export const pageStyle = `
:root { color-scheme: light dark; --paper: #fff; --panel: #f6f7f9; --ink: #1c2128; --soft: #59636e; --line: #d8dee4;
  --good: #1a7f37; --bad: #cf222e; --odd: #9a6700; --bar: #9ec5e8; --critical: #0b5cad; --link: #0b5cad; }
@media (prefers-color-scheme: dark) { :root { --paper: #0f1318; --panel: #181d24; --ink: #e4e8ec; --soft: #9aa5b1;
  --line: #2d353f; --good: #4cc26a; --bad: #ff7b72; --odd: #e0a82e; --bar: #31557a; --critical: #6cb6ff; --link: #6cb6ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
header, main { max-width: 70rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; }
h2 { margin: 2.5rem 0 .6rem; font-size: 1.2rem; }
header p { margin: .4rem 0 0; color: var(--soft); }
header .eyebrow { margin: 0 0 .2rem; font-size: 1.05rem; }
h1.succeeded { color: var(--good); } h1.aborted, h1.running { color: var(--odd); }
h1.failed, h1.errored, h1.timed-out { color: var(--bad); }
main { padding-bottom: 4rem; }
a { color: var(--link); }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .35rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: normal; }
thead th { color: var(--soft); font-size: .85rem; vertical-align: bottom; }
th:first-child, td:first-child { padding-left: 0; } th:last-child, td:last-child { padding-right: 0; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
pre, code { font: .85rem/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre { margin: .5rem 0; padding: .7rem .9rem; background: var(--panel); border-radius: 6px; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
code { overflow-wrap: anywhere; }
.failure { border-left: 4px solid var(--bad); padding: .1rem 0 .1rem 1rem; }
.failure p { margin: .3rem 0; }
.soft { color: var(--soft); }
.pass { color: var(--good); } .fail { color: var(--bad); font-weight: 600; } .flake, .skip { color: var(--odd); }
.timeline th[scope=row] { width: 1%; white-space: nowrap; padding-left: calc(var(--depth, 0) * 1.3rem); }
.timeline td, .timeline th[scope=row] { border-bottom: 0; padding-top: .15rem; padding-bottom: .15rem; }
.timeline td:nth-child(2) { min-width: 12rem; }
.timeline svg { display: block; overflow: visible; margin-top: .2rem; }
.timeline line { stroke: var(--line); stroke-width: 1; }
.timeline text { fill: var(--soft); font-size: .8rem; }
.timeline rect { fill: var(--bar); } .timeline .critical rect { fill: var(--critical); }
.timeline .holder rect { fill: var(--soft); } .timeline .holder th, .timeline .holder .number { color: var(--soft); }
.timeline .failed rect, .timeline .errored rect, .timeline .timed-out rect { fill: var(--bad); }
.timeline .aborted rect { fill: var(--odd); }
.mark { display: inline-block; min-width: 1.1em; color: var(--soft); } .succeeded .mark { color: var(--good); } .aborted .mark { color: var(--odd); }
.failed .mark, .errored .mark, .timed-out .mark { color: var(--bad); }
h1 .mark { color: inherit !important; min-width: 0; }
.star { color: var(--critical); margin-left: .4rem; font-size: .75rem; } p .star { margin-left: 0; }
.cells td:first-child { white-space: nowrap; }
.cells summary { color: var(--soft); font-size: .85rem; }
summary { cursor: pointer; }
.outputs details { border-bottom: 1px solid var(--line); padding: .3rem 0; }
.facts { width: auto; } .facts th { color: var(--soft); padding-right: 1.5rem; }
@media (max-width: 40rem) { body { font-size: 15px; } .timeline th[scope=row] { white-space: normal; width: 45%; overflow-wrap: anywhere; }
  .timeline td:nth-child(2) { min-width: 5rem; } .timeline text { display: none; }
  .cells thead { display: none; } .cells tr { display: block; padding: .6rem 0; border-bottom: 1px solid var(--line); }
  .cells td, .cells th { display: block; border: 0; padding: .1rem 0; } .cells .number { text-align: left; color: var(--soft); }
  .cells td:nth-child(4)::before { content: "expected: "; color: var(--soft); } }
@media print { details > * { display: block; } }
`
