import { setTimeout } from 'node:timers/promises';
import { testTrafficPauseSeconds } from '@tideline/config/release-hook';
import { askListener } from './ask-listener.ts';
import { handleRelease } from './handle-release.ts';
import { readSettings } from './hook-settings.ts';
import { privateAddresses } from './private-addresses.ts';
import { reportToCodeDeploy } from './report-to-code-deploy.ts';

/** What Lambda calls at CodeDeploy’s event AfterAllowTestTraffic. @throws what keeps the outcome from being reported */
export const handler = (
  event: unknown,
  lambda: { readonly getRemainingTimeInMillis: () => number },
): Promise<void> =>
  handleRelease(event, {
    settings: () => readSettings(process.env),
    addresses: privateAddresses,
    ask: askListener,
    report: reportToCodeDeploy,
    pause: () => setTimeout(testTrafficPauseSeconds * 1000),
    timeUp: (signal) => setTimeout(lambda.getRemainingTimeInMillis() - reportMs, undefined, { signal }),
    log: (line) => void process.stdout.write(`${JSON.stringify(line)}\n`),
  });

/** What is left of the function’s time for its report, retries included. */
const reportMs = 20_000;
