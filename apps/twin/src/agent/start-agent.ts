import { type Environment, arnIn, resourceNames } from '@tideline/config';
import type { Clock } from '../clock/clock.ts';
import { listenLoopback } from '../control/listen-loopback.ts';
import type { AnyFleet } from '../fleet/create-fleet.ts';
import { agentPath, createAgentApi } from './agent-api.ts';
import type { ProtectingService } from './task-protection.ts';

/** ECS’s agent of all tasks on this machine. */
export interface Agent {
  /** ECS_AGENT_URI of a task; null where tasks have none. */
  readonly uri: ((taskId: string) => string) | null;
  close(): Promise<void>;
}

const noAgent: Agent = { uri: null, close: () => Promise.resolve() };

/** The account that tasks belong to here, as far as their ARNs go. */
const accountId = '000000000000';

/**
 * Starts the agent where tasks are to protect themselves.
 * @param parts fleet: asked for as soon as a task asks
 * @throws ListenError
 */
export async function startAgent(
  environment: Environment,
  { clock, fleet }: { readonly clock: Clock; readonly fleet: () => AnyFleet },
): Promise<Agent> {
  if (!environment.container.scaleInProtection.enabled) return noAgent;
  const { region } = environment;
  const { cluster } = resourceNames(environment);
  const api = createAgentApi({
    service: () => protecting(fleet()),
    startedAt: new Date(Date.now() - clock.now() * 1000),
    taskArn: (id) => arnIn(region, `ecs:${region}:${accountId}:task/${cluster}/${id}`),
  });
  const server = await listenLoopback(api, 0);
  return { uri: (taskId) => `${server.url}${agentPath(taskId)}`, close: () => server.close() };
}

function protecting(fleet: AnyFleet): ProtectingService {
  // TL-CONFIG-TASK-PROTECTION keeps groups from having an agent.
  if (fleet.kind === 'group') throw new Error('a group of instances has no tasks');
  return fleet;
}
