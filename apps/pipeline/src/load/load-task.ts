import { loadRunnerContainerName, loadRunnerDescriptionVariable, resourceNames } from '@tideline/config';
import type { RunFolder } from '../aws/run-files.ts';
import type { TaskRequest } from '../aws/load-tasks.ts';
import { outputsOf } from '../deployed/environment-state.ts';
import { shortName } from '../deployed/running-service.ts';
import type { Pipeline } from '../pipeline.ts';
import { PipelineError } from '../pipeline-error.ts';
import { serviceUrl } from '../steps/smoke-step.ts';

/** One task of a run, and where what it writes is. */
export interface LoadTask {
  readonly request: TaskRequest;
  readonly target: string;
  readonly folder: RunFolder;
  readonly logGroup: string;
}

/**
 * The task that a run consists of, by the outputs of the stacks. A run of several would be several of these, each with a
 * folder of its own below the run’s.
 * @throws PipelineError TL-PIPE-ORDER, TL-PIPE-LOAD-TASK when what it takes is not deployed
 */
export async function loadTask(pipeline: Pipeline, runId: string): Promise<LoadTask> {
  const network = await outputsOf(pipeline, 'network');
  const service = await outputsOf(pipeline, 'service');
  const { loadRunnerTaskDefinitionArn: taskDefinition, runsBucketName: bucket } = service;
  if (bucket === null)
    throw notDeployed(
      'the service stack is older than the bucket that runs are handed over by',
      'Run deploy',
    );
  await requireImage(pipeline, taskDefinition);
  const target = await serviceUrl(pipeline);
  const folder = { bucket, folder: `runs/${runId}` };
  return {
    target,
    folder,
    logGroup: service.loadRunnerLogGroupName,
    request: {
      cluster: service.clusterName,
      taskDefinition,
      subnetIds: network.publicSubnetIds,
      securityGroupId: network.loadRunnerSecurityGroupId,
      command: [
        ...['--target', target, '--allow-remote'],
        ...['--observe', 'aws', '--environment', `env:${loadRunnerDescriptionVariable}`],
        ...['--out', '/reports', '--exchange', `s3://${folder.bucket}/${folder.folder}`],
      ],
      runId,
    },
  };
}

/** ECS would find out too, in minutes, after it has taken a task’s place. */
async function requireImage({ cloud, environment }: Pipeline, taskDefinition: string): Promise<void> {
  const image = await imageOf(cloud.services, taskDefinition);
  const name = shortName(taskDefinition);
  if (image === null)
    throw notDeployed(
      `there is no task definition ${name} with a container ${loadRunnerContainerName}`,
      'Run deploy',
    );
  if (await cloud.images.has(image)) return;
  const { loadRunnerRepository } = resourceNames(environment);
  throw notDeployed(
    `task definition ${name} runs ${image}, and repository ${loadRunnerRepository} does not have it`,
    'Run deploy with a container engine at hand: it builds and pushes the image',
  );
}

async function imageOf(
  services: Pipeline['cloud']['services'],
  taskDefinition: string,
): Promise<string | null> {
  try {
    return await services.image(taskDefinition, loadRunnerContainerName);
  } catch (error) {
    // What ECS calls a task definition that does not exist.
    if (error instanceof Error && error.name === 'ClientException') return null;
    throw error;
  }
}

const notDeployed = (what: string, remedy: string): PipelineError =>
  new PipelineError('TL-PIPE-LOAD-TASK', `${what}. ${remedy}, then load again`);
