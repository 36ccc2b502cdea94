import { type CallLogger, callLogger } from './aws-problem.ts';

/** What every AWS client is made with; credentials and endpoint come from the environment, as the SDK reads them. */
export interface ClientSettings {
  readonly region: string;
  /** Notes which call failed: the SDK’s errors do not say it. */
  readonly logger: CallLogger;
}

export const clientSettings = (region: string): ClientSettings => ({ region, logger: callLogger });
