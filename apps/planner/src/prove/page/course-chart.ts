import type { CountFrom } from '@tideline/evidence';
import {
  type ChartSize,
  type Markup,
  type Plot,
  chartFrame,
  countScale,
  edgeLabels,
  markup,
  plotArea,
  px,
  valueAxis,
} from '@tideline/report';
import type { ProofDocument } from '../proof-schema.ts';

/** Units over the load, as predicted and as measured, with what the load needed. */
export function courseChart(proof: ProofDocument, size: ChartSize): Markup {
  const plot = plotArea(size, { height: size === 'wide' ? 220 : 180, above: 'measure' });
  const seconds = proof.part.toSeconds - proof.part.fromSeconds;
  const demand = demandOfPart(proof);
  const { predicted, measured } = proof;
  const highest = [...demand, ...predicted.running, ...measured.running].reduce(
    (most, { count }) => Math.max(most, count),
    1,
  );
  const scale = countScale(plot, highest);
  const x = (at: number): number => plot.left + (at / seconds) * (plot.right - plot.left);
  const path = (counts: readonly CountFrom[]): string =>
    `${counts
      .map(({ seconds: at, count }, index) =>
        index === 0 ? `M${px(x(0))},${px(scale.y(count))}` : `H${px(x(at))}V${px(scale.y(count))}`,
      )
      .join('')}H${plot.right}`;
  const lines = [
    { className: 'demand', text: 'needed', counts: demand },
    { className: 'measured', text: 'measured', counts: measured.running },
    { className: 'predicted', text: 'predicted', counts: predicted.running },
  ];
  return chartFrame(
    plot,
    {
      id: 'course',
      title: `${proof.unit}s over time, predicted and measured`,
      description: `${Math.round(seconds / 60)} cloud minutes; equal in ${proof.agreement.equalMinutesPercent.toFixed(1)} % of them; at most ${highest}.`,
    },
    [
      valueAxis(plot, scale, `${proof.unit}s`),
      ...minuteTicks(plot, seconds, x),
      ...lines.map(
        ({ className, text, counts }) =>
          markup`<path class="line ${className}" d="${path(counts)}"><title>${text}</title></path>`,
      ),
      edgeLabels(
        plot,
        lines.map(({ className, text, counts }) => ({
          y: scale.y(counts.at(-1)?.count ?? 0),
          text,
          className,
        })),
      ),
    ],
  );
}

/** Least units that carry each step of the part. */
const demandOfPart = ({ part, capacity }: ProofDocument): readonly CountFrom[] =>
  part.requestsPerSecond
    .map((rate, step) => ({
      seconds: step * part.stepSeconds,
      count: Math.ceil(rate / capacity.requestsPerSecond.value - 1e-9),
    }))
    .filter(({ count }, index, all) => index === 0 || count !== all[index - 1]?.count);

/** Every 5, 10, 30 … minutes, as there is room. */
function minuteTicks(plot: Plot, seconds: number, x: (at: number) => number): readonly Markup[] {
  const minutes = seconds / 60;
  const most = plot.size === 'wide' ? 12 : 3;
  const every = [1, 2, 5, 10, 15, 30, 60, 120, 240, 480].find((each) => minutes / each <= most) ?? 960;
  return Array.from({ length: Math.floor(minutes / every) + 1 }, (_, index) => index * every).map(
    (minute) => {
      const place = px(x(minute * 60));
      return markup`<line class="tick" x1="${place}" x2="${place}" y1="${plot.bottom}" y2="${plot.bottom + 5}"/>
<text class="tick-label" x="${place}" y="${plot.bottom + 19}" text-anchor="middle">${minute} min</text>`;
    },
  );
}
