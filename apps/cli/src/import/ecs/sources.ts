import { importError } from '../import-error.ts';
import type { ImportDraft } from '../list/import-draft.ts';
import { leaveFields } from '../shared/left-fields.ts';
import { SourceNode } from '../source/source-node.ts';

const nothing = SourceNode.of(undefined);

/** A task definition, by itself or inside the answer of describe-task-definition. */
export function taskDefinitionOf(file: SourceNode): SourceNode {
  const taskDefinition = file.at('taskDefinition').kind === 'map' ? file.at('taskDefinition') : file;
  if (taskDefinition.at('containerDefinitions').items.length > 0) return taskDefinition;
  throw importError(
    'TL-IMPORT-SOURCE',
    'the task definition has no containerDefinitions; allowed: a task definition, or the answer of aws ecs describe-task-definition. Check that it is the right file',
  );
}

/** The service of the task definition in the answer of describe-services; a missing node without that answer. */
export function serviceOf(
  draft: ImportDraft,
  answer: SourceNode | undefined,
  taskDefinition: SourceNode,
): SourceNode {
  if (answer === undefined) return nothing;
  leaveFields(draft, answer, { failures: 'what ECS could not describe' });
  const services = answer.at('services').items;
  const arn = taskDefinition.at('taskDefinitionArn').text;
  const family = taskDefinition.at('family').text ?? '';
  const fitting = services.filter((service) => {
    const used = service.at('taskDefinition').text ?? '';
    return used === arn || used.split('/').at(-1)?.replace(/:\d+$/, '') === family;
  });
  const [service, ...others] = fitting.length > 0 ? fitting : services;
  if (service === undefined)
    throw importError(
      'TL-IMPORT-SOURCE',
      'the file of --service has no services; allowed: the answer of aws ecs describe-services. Check the cluster and the name of the service',
    );
  if (others.length > 0)
    throw importError(
      'TL-IMPORT-CHOICE',
      `the file of --service has ${others.length + 1} services that may be meant: ${[service, ...others].map((one) => one.at('serviceName').text ?? 'one without a name').join(', ')}. Describe one of them alone`,
    );
  for (const other of services)
    if (other !== service) draft.leave(other, 'another service than that of the task definition');
  return service;
}

/** The entries of an answer of Application Auto Scaling that are about the task count of the service. The others are left. */
export function entriesOf(draft: ImportDraft, list: SourceNode, service: SourceNode): readonly SourceNode[] {
  const name = service.at('serviceName').text;
  const cluster = service.at('clusterArn').text?.split('/').at(-1);
  const resources = [...new Set(list.items.map((entry) => entry.at('ResourceId').text ?? ''))];
  if (name === undefined && resources.length > 1)
    throw importError(
      'TL-IMPORT-CHOICE',
      `${list.path} are of several services: ${resources.join(', ')}. Give the service with --service, or describe one alone with --resource-id`,
    );
  return list.items.filter((entry) => {
    const isCount =
      entry.at('ServiceNamespace').text === 'ecs' &&
      entry.at('ScalableDimension').text === 'ecs:service:DesiredCount';
    const isOurs = name === undefined || isNamed(entry.at('ResourceId').text ?? '', { name, cluster });
    if (!isCount || !isOurs) {
      draft.leave(
        entry,
        isCount ? 'it is of another service' : 'it does not scale the task count of an ECS service',
      );
      return false;
    }
    for (const field of ['ServiceNamespace', 'ScalableDimension']) draft.hold(entry.at(field), 'capacity');
    if (name === undefined)
      draft.leave(
        entry.at('ResourceId'),
        'without --service the only service of an answer is taken for that of the task definition',
      );
    else draft.hold(entry.at('ResourceId'), 'capacity');
    leaveFields(draft, entry, state);
    return true;
  });
}

/** Whether a resource of Application Auto Scaling is the service; where its cluster is not known, by its name alone. */
const isNamed = (
  resource: string,
  { name, cluster }: { readonly name: string; readonly cluster: string | undefined },
) => (cluster === undefined ? resource.split('/')[2] === name : resource === `service/${cluster}/${name}`);

/** What AWS reports, and no user sets. */
const state: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'PolicyARN',
    'ScheduledActionARN',
    'ScalableTargetARN',
    'RoleARN',
    'CreationTime',
    'PredictedCapacity',
  ].map((name) => [name, 'AWS reports it; a description makes resources of its own'] as const),
);
