import { type ReleaseRecord, formatCount } from '@tideline/evidence';
import { formatCloudTime } from '../facts/cloud-time.ts';
import { htmlPage, pageHeader } from '../html/html-page.ts';
import { type Markup, markup } from '../html/markup.ts';
import { chartFigure, tableMarkup } from '../html/table-markup.ts';
import { checksSection, tile, verdictBanner } from '../html/verdict-markup.ts';
import { releaseChart } from './release-chart.ts';
import { clientLine, lifecycleTable, releaseTitle, trafficTable } from './render-release.ts';

/** A release as one HTML file that needs nothing else. */
export function renderReleaseHtml(record: ReleaseRecord): string {
  const { checks, notJudged = [], passed, deployment } = record;
  const failed = checks.filter((check) => !check.passed).map(({ name }) => name);
  return htmlPage({
    title: releaseTitle(record),
    body: markup`${pageHeader({
      eyebrow: 'Tideline release report',
      title: `${record.preset}: version ${deployment.fromVersion} to ${deployment.toVersion} by ${record.shift}`,
      sub: `${record.startedAt}, deployment ${deployment.id}, at ${record.speed} times real time`,
    })}
${verdictBanner({
  passed,
  headline: `${passed ? 'Passed' : 'Failed'}: ${
    failed.length === 0
      ? `${checks.length} of ${checks.length} checks passed`
      : `${failed.length} of ${checks.length} checks failed: ${failed.join(', ')}`
  }`,
  summary: releaseTitle(record).replace(/^\w+: /u, ''),
})}
${tiles(record)}
${checksSection({ checks, notJudged })}
<section><h2>Traffic by version</h2>
${
  record.intervals.length === 0
    ? markup`<p class="empty">Nothing was sent.</p>`
    : chartFigure({
        caption: `${clientLine(record)} The weight is what the listener gives the new version; the share is what it got.`,
        draw: (size) => releaseChart(record, size),
        tableName: 'Traffic as a table',
        table: trafficTable(record),
      })
}</section>
<section><h2>Lifecycle of ${deployment.id}</h2>
${tableMarkup(lifecycleTable(record), 'Lifecycle events')}</section>`,
  });
}

function tiles({ clients, deployment, shift, fault }: ReleaseRecord): Markup {
  const { startedAtCloudSeconds: from, endedAtCloudSeconds: to } = deployment;
  return markup`<dl class="tiles">
${[
  { label: 'Deployment', value: deployment.status, note: deployment.error?.message ?? `by ${shift}` },
  { label: 'Fault', value: fault, note: 'what the new version does wrong' },
  {
    label: 'Requests',
    value: formatCount(clients.requests),
    note: `at ${formatCount(clients.requestsPerSecond)} requests/s`,
  },
  { label: 'Failed', value: formatCount(clients.failed), note: outcomes(clients.byOutcome) },
  {
    label: 'Time',
    value: to === null ? 'interrupted' : formatCloudTime(to - from),
    note: 'cloud time of the deployment',
  },
].map(tile)}</dl>`;
}

const outcomes = (byOutcome: ReleaseRecord['clients']['byOutcome']): string =>
  Object.entries(byOutcome)
    .map(([outcome, count]) => `${formatCount(count)} × ${outcome}`)
    .join(', ');
