import * as z from 'zod';

/** What a release puts in the place of what runs. */
export interface AppSpecTarget {
  readonly taskDefinition: string;
  /** Container that the target group sends requests to, and its port. */
  readonly container: string;
  readonly port: number;
  /** Lambda function, by its ARN, that tests it before any traffic moves; null where none does. */
  readonly hook: string | null;
}

/** The AppSpec of an ECS service, inline: a file in a bucket would be one more thing to keep (CodeDeploy guide, AppSpec structure for Amazon ECS). */
export const appSpec = ({ taskDefinition, container, port, hook }: AppSpecTarget): string =>
  JSON.stringify({
    version: 0,
    Resources: [
      {
        TargetService: {
          Type: 'AWS::ECS::Service',
          Properties: {
            TaskDefinition: taskDefinition,
            LoadBalancerInfo: { ContainerName: container, ContainerPort: port },
          },
        },
      },
    ],
    ...(hook === null ? {} : { Hooks: [{ [testEvent]: hook }] }),
  });

/** The event at which the test listener leads to the new tasks, and no traffic does (CodeDeploy guide, AppSpec hooks of Amazon ECS). */
export const testEvent = 'AfterAllowTestTraffic';

const schema = z.object({
  Resources: z
    .array(z.object({ TargetService: z.object({ Properties: z.object({ TaskDefinition: z.string() }) }) }))
    .min(1),
});

/** Task definition of an AppSpec; null for one in another form, such as YAML. */
export function releasedTaskDefinition(content: string | undefined): string | null {
  try {
    const { Resources } = schema.parse(JSON.parse(content ?? ''));
    return Resources[0]?.TargetService.Properties.TaskDefinition ?? null;
  } catch {
    return null;
  }
}
