import { greetingVersion } from '../peers/greeting.ts';
import type { PeerName } from '../peers/peer.ts';
import type { Rig } from '../rig.ts';

/** The API as it is deployed: every middleware, access log on, CPU work off. @returns its URL */
export const startApi = (rig: Rig): Promise<string> =>
  rig.children.startServer({
    name: 'api',
    command: process.execPath,
    args: [rig.bundle('api')],
    env: {
      HOST: '127.0.0.1',
      PORT: '0',
      METRICS_HOST: '127.0.0.1',
      METRICS_PORT: '0',
      VERSION: greetingVersion,
      BASE_PATH: '',
      LOG_LEVEL: 'info',
      ACCESS_LOG: 'on',
      CPU_MILLISECONDS_PER_REQUEST: '0',
      STOP_ON_STDIN_END: 'true',
    },
    readUrl: (line) => {
      const { msg, port } = readObject(line);
      return msg === 'listening' && typeof port === 'number' ? `http://127.0.0.1:${port}` : undefined;
    },
  });

/** @returns URL of a peer, started from the benchmark’s own bundle */
export const startPeer = (rig: Rig, peer: PeerName): Promise<string> =>
  rig.children.startServer({
    name: peer,
    command: process.execPath,
    args: [rig.bundle('bench'), '--peer', peer],
    readUrl,
  });

/** @returns URL of the twin’s balancer, alone, in front of the targets */
export const startBalancer = (rig: Rig, targetUrls: readonly string[]): Promise<string> =>
  rig.children.startServer({
    name: 'balancer',
    command: process.execPath,
    args: [
      ...[rig.bundle('bench'), '--guard', process.execPath],
      ...[rig.bundle('twin'), 'balancer', ...targetUrls.flatMap((url) => ['--target', url])],
    ],
    readUrl,
  });

function readUrl(line: string): string | undefined {
  const { url } = readObject(line);
  return typeof url === 'string' ? url : undefined;
}

/** A line that is no JSON object has no fields. */
function readObject(line: string): Partial<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
