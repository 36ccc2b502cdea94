import { z } from 'zod';
import { type Repair, amending } from '../gateway/repair.ts';

const service = 'ecs';

/** What a caller asks of a service and moto forgets. */
const forgotten = z.object({
  healthCheckGracePeriodSeconds: z.number().optional(),
  availabilityZoneRebalancing: z.string().optional(),
});
const described = z.looseObject({ serviceArn: z.string() });
const written = z.looseObject({ service: described });
const listed = z.looseObject({ services: z.array(described) });

/** Fields of a service that moto drops. */
export function ecsRepairs(): readonly Repair[] {
  const fieldsByArn = new Map<string, z.infer<typeof forgotten>>();
  const complete = (found: z.infer<typeof described>) => ({ ...found, ...fieldsByArn.get(found.serviceArn) });
  return [
    {
      service,
      operation: 'CreateService',
      aws: 'keeps the health check grace period and the rebalancing of zones',
      answer: amending((body, { parameters }) => {
        const created = written.parse(body);
        fieldsByArn.set(created.service.serviceArn, forgotten.parse(parameters));
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
      aws: 'health check grace period and rebalancing of zones, as they were asked for',
      answer: amending((body) => {
        const { services, ...rest } = listed.parse(body);
        return { ...rest, services: services.map(complete) };
      }),
    },
  ];
}
