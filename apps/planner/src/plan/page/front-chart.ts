import type { PlanDocument, PlanEntry } from '@tideline/planner';
import {
  type ChartSize,
  type Markup,
  type Plot,
  chartFrame,
  linearScale,
  markup,
  plotArea,
  px,
  valueAxis,
} from '@tideline/report';
import { percent, rounded, usd } from '../../shared/words.ts';
import { settingsWords } from '../plan-words.ts';

interface Point {
  readonly x: number;
  readonly y: number;
  readonly className: string;
  readonly label: string | null;
  readonly hover: string;
}

/** Cost against requests above capacity, on the part that was held out: the front, the policy of now, the recommended one. */
export function frontChart(plan: PlanDocument, size: ChartSize): Markup {
  const plot = plotArea(size, { height: size === 'wide' ? 260 : 220, above: 'measure' });
  const entries = [...plan.front, plan.current, plan.recommended];
  const costs = entries.map(({ heldOut }) => heldOut.cost.computeUsdPerMonth);
  const across = acrossScale(plot, Math.max(...costs, 1));
  const scale = linearScale(
    plot,
    entries.map(({ heldOut }) => heldOut.requestsAboveCapacity.percent),
  );
  const point = (entry: PlanEntry, className: string, label: string | null): Point => ({
    x: across.x(entry.heldOut.cost.computeUsdPerMonth),
    y: scale.y(entry.heldOut.requestsAboveCapacity.percent),
    className,
    label,
    hover: `${label ?? entry.name} (${settingsWords(entry.settings)}): ${usd(entry.heldOut.cost.computeUsdPerMonth)} USD a month, ${percent(entry.heldOut.requestsAboveCapacity.percent)} above capacity`,
  });
  const points = [
    ...plan.front.map((entry) => point(entry, 'front', null)),
    point(plan.current, 'now', 'now'),
    ...(plan.choice === 'keep' ? [] : [point(plan.recommended, 'recommended', 'recommended')]),
  ];
  return chartFrame(
    plot,
    {
      id: 'front',
      title: 'Cost against requests above capacity',
      description: points.map(({ hover }) => hover).join('; '),
    },
    [
      valueAxis(plot, scale, 'requests above capacity, %'),
      across.axis,
      ...points.map(
        ({ x, y, className, label, hover }) => markup`
<g class="choice ${className}"><title>${hover}</title><circle cx="${px(x)}" cy="${px(y)}" r="${className === 'front' ? 5 : 7}"/>
${label === null ? null : markup`<text x="${px(x + 11)}" y="${px(y - 8)}">${label}</text>`}</g>`,
      ),
    ],
  );
}

/** An axis of USD from 0. */
function acrossScale(plot: Plot, highest: number) {
  const count = plot.size === 'wide' ? 6 : 4;
  const step = niceStep(highest / count);
  const top = Math.ceil(highest / step) * step;
  const x = (value: number): number => plot.left + (value / top) * (plot.right - plot.left);
  const ticks = Array.from({ length: Math.round(top / step) + 1 }, (_, index) => index * step);
  const axis = markup`<g class="axis"><line class="base" x1="${plot.left}" x2="${plot.right}" y1="${plot.bottom}" y2="${plot.bottom}"/>
${ticks.map(
  (
    tick,
  ) => markup`<line class="tick" x1="${px(x(tick))}" x2="${px(x(tick))}" y1="${plot.bottom}" y2="${plot.bottom + 5}"/>
<text class="tick-label" x="${px(x(tick))}" y="${plot.bottom + 19}" text-anchor="middle">${rounded(tick)}</text>`,
)}
<text class="measure" x="${plot.right}" y="${plot.bottom + 38}" text-anchor="end">USD a month</text></g>`;
  return { x, axis };
}

/** 1, 2 or 5 times a power of ten, at least so much. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5].find((digit) => digit * power >= least) ?? 10) * power;
}
