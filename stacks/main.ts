import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { deployTrust, namedImage } from '@tideline/config';
import { describedEnvironment } from '@tideline/process/description';
import { WriteError, notWritten, writeErrorOf } from '@tideline/process/write-error';
import { Annotations } from 'cdktf';
import { buildStacks } from './build-stacks.ts';
import { explainFailure } from './deployment-error.ts';
import { deploymentFacts, placeholderAccountId } from './deployment-facts.ts';
import { lockProviders } from './lock-providers.ts';
import { synthesiseApp } from './synthesise-app.ts';

try {
  const { env } = process;
  // `npm run synth` passes options on; cdktf passes none, and its users set variables.
  const { preset, config, set } = parseArgs({
    options: {
      preset: { type: 'string' },
      config: { type: 'string' },
      set: { type: 'string', multiple: true, default: [] },
    },
  }).values;
  const environment = await describedEnvironment({ preset, config, set }, env);
  const deployment = deploymentFacts(env);
  const facts = {
    ...deployment,
    image: deployment.image ?? namedImage(environment),
    // Beside the program, in the package as in the workspace.
    releaseHookFile: join(import.meta.dirname, '..', 'apps', 'release-hook', 'main.zip'),
    deployTrust: deployTrust(environment, env),
  };
  const app = synthesiseApp(undefined, (scope) => {
    buildStacks(scope, { environment, ...facts });
    if (facts.accountId === placeholderAccountId)
      Annotations.of(scope.node.findChild('state')).addWarning(
        `AWS_ACCOUNT_ID is not set: the stacks are of the placeholder account ${placeholderAccountId}, and cannot be deployed`,
      );
  });
  // The lock file is beside the program where that was installed; else the program runs in the folder of cdktf.json.
  const beside = import.meta.dirname;
  lockProviders(existsSync(join(beside, '.terraform.lock.hcl')) ? beside : 'stacks', app.outdir);
} catch (error) {
  const failure = writeErrorOf(error) ?? error;
  process.stderr.write(`${explainFailure(failure)}\n`);
  process.exitCode = failure instanceof WriteError ? notWritten : 2;
}
