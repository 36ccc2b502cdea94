import * as z from 'zod';
import { type Repair, amending } from '../gateway/repair.ts';

const service = 'ecs';

const group = z.looseObject({ managedDraining: z.string().optional() });
const provider = z.looseObject({ name: z.string(), autoScalingGroupProvider: group });
const written = z.looseObject({ capacityProvider: provider });
const described = z.looseObject({ capacityProviders: z.array(provider) });
const asked = z.looseObject({ capacityProviders: z.array(z.string()).default([]) });
const deleted = z.looseObject({ capacityProvider: z.string() });
const associated = z.looseObject({ cluster: z.string(), capacityProviders: z.array(z.string()) });

type Provider = z.infer<typeof provider>;

/** Name of what an ARN or a name stands for. */
const nameOf = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);

const draining = (found: Provider, managedDraining: string): Provider => ({
  ...found,
  autoScalingGroupProvider: { ...found.autoScalingGroupProvider, managedDraining },
});

/** Capacity providers: what moto forgets of them, and that AWS deletes none that a cluster has. */
export function capacityProviderRepairs(): readonly Repair[] {
  const providers = new Map<string, Provider>();
  const namesByCluster = new Map<string, readonly string[]>();
  /** An update that does not name managed draining leaves it as it was. */
  const complete = (found: Provider): Provider => {
    const { managedDraining } = providers.get(found.name)?.autoScalingGroupProvider ?? {};
    return managedDraining === undefined ? found : draining(found, managedDraining);
  };
  const remembering = (operation: string, aws: string): Repair => ({
    service,
    operation,
    aws,
    answer: amending((body, { parameters }) => {
      const { capacityProvider, ...rest } = written.parse(body);
      const { managedDraining } = group.parse(parameters.autoScalingGroupProvider ?? {});
      const known =
        managedDraining === undefined
          ? complete(capacityProvider)
          : draining(capacityProvider, managedDraining);
      providers.set(known.name, known);
      return { ...rest, capacityProvider: known };
    }),
  });
  return [
    remembering('CreateCapacityProvider', 'keeps how instances are drained'),
    remembering('UpdateCapacityProvider', 'changes how instances are drained, too'),
    {
      service,
      operation: 'DescribeCapacityProviders',
      aws: 'all of them where none is named, each with how its instances are drained',
      answer: async (request, forward) => {
        const { capacityProviders: names } = asked.parse(request.parameters);
        if (names.length === 0)
          return {
            status: 200,
            body: JSON.stringify({ capacityProviders: [...providers.values()], failures: [] }),
          };
        return amending((body) => {
          const { capacityProviders, ...rest } = described.parse(body);
          return { ...rest, capacityProviders: capacityProviders.map(complete) };
        })(request, forward);
      },
    },
    {
      service,
      operation: 'PutClusterCapacityProviders',
      aws: 'ties providers to a cluster, and unties those that are not named',
      answer: ({ parameters }, forward) => {
        const { cluster, capacityProviders } = associated.parse(parameters);
        namesByCluster.set(nameOf(cluster), capacityProviders.map(nameOf));
        return forward();
      },
    },
    {
      service,
      operation: 'DeleteCapacityProvider',
      aws: 'refuses as long as a cluster has the provider',
      answer: async ({ parameters }, forward) => {
        const name = nameOf(deleted.parse(parameters).capacityProvider);
        const cluster = [...namesByCluster].find(([, names]) => names.includes(name))?.[0];
        if (cluster !== undefined)
          return {
            status: 400,
            body: JSON.stringify({
              __type: 'ResourceInUseException',
              message: `The capacity provider ${name} is in use by cluster ${cluster}.`,
            }),
          };
        providers.delete(name);
        return forward();
      },
    },
  ];
}
