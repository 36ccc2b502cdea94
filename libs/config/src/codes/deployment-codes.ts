import type { CodeEntry } from './problem-code.ts';

/** What keeps an environment from being synthesised for AWS, though the twin may run it. */
export const deploymentCodes = {
  'TL-DEPLOY-VARIABLE': {
    meaning: 'An environment variable of the deployment is missing or malformed.',
    fix: 'Set or correct the variable that the message names.',
  },
  'TL-DEPLOY-RESOLUTION': {
    meaning:
      'The AWS provider of the stacks cannot have a service publish its metrics every 20 s, nor track them.',
    fix: 'Set monitoring.resolutionSeconds to 60; the twin and the simulator also take 20.',
  },
  'TL-DEPLOY-PREDICTIVE': {
    meaning: 'The AWS provider of the stacks has no predictive scaling of ECS services.',
    fix: 'Remove the policy that the message names, or run instances (compute.kind ec2-asg).',
  },
  'TL-DEPLOY-REGION': {
    meaning: 'A certificate or a secret belongs to another Region than the environment.',
    fix: 'Name one of the environment’s own Region, or change the Region.',
  },
  'TL-DEPLOY-INSTANCE': {
    meaning: 'Instances of an Auto Scaling group cannot have what the description asks for.',
    fix: 'Change the field that the message names, or run tasks (compute.kind fargate).',
  },
  'TL-DEPLOY-IMAGE': {
    meaning: 'The description has a command for one machine, and no image for AWS.',
    fix: 'Describe container.build, or name an image in container.image.',
  },
} as const satisfies Record<`TL-DEPLOY-${string}`, CodeEntry>;

export type DeploymentCode = keyof typeof deploymentCodes;
