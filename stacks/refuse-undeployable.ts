import type { Environment } from '@tideline/config';
import { DeploymentError, type DeploymentProblem } from './deployment-error.ts';

/** Refuses what the twin can execute and AWS cannot, or not by the provider that the stacks use. @throws DeploymentError */
export function refuseUndeployable(environment: Environment): void {
  const problems = [
    ...resolution(environment),
    ...stressToken(environment),
    ...foreignArn(environment, 'loadBalancer.certificateArn', environment.loadBalancer.certificateArn),
    ...foreignArn(environment, 'container.stressTokenSecretArn', environment.container.stressTokenSecretArn),
  ];
  if (problems.length > 0) throw new DeploymentError(problems);
}

/** AWS provider 5.100.0 does not know the high-resolution predefined metrics. */
function resolution({ monitoring: { resolutionSeconds } }: Environment): readonly DeploymentProblem[] {
  if (resolutionSeconds === 60) return [];
  return [
    {
      code: 'TL-DEPLOY-RESOLUTION',
      message: `monitoring.resolutionSeconds is ${resolutionSeconds}; the AWS provider of these stacks knows 60 s metrics only. Set it to 60; the twin and the simulator also take 20`,
    },
  ];
}

function stressToken({ container }: Environment): readonly DeploymentProblem[] {
  if (!container.stressRoutes || container.stressTokenSecretArn !== null) return [];
  return [
    {
      code: 'TL-DEPLOY-STRESS-TOKEN',
      message:
        'container.stressRoutes is true without a container.stressTokenSecretArn; tasks would refuse to start without a token. Name a secret of AWS Secrets Manager, or set stressRoutes to false',
    },
  ];
}

function foreignArn(
  { region }: Environment,
  field: string,
  arn: string | null,
): readonly DeploymentProblem[] {
  const arnRegion = arn?.split(':')[3];
  if (arnRegion === undefined || arnRegion === region) return [];
  return [
    {
      code: 'TL-DEPLOY-REGION',
      message: `${field} is of ${arnRegion}, and the environment of ${region}; AWS takes one of the same Region. Name another, or set region to ${arnRegion}`,
    },
  ];
}
