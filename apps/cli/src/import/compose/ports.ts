import type { ImportDraft } from '../list/import-draft.ts';
import { leaveFields } from '../shared/left-fields.ts';
import { whole } from '../source/readers.ts';
import type { SourceNode } from '../source/source-node.ts';

const short = /^(?:(?:[\d.]+|\[[^\]]*\]):)?(?:(\d+(?:-\d+)?)?:)?(\d+)(?:\/(\w+))?$/;
const portNumber = whole(1, 65_535);

interface Port {
  readonly node: SourceNode;
  readonly container: number;
  /** Whether the file publishes it, and so gives it a port of the host. */
  readonly isPublished: boolean;
}

/** Converts `ports` and `expose`: the first of TCP is the container’s. @returns it */
export function convertPorts(draft: ImportDraft, service: SourceNode): number {
  const ports = [...service.at('ports').items, ...service.at('expose').items].flatMap(
    (node) => tcpPort(node) ?? [],
  );
  const [first] = ports;
  const port = first?.container ?? 80;
  if (first === undefined)
    draft.choose(
      'container.port',
      port,
      'the file names no port of TCP. Set it to the one that the service listens on',
    );
  else if (first.node.kind === 'map') draft.put('container.port', port, first.node.at('target'));
  else draft.put('container.port', port, first.node);
  if (first?.isPublished === true)
    draft.change(
      first.node,
      'the balancer listens on loadBalancer.listenerPort, and the twin picks free ports: the host’s port is not carried over',
    );
  if (first?.node.at('protocol').text === 'tcp') draft.hold(first.node.at('protocol'), 'container.port');
  if (first !== undefined)
    leaveFields(draft, first.node, {
      published: 'the balancer listens on loadBalancer.listenerPort, and the twin picks free ports',
      host_ip: 'the balancer takes requests from every address at AWS, and the twin from this machine',
      protocol: 'the balancer reaches the container by TCP',
      app_protocol: 'the balancer speaks HTTP/1.1',
      mode: 'ECS has no ingress mode of ports',
      name: 'a port has no name',
    });
  for (const node of [...service.at('ports').items, ...service.at('expose').items])
    if (!draft.touches(node)) {
      if (tcpPort(node)?.container === port && node.kind !== 'map') draft.hold(node, 'container.port');
      else draft.leave(node, 'a container has one port here, to which the balancer forwards by TCP');
    }
  return port;
}

function tcpPort(node: SourceNode): Port | undefined {
  if (node.kind === 'map') {
    const read = portNumber(node.at('target').value);
    const protocol = node.at('protocol').text ?? 'tcp';
    return 'value' in read && protocol === 'tcp'
      ? { node, container: read.value, isPublished: false }
      : undefined;
  }
  const match = short.exec(String(node.value));
  const read = portNumber(match?.[2]);
  if (match === null || 'allowed' in read || (match[3] ?? 'tcp') !== 'tcp') return undefined;
  return { node, container: read.value, isPublished: match[0].includes(':') };
}
