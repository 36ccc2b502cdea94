import { type Environment, loadEnvironment, variableName } from '@tideline/config';
import type { ChangedEffect, ReaderName } from './effect.ts';
import { type Facts, readers } from './readers.ts';

/** What noticed a change, and where. */
export type Noticed = Readonly<Partial<Record<ReaderName, readonly string[]>>>;

const order: readonly ReaderName[] = ['terraform', 'plan', 'alarms', 'simulation', 'cost', 'warnings'];

/** When the readers that take long are asked: stacks unless another reader must notice, a simulation where its rules changed. */
const slow: Partial<
  Record<ReaderName, (expected: ReaderName | undefined, noticed: ReadonlyMap<ReaderName, unknown>) => boolean>
> = {
  terraform: (expected) => expected === undefined || expected === 'terraform',
  simulation: (expected, noticed) => expected === 'simulation' || noticed.has('plan'),
};

/** Asks readers before and after changes; what they said of a description is asked once. */
export class EffectFinder {
  /** Settings beside the change, as a layer below it: the path of the change is looked up in what they make. */
  static variables(settings: readonly string[]): Readonly<Record<string, string>> {
    return Object.fromEntries(settings.map(asVariable));
  }

  readonly #known = new Map<string, Facts>();

  /**
   * Where the change shows.
   * @throws ConfigurationError when either description is refused
   */
  async find({
    set,
    preset = 'load-driven',
    beside = [],
    together = [],
    in: expected,
  }: ChangedEffect): Promise<Noticed> {
    const variables = EffectFinder.variables(beside);
    const load = (settings: readonly string[]) => loadEnvironment({ preset, variables, set: settings });
    const [before, after] = [await load([]), await load([set, ...together])];
    const noticed = new Map<ReaderName, readonly string[]>();
    for (const name of order) {
      if (slow[name]?.(expected, noticed) === false) continue;
      const places = differences(this.#ask(name, before), readers[name](after));
      if (places.length > 0) noticed.set(name, places);
    }
    return Object.fromEntries(noticed);
  }

  #ask(name: ReaderName, environment: Environment): Facts {
    const key = `${name} ${JSON.stringify(environment)}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const facts = readers[name](environment);
    this.#known.set(key, facts);
    return facts;
  }
}

/** `path=value`, as the variable of that field. */
function asVariable(setting: string): readonly [name: string, value: string] {
  const equals = setting.indexOf('=');
  return [variableName(setting.slice(0, equals)), setting.slice(equals + 1)];
}

const differences = (before: Facts, after: Facts): readonly string[] =>
  [...new Set([...before.keys(), ...after.keys()])].filter((place) => before.get(place) !== after.get(place));
