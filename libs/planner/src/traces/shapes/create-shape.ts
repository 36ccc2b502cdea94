import { nearestName, suggestName } from '@tideline/config';
import { randomFrom } from '@tideline/scaling';
import { mostSteps } from '../series/even-steps.ts';
import type { Trace } from '../trace.ts';
import { traceError } from '../trace-codes.ts';
import { daily, flashCrowd, onOff, weekly } from './periodic-shapes.ts';
import type { Shape, ShapeValues } from './shape.ts';
import { constant, ramp, spike, step } from './steady-shapes.ts';

/** Every shape by its name. */
const shapes = {
  constant,
  step,
  ramp,
  spike,
  daily,
  weekly,
  'flash-crowd': flashCrowd,
  'on-off': onOff,
} as const satisfies Record<string, Shape>;

export type ShapeName = keyof typeof shapes;

/** The names of all shapes, as `--trace` takes them. */
export const shapeNames = Object.keys(shapes) as readonly ShapeName[];

/** A shape’s meaning and parameters, for help and documents. */
export const describeShape = (name: ShapeName): Pick<Shape, 'meaning' | 'parameters'> => shapes[name];

export interface ShapeOptions {
  /** Picks the noise and the random times; the same seed, the same trace. @default 1 */
  readonly seed?: number | undefined;
  /** Values of the shape’s parameters, by name; `describeShape` lists them. @default those of the shape */
  readonly parameters?: Readonly<Record<string, number>>;
  /** Calendar instant of the first step. @default 2026-01-05T00:00:00Z, a Monday */
  readonly startedAt?: Date;
}

/** Monday, so that the weekends of `weekly` are weekends. */
const defaultStart = '2026-01-05T00:00:00Z';

/**
 * Generates a trace: for each step the shape’s rate at its middle.
 * @throws UsageError TL-TRACE-SHAPE for an unknown name or parameter, or a value out of range
 */
export function createShape(name: string, options: ShapeOptions = {}): Trace {
  const { seed = 1, parameters = {}, startedAt = new Date(defaultStart) } = options;
  if (!isShapeName(name))
    throw traceError('TL-TRACE-SHAPE', `no shape "${name}"; ${suggestName(name, shapeNames)}`);
  const shape: Shape = shapes[name];
  const values = valuesOf(name, shape, parameters);
  const { stepSeconds = 60, days = 1 } = values;
  const steps = Math.max(1, Math.round((days * 86_400) / stepSeconds));
  if (steps > mostSteps)
    throw traceError(
      'TL-TRACE-LENGTH',
      `${name}: ${days} days of ${stepSeconds} s are ${steps} steps; allowed are ${mostSteps}: give a longer stepSeconds`,
    );
  const rateAt = shape.rates(values, randomFrom(seed));
  return {
    name,
    startedAt,
    stepSeconds,
    requestsPerSecond: Array.from({ length: steps }, (_, index) => rateAt((index + 0.5) * stepSeconds)),
    remarks: [],
  };
}

const isShapeName = (name: string): name is ShapeName => Object.hasOwn(shapes, name);

function valuesOf(name: string, { parameters }: Shape, given: Readonly<Record<string, number>>): ShapeValues {
  for (const [key, value] of Object.entries(given)) {
    const parameter = parameters[key];
    const known = Object.keys(parameters);
    if (parameter === undefined)
      throw traceError(
        'TL-TRACE-SHAPE',
        `${name}: no parameter "${key}"${hint(nearestName(key, known))}; allowed are ${known.join(', ')}`,
      );
    if (!(value >= parameter.from && value <= parameter.to))
      throw traceError(
        'TL-TRACE-SHAPE',
        `${name}: got ${key}=${value} (${parameter.meaning}); allowed are numbers from ${parameter.from} to ${parameter.to}`,
      );
  }
  return Object.fromEntries(
    Object.entries(parameters).map(([key, parameter]) => [key, given[key] ?? parameter.default]),
  );
}

const hint = (meant: string | undefined): string => (meant === undefined ? '' : `, did you mean ${meant}?`);

/** A shape as a user types it, such as `daily` or `daily:low=10,high=200`; undefined: the text names no shape. @throws UsageError TL-TRACE-SHAPE */
export function parseShape(
  text: string,
): { readonly name: string; readonly parameters: Readonly<Record<string, number>> } | undefined {
  const [, name = '', given] = /^([a-z-]+)(?::(.*))?$/.exec(text) ?? [];
  if (!isShapeName(name)) return undefined;
  const pairs = (given ?? '').split(',').filter((pair) => pair.trim() !== '');
  const parameters = pairs.map((pair): [string, number] => {
    const [, key, value = ''] = /^\s*(\w+)\s*=\s*(\S+)\s*$/.exec(pair) ?? [];
    if (key !== undefined && Number.isFinite(Number(value))) return [key, Number(value)];
    throw traceError(
      'TL-TRACE-SHAPE',
      `${name}: got "${pair}"; allowed are parameters with numbers, such as ${name}:${Object.keys(shapes[name].parameters)[0] ?? ''}=10`,
    );
  });
  return { name, parameters: Object.fromEntries(parameters) };
}
