import { loadEnvironment } from '@tideline/config';
import { App } from 'cdktf';
import { buildStacks } from './build-stacks.ts';
import { deploymentFacts } from './deployment-facts.ts';
import { explainFailure } from './explain-failure.ts';
import { lockProviders } from './lock-providers.ts';

try {
  const { env } = process;
  const environment = await loadEnvironment({
    preset: env.TIDELINE_PRESET ?? 'load-driven',
    file: env.TIDELINE_CONFIG,
    variables: env,
  });
  // Where a construct was made in this source is no news to those who read the synthesised files.
  const app = new App({ stackTraces: false });
  buildStacks(app, { environment, ...deploymentFacts(env) });
  app.synth();
  // CDKTF and the pipeline start this in the folder of cdktf.json, bundled or not.
  lockProviders('stacks', app.outdir);
} catch (error) {
  process.stderr.write(`${explainFailure(error)}\n`);
  process.exitCode = 2;
}
