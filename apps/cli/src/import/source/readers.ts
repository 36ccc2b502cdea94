/** What a reader makes of a value: the value as a description takes it, or what is allowed instead. */
type Read<Value> = { readonly value: Value } | { readonly allowed: string };

export type Reader<Value> = (value: unknown) => Read<Value>;

/** A whole number, also one that is written as text, as task definitions do. */
export const whole =
  (min: number, max: number): Reader<number> =>
  (value) => {
    const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
    const fits = typeof number === 'number' && Number.isInteger(number) && number >= min && number <= max;
    return fits ? { value: number } : { allowed: `a whole number from ${min} to ${max}` };
  };

/** A number above 0. */
export const positive =
  (max: number): Reader<number> =>
  (value) => {
    const fits = typeof value === 'number' && value > 0 && value <= max;
    return fits ? { value } : { allowed: `a number above 0, up to ${max}` };
  };

export const flag: Reader<boolean> = (value) =>
  typeof value === 'boolean' ? { value } : { allowed: 'true or false' };

export const oneOf =
  <Value extends string | number>(values: readonly Value[]): Reader<Value> =>
  (value) => {
    const found = values.find((one) => one === value);
    return found === undefined ? { allowed: values.join(', ') } : { value: found };
  };

/** Text, or a number as text, of a certain form. */
export const matching =
  (form: RegExp, allowed: string): Reader<string> =>
  (value) => {
    const text = typeof value === 'number' ? String(value) : value;
    return typeof text === 'string' && form.test(text) ? { value: text } : { allowed };
  };

const unitSeconds: Readonly<Record<string, number>> = {
  h: 3600,
  m: 60,
  s: 1,
  ms: 1e-3,
  us: 1e-6,
  µs: 1e-6,
  ns: 1e-9,
};

/** Seconds of a duration as Go writes it, such as 1m30s; undefined where it is none. */
export function durationSeconds(value: unknown): number | undefined {
  if (typeof value !== 'string' || !/^(\d+(\.\d+)?(h|ms|m|s|us|µs|ns))+$/.test(value)) return undefined;
  return [...value.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|us|µs|ns)/g)].reduce(
    (total, [, amount = '', unit = '']) => total + Number(amount) * (unitSeconds[unit] ?? 0),
    0,
  );
}

/** A duration in whole seconds. */
export const seconds =
  (min: number, max: number): Reader<number> =>
  (value) => {
    const total = durationSeconds(value);
    const fits = total !== undefined && Number.isInteger(total) && total >= min && total <= max;
    return fits
      ? { value: total }
      : { allowed: `whole seconds from ${min} to ${max}, such as ${Math.max(min, 1)}s` };
  };

/** Program and arguments: a list, or a line that is taken apart as a shell would, without one. */
export const words: Reader<readonly string[]> = (value) => {
  const list = typeof value === 'string' ? shellWords(value) : value;
  const fits =
    Array.isArray(list) &&
    list.length > 0 &&
    list.length <= 100 &&
    list.every((word) => typeof word === 'string' && word.length <= 4096);
  return fits
    ? { value: list as readonly string[] }
    : { allowed: 'a line with closed quotes, or a list of up to 100 texts' };
};

/** The words of a line; undefined where a quote is not closed. */
function shellWords(line: string): readonly string[] | undefined {
  const found = line.match(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+|["'\\]/gs) ?? [];
  if (found.some((word) => /^["'\\]$/.test(word))) return undefined;
  return found.map((word) => word.replace(/\\.|"(?:[^"\\]|\\.)*"|'[^']*'/gs, unquoted));
}

/** What a shell makes of one quoted part of a word. */
function unquoted(part: string): string {
  if (part.startsWith('\\')) return part.slice(1);
  const inside = part.slice(1, -1);
  return part.startsWith("'") ? inside : inside.replace(/\\(["\\$`])/g, '$1');
}
