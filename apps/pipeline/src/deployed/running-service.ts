import { type CapacityNoun, appContainerName, computeFacts } from '@tideline/config';
import type { Pipeline } from '../pipeline.ts';

/** What runs, whether as tasks or on instances. */
export interface RunningService {
  readonly unit: `${CapacityNoun}s`;
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  /** What the service has to run: a task definition, or a launch template with its version. */
  readonly revision: string;
  /** Image of that revision; null when it is not known. */
  readonly image: () => Promise<string | null>;
}

/** Null when there is no service yet, or it is being deleted. */
export async function runningService({ cloud, environment }: Pipeline): Promise<RunningService | null> {
  const { fleet, unit: noun } = computeFacts(environment);
  const unit = `${noun}s` as const;
  switch (fleet) {
    case 'service': {
      const service = await cloud.services.find();
      if (service === null) return null;
      const { desired, running, pending, taskDefinition } = service;
      const image = () => cloud.services.image(taskDefinition, appContainerName);
      return { unit, desired, running, pending, revision: taskDefinition, image };
    }
    case 'group': {
      const group = await cloud.instances.find();
      if (group === null) return null;
      const { desired, instances, launchTemplate } = group;
      return {
        unit,
        desired,
        running: instances.filter(({ lifecycle, healthy }) => lifecycle === 'InService' && healthy).length,
        pending: instances.filter(({ lifecycle }) => lifecycle.startsWith('Pending')).length,
        revision: launchTemplate,
        image: () => cloud.instances.image(launchTemplate),
      };
    }
  }
}

/** A task definition by family and revision, without what its ARN has before them. */
export const shortName = (taskDefinitionArn: string): string =>
  taskDefinitionArn.slice(taskDefinitionArn.lastIndexOf('/') + 1);
