import { listPrices, readLoadProfile, readPrices } from '@tideline/config';
import { readCostAssumptions, typicalLoad } from '@tideline/cost';
import { type DescriptionOptions, describedEnvironment } from '@tideline/process';
import { costReport } from '../cost-report.ts';
import { renderPrices, replacementFile } from '../render/render-prices.ts';
import { renderReport } from '../render/render-report.ts';

/** The command line as typed, each value of the right type and range. */
export interface CostOptions extends DescriptionOptions {
  readonly requestsPerSecond?: number;
  readonly hours?: number;
  readonly assume: readonly string[];
  readonly prices?: string;
  readonly beside?: string;
  readonly listPrices: boolean;
  readonly explain: boolean;
  readonly json: boolean;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** What the options ask for, as text that ends in a line break. @throws ConfigurationError */
export async function runCost(
  options: CostOptions,
  { variables, color }: { readonly variables: Variables; readonly color: boolean },
): Promise<string> {
  const prices = options.prices === undefined ? listPrices : await readPrices(options.prices);
  if (options.listPrices) return options.json ? json(replacementFile(prices)) : renderPrices(prices);
  const environment = await describedEnvironment(options, variables);
  const load = typicalLoad(await readLoadProfile(environment.load.profile), {
    requestsPerSecond: options.requestsPerSecond,
    hoursPerDay: options.hours,
  });
  const report = costReport(environment, {
    load,
    assumptions: readCostAssumptions(options.assume),
    prices,
    beside: options.beside === undefined ? undefined : await withProfile(options.beside, options, variables),
  });
  return options.json ? json(report) : renderReport(report, { color, explain: options.explain });
}

/** The same description with a settings profile, which its own settings still win over. */
async function withProfile(profile: string, options: CostOptions, variables: Variables) {
  const set = [...options.set, `profile=${profile}`];
  return { profile, environment: await describedEnvironment({ ...options, set }, variables) };
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
