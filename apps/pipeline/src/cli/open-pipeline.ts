import { mkdirSync } from 'node:fs';
import { type Environment, capacityUnit, deployTrust } from '@tideline/config';
import { hasPluginCache, pluginCacheFolder } from '@tideline/process';
import { awsCloud } from '../aws/cloud.ts';
import { systemClock } from '../clock.ts';
import { requireContext } from '../image/build-content.ts';
import { containerEngine } from '../image/container-engine.ts';
import { hasDockerfile, workspaceInputs } from '../image/image-inputs.ts';
import { imageSpecs } from '../image/image-spec.ts';
import type { Pipeline } from '../pipeline.ts';
import { runProcess } from '../process/run-process.ts';
import { fetchProbe } from '../steps/smoke-step.ts';
import { TerraformStackTool } from '../stacks/terraform-stack-tool.ts';
import { bootstrapOf, synthesisOnly } from './command-line.ts';
import type { CommandOptions } from './command-options.ts';
import { steadyDeadlineSeconds } from './steady-deadline.ts';

export interface PipelineParts {
  readonly environment: Environment;
  readonly environmentFile: string;
  readonly accountId: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** The pipeline over the real cloud, Terraform, container engine and workspace. */
export function openPipeline(
  options: CommandOptions,
  { environment, environmentFile, accountId, variables }: PipelineParts,
): Pipeline {
  const { verbose, out } = options;
  const { build } = environment.container;
  if (build !== null) requireContext(build);
  return {
    environment,
    accountId,
    // Refused here already: the synthesis, which reads the same, comes after the first step has begun.
    deployTrust: deployTrust(environment, variables),
    cloud: awsCloud(environment, accountId),
    stacks: new TerraformStackTool({
      ...{ environment, environmentFile, accountId, variables },
      ...{ out, verbose, runProcess, pluginCache: ownPluginCache() },
      synthesisCommand: synthesisOnly({ options, variables }),
    }),
    imageTool: containerEngine(runProcess),
    imageInputs: workspaceInputs({
      platform: capacityUnit(environment).architecture === 'ARM64' ? 'linux/arm64' : 'linux/amd64',
      baseImage: options.baseImage ?? null,
      runProcess,
    }),
    images: imageSpecs(environment, hasDockerfile),
    builtImages: new Map(),
    probe: fetchProbe,
    clock: systemClock,
    base: options.base ?? null,
    url: options.url ?? null,
    steadyDeadlineMs: (options.steadyDeadline ?? steadyDeadlineSeconds(environment)) * 1000,
    smokeDeadlineMs: (options.smokeDeadline ?? 0) * 1000,
    convertPreset: options.convertPreset === true,
    bootstrapCommand: bootstrapOf({ options, variables }),
  };
}

/** Made where the user has no cache: else each stack keeps a copy of the provider, of 700 MB. */
function ownPluginCache(): string | null {
  if (hasPluginCache(process.env)) return null;
  const folder = pluginCacheFolder(process.env);
  mkdirSync(folder, { recursive: true });
  return folder;
}
