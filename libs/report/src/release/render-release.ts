import type { ReleaseRecord } from '@tideline/evidence';
import { formatCloudTime } from '../facts/cloud-time.ts';
import { type Table, checkTable, left, right } from '../facts/table.ts';
import { escapeMarkdown, markdownTable } from '../markdown/markdown-table.ts';
import { tableBlocks } from '../terminal/text-table.ts';

const share = (part: number, whole: number): string =>
  whole === 0 ? '' : `${((part / whole) * 100).toFixed(1)} %`;

/** The release in one line. */
export function releaseTitle({ passed, deployment, preset, shift, fault }: ReleaseRecord): string {
  const { fromVersion, toVersion, status, error } = deployment;
  const bad = fault === 'none' ? '' : ` (fault ${fault})`;
  const why = error === null ? '' : `, ${error.message}`;
  return `${passed ? 'PASS' : 'FAIL'}: ${preset}, version ${fromVersion} to ${toVersion} by ${shift}${bad}: ${status}${why}`;
}

/** What each version got, interval by interval. */
export function trafficTable({ intervals, deployment: { fromVersion, toVersion } }: ReleaseRecord): Table {
  return {
    columns: [
      left('cloud time'),
      right(`weight of ${toVersion}`),
      right(`requests to ${fromVersion}`),
      right('failed'),
      right(`requests to ${toVersion}`),
      right('failed'),
      right(`share of ${toVersion}`),
    ],
    rows: intervals.map(({ fromCloudSeconds, toCloudSeconds, percent, traffic }) => {
      const none = { requests: 0, failed: 0 };
      const [old, fresh] = [traffic[fromVersion] ?? none, traffic[toVersion] ?? none];
      return [
        `${formatCloudTime(fromCloudSeconds)} to ${formatCloudTime(toCloudSeconds)}`,
        `${percent} %`,
        String(old.requests),
        String(old.failed),
        String(fresh.requests),
        String(fresh.failed),
        share(fresh.requests, old.requests + fresh.requests),
      ];
    }),
  };
}

/** The lifecycle events of the deployment. */
export const lifecycleTable = ({ deployment }: ReleaseRecord): Table => ({
  columns: [left('lifecycle event'), left('status'), left('cloud time')],
  rows: deployment.events.map(({ name, status, cloudSeconds }) => [
    name,
    status,
    formatCloudTime(cloudSeconds),
  ]),
});

const results = { passed: 'pass', failed: 'FAIL' };

/** What clients sent, and what they got. */
export const clientLine = ({ clients, speed }: ReleaseRecord): string =>
  `Clients sent ${clients.requests} requests at ${clients.requestsPerSecond}/s, and ${clients.failed} failed. Cloud time ran ${speed} times as fast; rates are real.`;

/** A release in GitHub-flavoured Markdown; ends in a line break. */
export function renderReleaseMarkdown(record: ReleaseRecord): string {
  const blocks = [
    `## ${escapeMarkdown(releaseTitle(record))}`,
    escapeMarkdown(clientLine(record)),
    `### Traffic by version\n\n${markdownTable(trafficTable(record))}`,
    `### Lifecycle of ${record.deployment.id}\n\n${markdownTable(lifecycleTable(record))}`,
    `### Checks\n\n${markdownTable(checkTable(record, results))}`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** A release for a terminal of this width; ends in a line break. */
export function renderReleaseTerminal(record: ReleaseRecord, width: number): string {
  const tables = [trafficTable(record), lifecycleTable(record), checkTable(record, results)].map((table) =>
    tableBlocks(table, width).flat().join('\n'),
  );
  return `${[releaseTitle(record), clientLine(record), ...tables].join('\n\n')}\n`;
}
