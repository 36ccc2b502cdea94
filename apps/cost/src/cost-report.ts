import {
  type CapacityNoun,
  type Environment,
  type Price,
  type PriceTable,
  computeFacts,
  listPrices,
} from '@tideline/config';
import {
  type Comparison,
  type CostAssumptions,
  type Scenarios,
  type TypicalLoad,
  compareReference,
  costRemarks,
  costScenarios,
  hoursPerMonth,
} from '@tideline/cost';

/** Everything that is printed, as `--json` prints it. */
export interface CostReport extends Scenarios {
  readonly preset: string;
  readonly region: string;
  readonly currency: 'USD';
  /** What a unit of capacity is. */
  readonly unit: `${CapacityNoun}s`;
  readonly hoursPerMonth: number;
  readonly load: TypicalLoad;
  readonly assumptions: CostAssumptions;
  readonly remarks: readonly string[];
  /** Every price that the estimate uses, with where it comes from. */
  readonly prices: Readonly<Record<string, Price & { readonly isBuiltIn: boolean }>>;
  /** The minimum beside a table that was published for such a system; null where there is none. */
  readonly reference: Comparison | null;
  /** What a settings profile makes of it; null where none was asked for. */
  readonly beside: Beside | null;
}

/** An environment with a settings profile laid under its own settings. */
export interface Beside extends Pick<Scenarios, 'scenarios'> {
  readonly profile: string;
}

export interface CostReportInputs {
  /** The same environment with a settings profile. @default none is compared */
  readonly beside?: { readonly profile: string; readonly environment: Environment } | undefined;
  readonly load: TypicalLoad;
  readonly assumptions: CostAssumptions;
  readonly prices: PriceTable;
}

/** Prices an environment in every scenario. @throws ConfigurationError when a price is missing */
export function costReport(environment: Environment, inputs: CostReportInputs): CostReport {
  const { load, assumptions, prices, beside } = inputs;
  const costs = costScenarios(environment, inputs);
  const { minimum, typical } = costs.scenarios;
  const used = [...new Set(typical.lines.map(({ price }) => price))];
  return {
    preset: environment.preset,
    region: environment.region,
    currency: 'USD',
    unit: `${computeFacts(environment).unit}s`,
    hoursPerMonth,
    load,
    ...costs,
    assumptions,
    remarks: costRemarks(environment, { typical, prices }),
    prices: Object.fromEntries(
      used.flatMap((name) => {
        const price = prices[name];
        return price === undefined ? [] : [[name, { ...price, isBuiltIn: price === listPrices[name] }]];
      }),
    ),
    reference: compareReference(environment.preset, minimum),
    beside:
      beside === undefined
        ? null
        : {
            profile: beside.profile,
            scenarios: costScenarios(beside.environment, inputs).scenarios,
          },
  };
}
