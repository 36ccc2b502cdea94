import type { BenchName } from '../bench-name.ts';
import type { Outcome } from '../outcome.ts';
import type { Rig } from '../rig.ts';
import { measureThroughput, ratioFigure } from './measure-throughput.ts';
import { checkSameAnswer } from './same-answer.ts';
import { startApi, startPeer } from './start-servers.ts';

/** The API with all its middleware against the least that could answer the same. */
export async function measureApi(rig: Rig, wanted: ReadonlySet<BenchName>): Promise<Outcome> {
  const servers: Readonly<Record<string, string>> = {
    api: (await startApi(rig, { accessLog: true })).url,
    ...(wanted.has('apiVsHono') ? { hono: (await startPeer(rig, 'hono')).url } : {}),
    ...(wanted.has('apiVsNodeHttp') ? { 'node:http': (await startPeer(rig, 'node-http')).url } : {}),
  };
  await checkSameAnswer(servers);
  const rounds = await measureThroughput(rig, servers);
  const contender = (name: string) => ({ name, rounds: rounds[name] ?? [] });
  return {
    figures: [
      ...(wanted.has('apiVsHono') ? [ratioFigure('apiVsHono', contender('api'), contender('hono'))] : []),
      ...(wanted.has('apiVsNodeHttp')
        ? [ratioFigure('apiVsNodeHttp', contender('api'), contender('node:http'))]
        : []),
    ],
  };
}
