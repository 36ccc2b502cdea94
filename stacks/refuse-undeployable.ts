import { type ComputeKindName, type Environment, policyKind, resourceNames } from '@tideline/config';
import { groupSchedule } from '@tideline/infra';
import { DeploymentError, type DeploymentProblem } from './deployment-error.ts';

/** Refuses what the twin can execute and AWS cannot, or not by the provider that the stacks use. @throws DeploymentError */
export function refuseUndeployable(environment: Environment): void {
  const problems = [
    ...resolution(environment),
    ...limits[environment.compute.kind](environment).map(
      (message) => ({ code: 'TL-DEPLOY-INSTANCE', message }) as const,
    ),
    ...distribution(environment),
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

/** What ECS gives tasks, and nothing gives instances. */
function instanceLimits({ observability, scaling }: Environment): readonly string[] {
  const unfit = scaling.policies.flatMap((policy) => {
    const timed = policyKind(policy).schedule(policy);
    if (timed === null) return [];
    const schedule = groupSchedule(timed);
    if (!('unfit' in schedule)) return [];
    return [
      `scaling.policies: the schedule ${timed.schedule} of "${policy.name}" has ${schedule.unfit}, for which EC2 Auto Scaling has no words. Write cron with * as its year, or at with the time zone UTC`,
    ];
  });
  const tracing = observability.tracing.enabled
    ? [
        'observability.tracing.enabled is true; instances run the backend’s container alone, and no collector beside it. Set it to false, or run tasks',
      ]
    : [];
  return [...tracing, ...unfit];
}

/** What a capacity provider may be called (ECS API reference, CreateCapacityProvider). */
const reservedNames = /^(aws|ecs|fargate)/;

/** What ECS gives tasks with an address of their own, and not behind an instance’s bridge. */
function containerInstanceLimits(environment: Environment): readonly string[] {
  const { observability } = environment;
  const { capacityProvider } = resourceNames(environment);
  return [
    ...(observability.tracing.enabled
      ? [
          'observability.tracing.enabled is true; behind the bridge of an instance no container reaches the collector at 127.0.0.1. Set it to false, or run tasks on Fargate',
        ]
      : []),
    ...(reservedNames.test(capacityProvider)
      ? [
          `project "${environment.project}" makes the capacity provider’s name ${capacityProvider}; ECS refuses names that begin with aws, ecs or fargate. Choose another project name`,
        ]
      : []),
  ];
}

const limits: Readonly<Record<ComputeKindName, (environment: Environment) => readonly string[]>> = {
  fargate: () => [],
  'ecs-ec2': containerInstanceLimits,
  'ec2-asg': instanceLimits,
};

/** CloudFront checks a certificate against the name that it asks, which is the balancer’s own. */
function distribution({ cdn, loadBalancer }: Environment): readonly DeploymentProblem[] {
  if (!cdn.enabled || loadBalancer.certificateArn === null) return [];
  return [
    {
      code: 'TL-DEPLOY-CDN',
      message: `cdn.enabled is true and loadBalancer.certificateArn is ${loadBalancer.certificateArn}; CloudFront asks the balancer by the name that AWS gave it, which no certificate carries, and ends TLS itself. Set the certificate to null, or cdn.enabled to false`,
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
