import { greetingVersion } from '../peers/greeting.ts';
import type { PeerName } from '../peers/peer.ts';
import type { ChildSpec } from '../process/child.ts';
import type { StartedServer } from '../process/child-pool.ts';
import type { Rig } from '../rig.ts';

/** Where a server runs. */
type Place = Pick<ChildSpec, 'cores'>;

/** The API as it is deployed: every middleware, access log on unless it is not wanted, CPU work off. */
export const startApi = (
  rig: Rig,
  {
    accessLog,
    traced,
    ...place
  }: Place & {
    readonly accessLog: boolean;
    /** @default nothing is traced */
    readonly traced?: { readonly endpoint: string; readonly sampledShare: number };
  },
): Promise<StartedServer> =>
  rig.children.startServer({
    ...place,
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
      ACCESS_LOG: accessLog ? 'on' : 'off',
      CPU_MILLISECONDS_PER_REQUEST: '0',
      STOP_ON_STDIN_END: 'true',
      ...(traced === undefined
        ? {}
        : {
            OTEL_EXPORTER_OTLP_ENDPOINT: traced.endpoint,
            OTEL_TRACES_SAMPLER_ARG: String(traced.sampledShare),
          }),
    },
    readUrl: (line) => {
      const { msg, port } = readObject(line);
      return msg === 'listening' && typeof port === 'number' ? `http://127.0.0.1:${port}` : undefined;
    },
  });

/** A peer, started from the benchmark’s own bundle. @param place with the collector of a peer that is traced */
export const startPeer = (
  rig: Rig,
  peer: PeerName,
  { collector, ...place }: Place & { readonly collector?: string } = {},
): Promise<StartedServer> =>
  rig.children.startServer({
    ...place,
    name: peer,
    command: process.execPath,
    args: [rig.bundle('bench'), '--peer', peer, ...(collector === undefined ? [] : [collector])],
    readUrl,
  });

/** The twin’s balancer, alone, in front of the targets. */
export const startBalancer = (
  rig: Rig,
  targetUrls: readonly string[],
  place: Place = {},
): Promise<StartedServer> =>
  rig.children.startServer({
    ...place,
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
