/** Codes of what keeps an environment from being deployed, with what to do about it. */
export const deploymentCodes = {
  'TL-DEPLOY-VARIABLE': 'Set or correct the environment variable that the message names.',
  'TL-DEPLOY-RESOLUTION': 'Set monitoring.resolutionSeconds to 60; the twin and the simulator also know 20.',
  'TL-DEPLOY-STRESS-TOKEN': 'Name a secret in container.stressTokenSecretArn, or turn stressRoutes off.',
  'TL-DEPLOY-REGION': 'Use a certificate or secret of the environment’s own Region.',
} as const;

export type DeploymentCode = keyof typeof deploymentCodes;

export interface DeploymentProblem {
  readonly code: DeploymentCode;
  /** What was got, what is allowed and how to fix it, beginning with the variable or field. */
  readonly message: string;
}

/** The environment cannot be deployed as it is, or from here. One line per problem. */
export class DeploymentError extends Error {
  readonly problems: readonly DeploymentProblem[];

  constructor(problems: readonly DeploymentProblem[]) {
    super(problems.map(({ code, message }) => `${code} ${message}`).join('\n'));
    this.name = 'DeploymentError';
    this.problems = problems;
  }
}
