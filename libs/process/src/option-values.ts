import { nearestName, suggestName } from '@tideline/config';
import { InvalidArgumentError, Option } from 'commander';

/** Numbers that an option takes. */
interface NumberRange {
  /** The least one. */
  readonly from?: number;
  /** In place of `from`: every number above this one. */
  readonly above?: number;
  /** The greatest one. */
  readonly to: number;
  /** What is counted. */
  readonly of?: string;
  /** What a particular number means. */
  readonly remark?: string;
}

/** A parser of whole numbers in a range. It throws InvalidArgumentError with what is allowed. */
export const wholeNumber = (range: NumberRange) => numberParser('a whole number', range, Number.isInteger);

/** The same for any number. */
export const number = (range: NumberRange) => numberParser('a number', range, Number.isFinite);

function numberParser(kind: string, range: NumberRange, isKind: (value: number) => boolean) {
  const { from = -Infinity, above = -Infinity, to, of, remark } = range;
  const bounds = range.above === undefined ? `from ${from} to ${to}` : `above ${above}, up to ${to}`;
  const allowed = `${of === undefined ? kind : `${kind} of ${of}`} ${bounds}${remark === undefined ? '' : `; ${remark}`}`;
  return (text: string): number => {
    const value = Number(text);
    if (text.trim() !== '' && isKind(value) && value >= from && value > above && value <= to) return value;
    throw new InvalidArgumentError(`Allowed: ${allowed}.`);
  };
}

/** A TCP port to listen on. */
export const port = wholeNumber({ from: 0, to: 65_535, remark: '0 picks a free port' });

/** @throws InvalidArgumentError unless the text is an http or https URL */
export function httpUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError('Allowed: an http or https URL, such as http://127.0.0.1:3000.');
}

/** Appends the value of an option that may be repeated; a required one has no default to begin with. */
export const collect = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
];

/** An option that takes one of some names, and suggests the nearest one for any other. */
export const choiceOption = (flags: string, description: string, names: readonly string[]): Option =>
  new Option(flags, description).choices(names).argParser((text: string) => {
    if (names.includes(text)) return text;
    throw new InvalidArgumentError(capitalised(suggestName(text, names)));
  });

/**
 * A parser of names that commas separate, in the order of `names` and each once.
 * It throws InvalidArgumentError for an unknown name, and where there is none.
 */
export const nameList =
  <Name extends string>(names: readonly Name[]) =>
  (text: string): readonly Name[] => {
    const typed = text
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    const allowed = `Allowed, separated by commas: ${names.join(', ')}.`;
    if (typed.length === 0) throw new InvalidArgumentError(`Got no name. ${allowed}`);
    const unknown = typed.filter((name) => !(names as readonly string[]).includes(name));
    if (unknown.length === 0) return names.filter((name) => typed.includes(name));
    const meant = unknown.flatMap((name) => nearestName(name, names) ?? []);
    const hint = meant.length === 0 ? '' : ` Did you mean ${meant.join(', ')}?`;
    throw new InvalidArgumentError(`Unknown: ${unknown.join(', ')}.${hint} ${allowed}`);
  };

const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
