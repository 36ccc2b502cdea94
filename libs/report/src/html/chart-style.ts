/** How a reader’s system asks for pages to look. */
export type ColourScheme = 'light' | 'dark';

/** Colours by name; `var(--name)` in the rules. */
export const colours: Readonly<Record<ColourScheme, Readonly<Record<string, string>>>> = {
  light: {
    page: '#f6f7f9',
    card: '#ffffff',
    ink: '#151a21',
    muted: '#55606e',
    rule: '#dfe3e8',
    grid: '#e9ecf0',
    blue: '#1f5fcc',
    green: '#10774c',
    orange: '#ad4a06',
    red: '#bd2525',
    violet: '#6a45c2',
    'good-bg': '#e6f4ec',
    'bad-bg': '#fdeaea',
    'caution-bg': '#fdf3e1',
    load: '#eef2f8',
    during: '#fbefdc',
    'marker-ink': '#ffffff',
  },
  dark: {
    page: '#0e1217',
    card: '#161c23',
    ink: '#e7ebf0',
    muted: '#9aa6b4',
    rule: '#2a323c',
    grid: '#232b34',
    blue: '#74a9ff',
    green: '#55c98f',
    orange: '#f2a65a',
    red: '#ff8078',
    violet: '#b39cf5',
    'good-bg': '#12291e',
    'bad-bg': '#351a1b',
    'caution-bg': '#31250f',
    load: '#1b232d',
    during: '#322816',
    'marker-ink': '#0e1217',
  },
};

/** How lines, bands and labels of a chart look, on the page as in a picture of its own. */
export const chartStyle = `
.chart text { font-size: 12px; fill: var(--ink); }
.chart .tick-label, .chart .measure, .chart .strip-label, .chart .band-label, .chart .bound-label, .chart .lane-label { fill: var(--muted); font-size: 11.5px; }
.chart .lane-label.failing { fill: var(--red); font-weight: 600; }
.chart .hover { fill: transparent; }
.chart .hover:hover { fill: var(--ink); fill-opacity: 0.08; }
.chart .trend-label { font-weight: 600; }
.chart .grid { stroke: var(--grid); }
.chart .base, .chart .tick, .chart .lane { stroke: var(--rule); fill: none; }
.chart .strip { fill: var(--load); stroke: var(--rule); }
.chart .band { stroke: none; }
.chart .band.load, .chart .band.phase { fill: var(--load); }
.chart .band.phase.odd, .chart .band.scaling-out { fill: var(--during); }
.chart .bound { stroke: var(--muted); stroke-dasharray: 1 4; fill: none; }
.chart .leader { stroke: var(--rule); fill: none; }
.chart .line { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
.chart .area { stroke: none; opacity: 0.13; }
.chart .edge-label { font-weight: 600; font-size: 12px; }
.chart .moment { fill: none; stroke-width: 1; stroke-dasharray: 2 3; }
.chart .moment.out { stroke: var(--orange); }
.chart .moment.in { stroke: var(--violet); }
.chart .marker.out { fill: var(--orange); }
.chart .marker.in { fill: var(--violet); }
.chart .marker-number { fill: var(--marker-ink); font-size: 10.5px; font-weight: 700; }
.chart .refusal { fill: none; stroke: var(--muted); }
.chart .dot.answered { fill: var(--blue); }
.chart .dot.failing { fill: var(--red); stroke: var(--ink); }
.chart .failures { fill: var(--red); }
.chart .line.desired { stroke: var(--ink); stroke-dasharray: 5 4; stroke-width: 1.6; stroke-linecap: butt; }
.chart .line.running, .chart .line.answered, .chart .line.metric, .chart .line.p50 { stroke: var(--blue); }
.chart .line.running { stroke-width: 4; }
.chart .line.healthy { stroke: var(--green); }
.chart .line.asked, .chart .line.target { stroke: var(--ink); stroke-dasharray: 6 4; stroke-width: 1.5; stroke-linecap: butt; }
.chart .line.alarm { stroke: var(--red); stroke-dasharray: 2 3; stroke-width: 1.5; stroke-linecap: butt; }
.chart .line.p95 { stroke: var(--violet); stroke-dasharray: 7 3; }
.chart .line.p99 { stroke: var(--orange); }
.chart .area.running, .chart .area.answered { fill: var(--blue); }
.chart text.running, .chart text.answered, .chart text.metric, .chart text.p50 { fill: var(--blue); }
.chart text.healthy { fill: var(--green); }
.chart text.p95 { fill: var(--violet); }
.chart text.p99 { fill: var(--orange); }
.chart text.alarm { fill: var(--red); }
`;
