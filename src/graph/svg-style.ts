/** The style sheet of a graph: two colour schemes, each colour written out, for not every program knows variables. */
export const svgStyle = `
text { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; dominant-baseline: central; }
.paper { fill: #fff; }
.name { font-size: 15px; font-weight: 600; fill: #1c2128; } .legend text { font-size: 11px; fill: #59636e; }
.job rect { fill: #f2f4f7; stroke: #8a95a3; } .job text { font-size: 13px; font-weight: 600; fill: #1c2128; }
.list text { font-size: 11px; fill: #3d4752; } .list rect { fill: #fff; stroke: #aab4c0; }
.starts rect { fill: #e8f1fb; stroke: #5f94c9; } .uses rect { stroke-dasharray: 4 3; } .puts rect { fill: #eaf6ee; stroke: #63a37d; }
.absent rect { fill: #fff; stroke-dasharray: 2 3; } .absent text { fill: #59636e; font-weight: 400; }
.arrow path { fill: none; stroke: #76818e; stroke-width: 1.4; } .waits path { stroke-dasharray: 5 4; }
.arrow:hover path { stroke: #0b5cad; stroke-width: 2.6; }
.label { pointer-events: none; } .label rect { fill: #fff; } .label text { font-size: 10px; fill: #59636e; }
.head { fill: #76818e; }
@media (prefers-color-scheme: dark) {
  .paper { fill: #0f1318; }
  .name { fill: #e4e8ec; } .legend text { fill: #9aa5b1; }
  .job rect { fill: #1f262f; stroke: #657180; } .job text { fill: #e4e8ec; }
  .list text { fill: #c3ccd5; } .list rect { fill: #0f1318; stroke: #4a5561; }
  .starts rect { fill: #14263a; stroke: #3f719f; } .puts rect { fill: #13291c; stroke: #3f7a56; }
  .absent rect { fill: #0f1318; } .absent text { fill: #9aa5b1; }
  .arrow path { stroke: #8792a0; } .arrow:hover path { stroke: #6cb6ff; }
  .label rect { fill: #0f1318; } .label text { fill: #9aa5b1; }
  .head { fill: #8792a0; }
}
`
