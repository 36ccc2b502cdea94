import { formatMeasure } from '@tideline/evidence';
import { px } from '../charts/chart-frame.ts';
import { type Markup, markup, nothing } from '../html/markup.ts';

/** One run’s value of a figure. */
interface TrendPoint {
  readonly commit: string;
  readonly startedAt: string;
  readonly value: number;
}

export interface Trend {
  /** Unique within the page. */
  readonly id: string;
  readonly label: string;
  readonly unit: string;
  /** In order of time. */
  readonly points: readonly TrendPoint[];
}

const size = { width: 300, height: 132 } as const;
const plot = { left: 10, right: 290, top: 26, bottom: 104 } as const;
const shortCommit = 7;

/** One figure over the commits: a dot for each run, a line through the medians; each dot says its run where it is pointed at. */
export function trendChart({ id, label, unit, points }: Trend): Markup {
  const commits = [...new Set(points.map(({ commit }) => commit))];
  const highest = points.reduce((most, { value }) => Math.max(most, value), 0);
  const x = (commit: string): number =>
    commits.length < 2
      ? (plot.left + plot.right) / 2
      : plot.left + 6 + (commits.indexOf(commit) / (commits.length - 1)) * (plot.right - plot.left - 12);
  const y = (value: number): number =>
    plot.bottom - (highest === 0 ? 0 : (value / highest) * (plot.bottom - plot.top - 6));
  const medians = commits.map((commit) => ({
    commit,
    value: median(points.filter((point) => point.commit === commit).map(({ value }) => value)),
  }));
  const path = medians
    .map(({ commit, value }, index) => `${index === 0 ? 'M' : 'L'}${px(x(commit))},${px(y(value))}`)
    .join('');
  const shown = (value: number): string =>
    unit === '' ? formatMeasure(value) : `${formatMeasure(value)} ${unit}`;
  const last = medians.at(-1);
  const [first] = commits;
  return markup`<svg class="chart trend" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">${label} by commit</title>
<desc id="${id}-desc">${medians.map(({ commit, value }) => markup`${commit.slice(0, shortCommit)} ${shown(value)}; `)}</desc>
<text class="trend-label" x="${plot.left}" y="15">${label}</text>
<text class="edge-label answered" x="${plot.right}" y="15" text-anchor="end">${last === undefined ? '' : shown(last.value)}</text>
<line class="base" x1="${plot.left}" x2="${plot.right}" y1="${plot.bottom}" y2="${plot.bottom}"/>
<path class="line answered" d="${path}"/>
${points.map(
  ({ commit, startedAt, value }) => markup`
<circle class="dot answered" cx="${px(x(commit))}" cy="${px(y(value))}" r="3.5"><title>${commit.slice(0, shortCommit)}, ${startedAt}: ${shown(value)}</title></circle>`,
)}
<text class="tick-label" x="${plot.left}" y="${plot.bottom + 18}">${first?.slice(0, shortCommit) ?? ''}</text>
${
  commits.length < 2
    ? nothing
    : markup`<text class="tick-label" x="${plot.right}" y="${plot.bottom + 18}" text-anchor="end">${last?.commit.slice(0, shortCommit) ?? ''}</text>`
}
</svg>`;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
