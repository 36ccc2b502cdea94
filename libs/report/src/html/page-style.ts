import { type ColourScheme, chartStyle, colours } from './chart-style.ts';

const declared = (scheme: ColourScheme): string =>
  Object.entries(colours[scheme])
    .map(([name, colour]) => `--${name}: ${colour};`)
    .join(' ');

/** The page’s own style sheet: light or dark as the reader’s system is, from 320 pixels up. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  ${declared('light')}
}
@media (prefers-color-scheme: dark) {
  :root {
    ${declared('dark')}
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 1020px; margin: 0 auto; padding: 36px 20px 64px; }
h1 { font-size: 28px; line-height: 1.2; letter-spacing: -0.015em; margin: 2px 0 4px; overflow-wrap: anywhere; }
h2 { font-size: 18px; letter-spacing: -0.005em; margin: 0 0 2px; }
h3 { font-size: 15px; margin: 20px 0 2px; overflow-wrap: anywhere; }
p { margin: 0 0 8px; }
a { color: var(--blue); }
.eyebrow { color: var(--muted); font-size: 13px; letter-spacing: 0.02em; margin: 0; }
.sub, .caption { color: var(--muted); font-size: 13.5px; overflow-wrap: anywhere; }
section { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 20px 22px; margin-top: 18px; }
.verdict { display: flex; gap: 16px; align-items: flex-start; border-left: 6px solid; margin-top: 20px; }
.verdict.good { background: var(--good-bg); border-left-color: var(--green); }
.verdict.bad { background: var(--bad-bg); border-left-color: var(--red); }
.verdict .mark { font-size: 30px; line-height: 1; font-weight: 700; }
.verdict.good .mark, .good-text { color: var(--green); }
.verdict.bad .mark, .bad-text { color: var(--red); }
.verdict h2 { font-size: 20px; }
.verdict p { margin: 2px 0 0; overflow-wrap: anywhere; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(146px, 1fr)); gap: 12px; margin: 18px 0 0; padding: 0; }
.tile { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 13px 15px; min-width: 0; }
.tile dt { color: var(--muted); font-size: 13px; }
.tile dd { margin: 0; overflow-wrap: anywhere; }
.tile .value { font-size: 22px; line-height: 1.3; font-weight: 650; letter-spacing: -0.01em; }
.tile .unit { font-size: 13px; font-weight: 500; color: var(--muted); letter-spacing: 0; }
.tile .note { color: var(--muted); font-size: 12.5px; line-height: 1.35; }
.tile.wide { grid-column: 1 / -1; display: grid; grid-template-columns: repeat(7, 1fr); gap: 4px 12px; align-items: baseline; }
.tile.wide > dt { font-size: 13px; }
.tile.wide .percentile { color: var(--muted); font-size: 12.5px; display: block; }
.scroll { overflow-x: auto; margin: 10px -22px 0; padding: 0 22px; }
table { border-collapse: collapse; width: 100%; font-size: 13.5px; }
th { text-align: left; font-weight: 600; color: var(--muted); font-size: 12.5px; white-space: nowrap; }
th, td { padding: 6px 14px 6px 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
th:last-child, td:last-child { padding-right: 0; }
tbody tr:last-child td { border-bottom: 0; }
.right { text-align: right; white-space: nowrap; }
td.prose { min-width: 210px; overflow-wrap: anywhere; color: var(--muted); }
.name { white-space: nowrap; }
.result { white-space: nowrap; font-weight: 600; }
details { margin-top: 10px; }
summary { cursor: pointer; color: var(--muted); font-size: 13.5px; }
pre { overflow: auto; max-height: 420px; background: var(--page); border-radius: 6px; padding: 12px; font: 12.5px/1.45 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
ul { margin: 8px 0 0; padding-left: 20px; }
li { margin: 4px 0; overflow-wrap: anywhere; }
code { font: 12.5px ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
.warnings { background: var(--caution-bg); }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 4px 20px; margin: 8px 0 0; font-size: 13.5px; }
.facts dt { color: var(--muted); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
.empty { color: var(--muted); margin: 10px 0 0; }
.chart { display: block; width: 100%; height: auto; margin-top: 12px; font-family: inherit; }
.chart.narrow { display: none; max-width: 560px; }
.against { color: var(--muted); display: inline-block; }
.against.better { color: var(--green); font-weight: 600; }
.against.worse { color: var(--red); font-weight: 600; }
td.long { overflow-wrap: anywhere; }
.trends { display: grid; grid-template-columns: repeat(auto-fill, minmax(260px, 1fr)); gap: 12px 18px; }
.chart.trend { max-width: 380px; }
${chartStyle.trim()}
@media screen and (max-width: 760px) {
  main { padding: 22px 12px 48px; }
  h1 { font-size: 23px; }
  section { padding: 16px 14px; }
  .scroll { margin: 10px -14px 0; padding: 0 14px; }
  .tiles { grid-template-columns: repeat(2, 1fr); gap: 8px; }
  .tile:nth-child(odd):last-child, .tile:nth-child(odd):has(+ .wide) { grid-column: 1 / -1; }
  .tile.wide { grid-template-columns: repeat(3, 1fr); }
  .tile.wide > dt { grid-column: 1 / -1; }
  .stack thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .stack tr { display: flex; flex-wrap: wrap; gap: 1px 14px; padding: 9px 0; border-bottom: 1px solid var(--rule); }
  .stack tbody tr:last-child { border-bottom: 0; }
  .stack td { border: 0; padding: 0; min-width: 0; }
  .stack td.long, .stack td.prose { flex-basis: 100%; }
  .stack td.long::before, .stack td.prose::before { content: attr(data-label) ": "; color: var(--muted); }
  .chart .edge-label { font-size: 11.5px; }
  .chart.wide { display: none; }
  .chart.narrow { display: block; }
  .facts { grid-template-columns: 1fr; gap: 0; }
  .facts dd { margin-bottom: 6px; }
}
@media print {
  :root {
    color-scheme: light;
    ${declared('light')}
  }
  @page { margin: 14mm; }
  body { background: #fff; font-size: 12px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main { max-width: none; padding: 0; }
  section { padding: 12px 14px; margin-top: 10px; }
  .scroll { overflow: visible; margin: 8px 0 0; padding: 0; }
  table { font-size: 10.5px; }
  th { font-size: 10px; white-space: normal; }
  th, td { padding: 4px 8px 4px 0; }
  td.name { white-space: normal; }
  .tiles { gap: 8px; }
  .tile .value { font-size: 17px; }
  .tile.wide .value { font-size: 14px; }
  .verdict, .tile, .chart, .caption, tr, h2, h3 { break-inside: avoid; }
  h2, h3, .caption { break-after: avoid; }
  thead { display: table-header-group; }
  details:not([open]) { display: none; }
  pre { max-height: none; overflow: visible; white-space: pre-wrap; font-size: 9px; }
  #settings pre { columns: 2; }
  .hovers { display: none; }
}
`;
