import {
  type ComputeKindName,
  type Environment,
  computeFacts,
  forecastingPolicies,
  hasImage,
  partitionOf,
  policyKind,
} from '@tideline/config';
import { groupSchedule } from '@tideline/infra';
import { DeploymentError, type DeploymentProblem } from './deployment-error.ts';

/** Refuses what the twin can execute and AWS cannot, or not by the provider that the stacks use. @throws DeploymentError */
export function refuseUndeployable(environment: Environment): void {
  const problems = [
    ...program(environment),
    ...resolution(environment),
    ...limits[environment.compute.kind](environment).map(
      (message) => ({ code: 'TL-DEPLOY-INSTANCE', message }) as const,
    ),
    ...prediction(environment),
    ...foreignArn(environment, 'loadBalancer.certificateArn', environment.loadBalancer.certificateArn),
    ...foreignArn(environment, 'container.stressTokenSecretArn', environment.container.stressTokenSecretArn),
    ...Object.entries(environment.container.secrets).flatMap(([name, arn]) =>
      foreignArn(environment, `container.secrets.${name}`, arn),
    ),
  ];
  if (problems.length > 0) throw new DeploymentError(problems);
}

/** A command of one machine is no image. */
function program(environment: Environment): readonly DeploymentProblem[] {
  if (hasImage(environment)) return [];
  return [
    {
      code: 'TL-DEPLOY-IMAGE',
      message: `local.command is ${JSON.stringify(environment.local.command)}, and neither container.build nor container.image says what runs at AWS. Describe container.build where there is a Dockerfile, or name an image in container.image`,
    },
  ];
}

/** AWS provider 5.100.0 can neither have a service publish every 20 s, nor track what it then publishes. */
function resolution({ monitoring: { resolutionSeconds } }: Environment): readonly DeploymentProblem[] {
  if (resolutionSeconds === 60) return [];
  return [
    {
      code: 'TL-DEPLOY-RESOLUTION',
      message: `monitoring.resolutionSeconds is ${resolutionSeconds}; in AWS provider 5.100.0 aws_ecs_service has no monitoring_configuration, and predefined_metric_type of aws_appautoscaling_policy no ECSServiceAverageCPUUtilizationHighResolution and no ECSServiceAverageMemoryUtilizationHighResolution. Set it to 60; the twin and the simulator also take 20, and step policies on custom metrics take a periodSeconds of 10, 20 or 30 on AWS too`,
    },
  ];
}

/** Application Auto Scaling scales ECS services by forecasts; AWS provider 5.100.0 cannot say so (terraform-provider-aws, pull request 44211). */
function prediction(environment: Environment): readonly DeploymentProblem[] {
  if (computeFacts(environment).fleet === 'group') return [];
  return forecastingPolicies(environment).map(({ name }) => ({
    code: 'TL-DEPLOY-PREDICTIVE',
    message: `scaling.policies.${name} is predictive; in AWS provider 5.100.0 aws_appautoscaling_policy has no predictive_scaling_policy_configuration, which came with 6.13.0. Remove the policy for AWS, or run instances (compute.kind ec2-asg), whose aws_autoscaling_policy has it; the twin and the simulator run it either way`,
  }));
}

/** What ECS gives tasks, and nothing gives instances. */
function instanceLimits({ container, scaling }: Environment): readonly string[] {
  const multiline = Object.entries(container.environment).flatMap(([name, value]) =>
    /[\r\n]/.test(value)
      ? [
          `container.environment.${name} has several lines; the file that hands variables to Docker has one line for each. Encode the value, or run tasks`,
        ]
      : [],
  );
  const unfit = scaling.policies.flatMap((policy) => {
    const timed = policyKind(policy).schedule(policy);
    if (timed === null) return [];
    const schedule = groupSchedule(timed);
    if (!('unfit' in schedule)) return [];
    return [
      `scaling.policies: the schedule ${timed.schedule} of "${policy.name}" has ${schedule.unfit}, for which EC2 Auto Scaling has no words. Write cron with * as its year, or at with the time zone UTC`,
    ];
  });
  return [...unfit, ...multiline];
}

const limits: Readonly<Record<ComputeKindName, (environment: Environment) => readonly string[]>> = {
  fargate: () => [],
  'ecs-ec2': () => [],
  'ec2-asg': instanceLimits,
};

function foreignArn(
  { region }: Environment,
  field: string,
  arn: string | null,
): readonly DeploymentProblem[] {
  if (arn === null) return [];
  const [, arnPartition, , arnRegion] = arn.split(':');
  const partition = partitionOf(region).name;
  if (arnRegion === region && arnPartition === partition) return [];
  const [got, expected] = arnRegion === region ? [arnPartition, partition] : [arnRegion, region];
  return [
    {
      code: 'TL-DEPLOY-REGION',
      message: `${field} is of ${got}, and the environment of ${expected}; AWS takes one of the same partition and Region. Name another, or change region`,
    },
  ];
}
