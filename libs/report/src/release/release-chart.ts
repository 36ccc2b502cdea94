import { type ReleaseRecord, formatCount } from '@tideline/evidence';
import { type ChartSize, chartFrame, plotArea, px } from '../charts/chart-frame.ts';
import { edgeLabels } from '../charts/edge-labels.ts';
import { timeAxis } from '../charts/time-axis.ts';
import { timeScale } from '../charts/time-scale.ts';
import { linearScale, valueAxis } from '../charts/value-scale.ts';
import { type Markup, markup, nothing } from '../html/markup.ts';

/** The weight of the new version over cloud time, and the share of the requests that it got; failures of each interval below. */
export function releaseChart(record: ReleaseRecord, size: ChartSize): Markup {
  const { deployment, speed } = record;
  const plot = plotArea(size, { height: size === 'wide' ? 210 : 180, above: 'measure' });
  const intervals = record.intervals.map((interval) => ({ ...interval, ...shares(record, interval) }));
  const last = intervals.at(-1);
  const span = {
    fromCloudSeconds: intervals[0]?.fromCloudSeconds ?? 0,
    toCloudSeconds: last?.toCloudSeconds ?? 1,
  };
  const time = timeScale(plot, span, null);
  const scale = linearScale(plot, [0, 100]);
  const failed = intervals.reduce((sum, interval) => sum + interval.failed, 0);
  const weights = intervals
    .map(
      ({ fromCloudSeconds, toCloudSeconds, percent }, index) =>
        `${index === 0 ? 'M' : 'L'}${px(time.x(fromCloudSeconds))},${px(scale.y(percent))}H${px(time.x(toCloudSeconds))}`,
    )
    .join('');
  const description = `Weight of version ${deployment.toVersion} in per cent, and the share of the requests that it got; ${formatCount(failed)} requests failed.`;
  return chartFrame(plot, { id: 'release', title: 'Traffic by version', description }, [
    valueAxis(plot, scale, `per cent to version ${deployment.toVersion}`),
    markup`<path class="line desired" d="${weights}"/>`,
    ...intervals.map(({ fromCloudSeconds, toCloudSeconds, share, failed: lost, requests, percent }) => {
      if (share === null) return nothing;
      const x = (time.x(fromCloudSeconds) + time.x(toCloudSeconds)) / 2;
      const text = `weight ${percent} %, share ${share.toFixed(1)} % of ${formatCount(requests)} requests, ${formatCount(lost)} failed`;
      return markup`<circle class="dot ${lost > 0 ? 'failing' : 'answered'}" cx="${px(x)}" cy="${px(scale.y(share))}" r="${lost > 0 ? 5 : 3.5}"><title>${text}</title></circle>`;
    }),
    edgeLabels(
      plot,
      last === undefined
        ? []
        : [
            { y: scale.y(last.percent), text: `weight ${last.percent} %`, className: 'desired' },
            ...(last.share === null
              ? []
              : [
                  { y: scale.y(last.share), text: `share ${last.share.toFixed(0)} %`, className: 'answered' },
                ]),
          ],
    ),
    timeAxis(plot, time, [{ fromCloudSeconds: 0, speed }]),
  ]);
}

/** Requests of an interval, of both versions, and the share of the new one; null without any. */
function shares(
  { deployment: { fromVersion, toVersion } }: ReleaseRecord,
  { traffic }: ReleaseRecord['intervals'][number],
): { readonly requests: number; readonly failed: number; readonly share: number | null } {
  const none = { requests: 0, failed: 0 };
  const [old, fresh] = [traffic[fromVersion] ?? none, traffic[toVersion] ?? none];
  const requests = old.requests + fresh.requests;
  return {
    requests,
    failed: old.failed + fresh.failed,
    share: requests === 0 ? null : (fresh.requests / requests) * 100,
  };
}
