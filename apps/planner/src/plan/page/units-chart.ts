import type { CountFrom } from '@tideline/evidence';
import type { PlanDocument } from '@tideline/planner';
import {
  type ChartSize,
  type Markup,
  chartFrame,
  countScale,
  edgeLabels,
  markup,
  plotArea,
  px,
  valueAxis,
} from '@tideline/report';
import { instant } from '../../shared/words.ts';
import type { PlanTimelines } from '../timelines.ts';

const dayMs = 86_400_000;
/** A step line needs no more corners than this: beyond, each pixel has several. */
const mostCorners = 2000;

/** Units that are needed, and those that one policy has, over the part that was held out. */
export function unitsChart(
  plan: PlanDocument,
  { timelines, which }: { readonly timelines: PlanTimelines; readonly which: 'current' | 'recommended' },
  size: ChartSize,
): Markup {
  const plot = plotArea(size, { height: size === 'wide' ? 180 : 150, above: 'measure' });
  const { fromSeconds, toSeconds, demand } = timelines;
  const supply = timelines[which];
  const highest = [...demand, ...timelines.current, ...timelines.recommended].reduce(
    (most, { count }) => Math.max(most, count),
    1,
  );
  const scale = countScale(plot, highest);
  const x = (seconds: number): number =>
    plot.left + ((seconds - fromSeconds) / (toSeconds - fromSeconds)) * (plot.right - plot.left);
  const path = (counts: readonly CountFrom[]): string => {
    const every = Math.max(1, Math.ceil(counts.length / mostCorners));
    const corners = counts.filter((_, index) => index % every === 0);
    const steps = corners.map(({ seconds, count }, index) =>
      index === 0 ? `M${px(x(seconds))},${px(scale.y(count))}` : `H${px(x(seconds))}V${px(scale.y(count))}`,
    );
    return `${steps.join('')}H${plot.right}`;
  };
  const name = which === 'current' ? 'now' : 'recommended';
  return chartFrame(
    plot,
    {
      id: `units-${which}`,
      title: `${plan.unit}s needed, and ${plan.unit}s of the policy ${name}`,
      description: `From ${instant(plan.trace.startedAt, fromSeconds)} to ${instant(plan.trace.startedAt, toSeconds)} UTC; at most ${highest}.`,
    },
    [
      valueAxis(plot, scale, `${plan.unit}s`),
      ...dayTicks(plan, timelines, { x, bottom: plot.bottom, narrow: size === 'narrow' }),
      markup`<path class="line demand" d="${path(demand)}"><title>needed</title></path>`,
      markup`<path class="line ${name}" d="${path(supply)}"><title>${name}</title></path>`,
      edgeLabels(plot, [
        { y: scale.y(demand.at(-1)?.count ?? 0), text: 'needed', className: 'demand' },
        { y: scale.y(supply.at(-1)?.count ?? 0), text: name, className: name },
      ]),
    ],
  );
}

interface Placed {
  readonly x: (seconds: number) => number;
  readonly bottom: number;
  readonly narrow: boolean;
}

/** A tick at the start of each day, UTC; every few days where there are many. */
function dayTicks(
  { trace }: PlanDocument,
  { fromSeconds, toSeconds }: PlanTimelines,
  { x, bottom, narrow }: Placed,
): readonly Markup[] {
  const startMs = new Date(trace.startedAt).getTime();
  const first = Math.ceil((startMs + fromSeconds * 1000) / dayMs);
  const last = Math.floor((startMs + toSeconds * 1000) / dayMs);
  const every = Math.max(1, Math.ceil((last - first + 1) / (narrow ? 4 : 10)));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
    .filter((_, index) => index % every === 0)
    .map((day) => {
      const place = px(x((day * dayMs - startMs) / 1000));
      return markup`<line class="tick" x1="${place}" x2="${place}" y1="${bottom}" y2="${bottom + 5}"/>
<text class="tick-label" x="${place}" y="${bottom + 19}" text-anchor="middle">${new Date(day * dayMs).toISOString().slice(5, 10)}</text>`;
    });
}
