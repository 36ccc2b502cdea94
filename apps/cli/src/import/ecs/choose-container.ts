import { suggestName } from '@tideline/config';
import { importError } from '../import-error.ts';
import type { ImportDraft } from '../list/import-draft.ts';
import type { SourceNode } from '../source/source-node.ts';

interface Choice {
  readonly taskDefinition: SourceNode;
  readonly service: SourceNode;
  /** Name that the command line gives. */
  readonly named: string | undefined;
}

/**
 * The container that takes the requests: the named one, the one that the balancer of the service names, or the only
 * essential one. The others are left. @throws UsageError where that says nothing or no container of the task definition
 */
export function chooseContainer(draft: ImportDraft, { taskDefinition, service, named }: Choice): SourceNode {
  const containers = taskDefinition.at('containerDefinitions').items;
  const names = containers.map(nameOf);
  const [first, ...more] = service.at('loadBalancers').items;
  const wanted = named ?? first?.at('containerName').text;
  const chosen =
    wanted === undefined ? onlyOne(containers) : containers.find((one) => nameOf(one) === wanted);
  if (chosen === undefined)
    throw importError(
      'TL-IMPORT-CHOICE',
      wanted === undefined
        ? `the task definition has ${containers.length} containers that may take the requests: ${names.join(', ')}. Name one with --container, or give the service with --service`
        : `there is no container ${wanted} in the task definition; ${suggestName(wanted, names)}`,
    );
  for (const other of containers)
    if (other !== chosen) draft.leave(other, 'a task has one container here; another one is not described');
  for (const balancer of more)
    draft.leave(balancer, 'a service has one target group here, or two that take turns');
  if (first !== undefined) {
    const name = first.at('containerName');
    if (name.text === nameOf(chosen)) draft.hold(name, 'container');
    else draft.leave(name, `--container names ${nameOf(chosen)}`);
  }
  return chosen;
}

const nameOf = (container: SourceNode): string => container.at('name').text ?? 'one without a name';

function onlyOne(containers: readonly SourceNode[]): SourceNode | undefined {
  const essential = containers.filter((one) => one.at('essential').value !== false);
  if (essential.length === 1) return essential[0];
  const listening = essential.filter((one) => one.at('portMappings').items.length > 0);
  return listening.length === 1 ? listening[0] : undefined;
}
