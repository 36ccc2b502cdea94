import * as z from 'zod';
import { type Repair, amending } from '../gateway/repair.ts';
import { ReleaseMemory } from './release-memory.ts';
import { forgetReleases, withTaskSets } from './release-views.ts';

const service = 'ecs';

/** What a caller asks of a service and moto forgets. */
const forgotten = z.object({
  healthCheckGracePeriodSeconds: z.number().optional(),
  availabilityZoneRebalancing: z.string().optional(),
  enableECSManagedTags: z.boolean().optional(),
  capacityProviderStrategy: z.array(z.unknown()).optional(),
  placementConstraints: z.array(z.unknown()).optional(),
  placementStrategy: z.array(z.unknown()).optional(),
});
const described = z.looseObject({
  serviceArn: z.string(),
  taskDefinition: z.string().optional(),
  launchType: z.string().optional(),
  networkConfiguration: z.looseObject({ awsvpcConfiguration: z.unknown().optional() }).optional(),
  deployments: z.array(z.looseObject({ status: z.string() })).optional(),
});
const written = z.looseObject({ service: described });
const listed = z.looseObject({ services: z.array(described) });

/** Moto gives a service behind a bridge an empty network of its own, and each a launch type, which those of capacity providers have not. */
function withoutInvented(
  { launchType, networkConfiguration, ...found }: z.infer<typeof described>,
  asked: z.infer<typeof forgotten> | undefined,
) {
  // The provider sends an empty strategy where there is none.
  const hasStrategy = (asked?.capacityProviderStrategy?.length ?? 0) > 0;
  return {
    ...found,
    ...(launchType === undefined || hasStrategy ? {} : { launchType }),
    ...(networkConfiguration?.awsvpcConfiguration === undefined ? {} : { networkConfiguration }),
  };
}

/** Fields of a service that moto drops. */
export function ecsRepairs(releases = new ReleaseMemory()): readonly Repair[] {
  const fieldsByArn = new Map<string, z.infer<typeof forgotten>>();
  const complete = ({ deployments, ...found }: z.infer<typeof described>) => ({
    ...withoutInvented(found, fieldsByArn.get(found.serviceArn)),
    // moto leaves the first task definition there for good.
    ...(deployments && {
      deployments: deployments.map((deployment) =>
        deployment.status === 'PRIMARY'
          ? { ...deployment, taskDefinition: found.taskDefinition }
          : deployment,
      ),
    }),
    ...fieldsByArn.get(found.serviceArn),
  });
  return [
    {
      service,
      operation: 'CreateService',
      aws: 'keeps the health check grace period, the rebalancing of zones, how tasks are placed and whether they get ECS’s own tags',
      answer: amending((body, { parameters }) => {
        const created = written.parse(body);
        fieldsByArn.set(created.service.serviceArn, forgotten.parse(parameters));
        forgetReleases(created.service, releases);
        return { ...created, service: complete(created.service) };
      }),
    },
    {
      service,
      operation: 'UpdateService',
      aws: 'keeps what the update does not name',
      answer: amending((body, { parameters }) => {
        const updated = written.parse(body);
        const { serviceArn } = updated.service;
        fieldsByArn.set(serviceArn, { ...fieldsByArn.get(serviceArn), ...forgotten.parse(parameters) });
        return { ...updated, service: complete(updated.service) };
      }),
    },
    {
      service,
      operation: 'DescribeServices',
      aws: 'grace period, rebalancing of zones and placement as they were asked for, a launch type and a network only where there is one; the primary deployment has the service’s task definition; the task sets of a service that CodeDeploy releases',
      answer: amending((body) => {
        const { services, ...rest } = listed.parse(body);
        return { ...rest, services: services.map((found) => withTaskSets(complete(found), releases)) };
      }),
    },
  ];
}
