import { importError } from '../import-error.ts';
import type { ImportDraft } from '../list/import-draft.ts';
import { putCheckCommand, choosePath } from '../shared/container-check.ts';
import { imageReference } from '../shared/image-reference.ts';
import { leaveFields } from '../shared/left-fields.ts';
import { type Place, putSecret, putVariable } from '../shared/variables.ts';
import { flag, matching, whole, words } from '../source/readers.ts';
import type { SourceNode } from '../source/source-node.ts';
import { convertLimits } from './limits.ts';
import { convertProbe } from './target-group.ts';
import { containerWithoutField } from './without-field.ts';

interface Container {
  readonly container: SourceNode;
  readonly service: SourceNode;
  /** The service’s target group; a missing node where it is not known. */
  readonly group: SourceNode;
  readonly place: Place;
}

/** Converts the container definition that takes the requests. */
export function convertContainer(draft: ImportDraft, from: Container): void {
  const { container, service, group } = from;
  draft.leave(container.at('name'), 'the container is named app');
  if (draft.take(container.at('image'), 'container.image', imageReference) === undefined)
    throw importError(
      'TL-IMPORT-SOURCE',
      'the container’s image is no image reference; a description needs one. Write one such as nginx:1.29 into the task definition',
    );
  const essential = container.at('essential');
  if (essential.value === true) draft.hold(essential, 'container');
  else draft.leave(essential, 'the one container of a task is essential');
  draft.take(container.at('entryPoint'), 'container.entryPoint', words);
  draft.take(container.at('command'), 'container.command', words);
  const user = matching(/^[A-Za-z0-9_.-]{1,64}(:[A-Za-z0-9_.-]{1,64})?$/, 'user or user:group');
  draft.take(container.at('user'), 'container.user', user);
  draft.take(container.at('readonlyRootFilesystem'), 'container.readOnlyRootFilesystem', flag);
  draft.take(container.at('stopTimeout'), 'container.stopTimeoutSeconds', whole(2, 120));
  const port = convertPorts(draft, container, service);
  convertVariables(draft, from, port);
  convertLimits(draft, container);
  if (group.isPresent) {
    leaveCheck(draft, container.at('healthCheck'));
    convertProbe(draft, group, port);
  } else convertCheck(draft, container.at('healthCheck'));
  leaveFields(draft, container, containerWithoutField);
}

function convertPorts(draft: ImportDraft, container: SourceNode, service: SourceNode): number {
  const balancer = service.at('loadBalancers', 0, 'containerPort');
  const mappings = container.at('portMappings').items;
  const mapping = mappings.find((one) => one.at('containerPort').value === balancer.value) ?? mappings[0];
  for (const other of mappings)
    if (other !== mapping)
      draft.leave(other, 'a container has one port here, to which the balancer forwards');
  const read = whole(1, 65_535);
  let port =
    mapping === undefined ? undefined : draft.take(mapping.at('containerPort'), 'container.port', read);
  if (balancer.isPresent) {
    if (port === undefined) port = draft.take(balancer, 'container.port', read);
    else if (port === balancer.value) draft.hold(balancer, 'container.port');
    else draft.leave(balancer, `container.port is ${port}`);
  }
  if (port === undefined) {
    port = 80;
    draft.choose(
      'container.port',
      port,
      'the container maps no port. Set it to the one that the service listens on',
    );
  }
  if (mapping !== undefined) {
    const protocol = mapping.at('protocol');
    if (protocol.text === 'tcp') draft.hold(protocol, 'container.port');
    else draft.leave(protocol, 'the balancer reaches the container by TCP');
    const hostPort = mapping.at('hostPort');
    if (hostPort.value === port || hostPort.value === 0) draft.hold(hostPort, 'container.port');
    else draft.leave(hostPort, 'the port of the host is chosen by ECS');
    leaveFields(draft, mapping, {
      name: 'no Service Connect: a port has no name',
      appProtocol: 'no Service Connect: the balancer speaks HTTP/1.1',
      containerPortRange: 'a container has one port here',
    });
  }
  return port;
}

function convertVariables(draft: ImportDraft, { container, place }: Container, port: number): void {
  for (const one of container.at('environment').items) {
    const [name, value] = [one.at('name'), one.at('value')];
    putVariable(draft, { name: String(name.value), value: value.value, from: [name, value] }, port);
  }
  for (const one of container.at('secrets').items) {
    const [name, value] = [one.at('name'), one.at('valueFrom')];
    putSecret(draft, { name: String(name.value), value: value.value, from: [name, value] }, place);
  }
}

/** The target group says how often the balancer probes, and a check inside the container runs as often. */
function leaveCheck(draft: ImportDraft, check: SourceNode): void {
  putCheckCommand(draft, check.at('command'));
  leaveFields(draft, check, {
    interval: 'the check inside the container runs as often as the balancer’s: healthCheck.intervalSeconds',
    timeout: 'the check inside the container waits as long as the balancer’s: healthCheck.timeoutSeconds',
    retries:
      'the check inside the container fails as often as the balancer’s: healthCheck.unhealthyThreshold',
    startPeriod: 'ECS gives a container the grace of healthCheck.gracePeriodSeconds, up to 300 s',
  });
}

/** No answer holds the target group, so the check inside the container says how often to probe from outside as well. */
function convertCheck(draft: ImportDraft, check: SourceNode): void {
  const command = putCheckCommand(draft, check.at('command'));
  choosePath(draft, command);
  const interval = draft.take(check.at('interval'), 'healthCheck.intervalSeconds', whole(5, 300)) ?? 30;
  draft.take(check.at('timeout'), 'healthCheck.timeoutSeconds', whole(2, Math.min(120, interval - 1)));
  draft.take(check.at('retries'), 'healthCheck.unhealthyThreshold', whole(2, 10));
  draft.leave(
    check.at('startPeriod'),
    'ECS gives a container the grace of healthCheck.gracePeriodSeconds, up to 300 s',
  );
  if (check.isPresent) draft.change(check, 'healthCheck holds for the balancer’s probe as well');
}
