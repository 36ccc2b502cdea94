import { type RunRecord, formatMeasure } from '@tideline/evidence';

const names = {
  cpuMillisecondsPerRequest: { label: 'CPU of a request', unit: 'ms' },
  idleCpuPercent: { label: 'CPU when idle', unit: '%' },
  memoryPercent: { label: 'Memory', unit: '%' },
  responseTimeMilliseconds: { label: 'Response when idle', unit: 'ms' },
} as const;

/** What the run measured beside what the simulator takes for granted, and by how much the two differ. */
export const modelFacts = ({
  models = {},
}: Pick<RunRecord, 'models'>): readonly { readonly label: string; readonly value: string }[] =>
  (Object.keys(names) as (keyof typeof names)[]).flatMap((name) => {
    const figure = models[name];
    if (figure === undefined) return [];
    const { label, unit } = names[name];
    const { modelled, measured } = figure;
    return [
      {
        label,
        value: `${formatMeasure(measured)} ${unit} measured, ${formatMeasure(modelled)} ${unit} in the simulator${difference(figure)}`,
      },
    ];
  });

/** ` (+20 %)`; nothing where the model is zero. */
function difference({
  modelled,
  measured,
}: {
  readonly modelled: number;
  readonly measured: number;
}): string {
  if (modelled === 0) return '';
  const percent = Math.round((measured / modelled - 1) * 100);
  return ` (${percent > 0 ? '+' : ''}${percent} %)`;
}
