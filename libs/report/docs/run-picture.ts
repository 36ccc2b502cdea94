import { type RunRecord, formatCount, formatRate } from '@tideline/evidence';
import { policyChart } from '../src/charts/policy-chart.ts';
import { tasksChart } from '../src/charts/tasks-chart.ts';
import { taskJourney } from '../src/facts/key-figures.ts';
import { type ColourScheme, chartStyle, colours } from '../src/html/chart-style.ts';
import { type Markup, markup, nothing, trusted } from '../src/html/markup.ts';

const width = 980;
const margin = 20;
const tasks = { top: 62, height: 312 };
const headingHeight = 22;
const policyMetric = { top: tasks.top + tasks.height + headingHeight, height: 292 };
const height = policyMetric.top + policyMetric.height + margin / 2;

/**
 * The first two charts of a run’s report as one picture that needs nothing else: the counts, and the metric of the policy that
 * moved them. The same record always gives the same text. Colours are literal, since not all that shows SVG knows variables.
 */
export function runPicture(record: RunRecord, scheme: ColourScheme): string {
  const { load, scaling } = record;
  const journey = taskJourney(record);
  const title = `${record.preset} under ${record.profile}: ${journey === null ? 'tasks not observed' : `${journey} tasks`}`;
  const summary = `${formatCount(load.requests)} requests at ${formatRate(load.requestsPerSecond)}, ${formatCount(load.failures.total)} failed`;
  const [policy] = scaling.policies;
  const metric = scaling.metrics.find(({ key }) => key === policy?.metricKey);
  const picture = markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, -apple-system, Segoe UI, Roboto, Helvetica Neue, sans-serif">
<title>${title}; ${summary}</title>
<style>${trusted(inColours(scheme))}</style>
<rect class="card" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="10"/>
<text class="title" x="${margin}" y="30">${title}</text>
<text class="summary" x="${margin}" y="50">${summary}</text>
${placed(tasksChart(record, 'tasks', 'wide'), tasks)}
${
  policy === undefined || metric === undefined
    ? nothing
    : markup`<text class="summary" x="${margin}" y="${policyMetric.top - 4}">policy ${policy.name}: ${metric.key}</text>
${placed(policyChart(record, { id: 'policy', policy, metric }, 'wide'), policyMetric)}`
}
</svg>`;
  return `${picture.markup}\n`;
}

const style = `${chartStyle.trim()}
.card { fill: var(--card); stroke: var(--rule); }
.title { fill: var(--ink); font-size: 17px; font-weight: 650; }
.summary { fill: var(--muted); font-size: 13px; }`;

const inColours = (scheme: ColourScheme): string =>
  style.replace(/var\(--([a-z-]+)\)/g, (_, name: string) => {
    const colour = colours[scheme][name];
    if (colour === undefined) throw new Error(`no colour is named ${name}`);
    return colour;
  });

/** A chart is an `svg` of its own: inside another one it needs a place. */
const placed = (chart: Markup, place: { readonly top: number; readonly height: number }): Markup =>
  trusted(
    chart.markup
      .trim()
      .replace('<svg ', `<svg x="${margin}" y="${place.top}" width="940" height="${place.height}" `),
  );
