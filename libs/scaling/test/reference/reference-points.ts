import type { ReferenceMoment, ReferencePoint } from './reference-description.ts';

type Metrics = ReferenceMoment['metrics'];

export const periodOf = (key: string, metrics: Metrics): number =>
  metrics[addends(key)[0] ?? '']?.period ?? 60;

const known = new Map<string, readonly string[]>();

/** The metrics that a sum adds up, by its key. */
function addends(key: string): readonly string[] {
  const found = known.get(key) ?? key.split(' + ');
  if (!known.has(key)) known.set(key, found);
  return found;
}

/** A sum has a datapoint only where each of its metrics has one. */
export function pointAt(key: string, start: number, metrics: Metrics): ReferencePoint | null {
  let sum = 0;
  let running: number | null = null;
  for (const [index, each] of addends(key).entries()) {
    const point = metrics[each]?.points.get(start);
    if (point === undefined) return null;
    sum += point.value;
    if (index === 0) running = point.running;
  }
  return { value: sum, running };
}
