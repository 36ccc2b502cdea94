import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { Rig, send, startLoad } from './balancer-rig.ts';

describe('draining', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await new Rig({ speed: 10, loadBalancer: { deregistrationDelaySeconds: 3 } }).start();
  });
  afterEach(() => rig.close());

  test('loses no request while every target is replaced over and over under load', async () => {
    const serve = (id: string) =>
      rig.target(id, (incoming, response) => {
        incoming.resume();
        setImmediate(() => response.end(id));
      });
    let current = [await serve('0a'), await serve('0b')];
    const load = startLoad(rig.port, 16);
    for (let generation = 1; generation <= 10; generation++) {
      const next = [await serve(`${generation}a`), await serve(`${generation}b`)];
      const before = load.answers.length;
      await Promise.all(['a', 'b'].map((side) => rig.balancer.deregister(`${generation - 1}${side}`)));
      // A stopped task closes its listener and whatever connections are left, at once.
      for (const { server } of current) {
        server.close();
        server.closeAllConnections();
        await once(server, 'close');
      }
      current = next;
      await load.whenAnswered(before + 50);
    }
    await load.stop();
    expect(load.answers.filter((answer) => answer !== 200)).toEqual([]);
    expect(rig.balancer.takeMetrics()).toMatchObject({ elb4xx: 0, elb5xx: 0, targetConnectionErrors: 0 });
  });

  test('refuses new requests and lets those in flight finish', async () => {
    const waiting: ServerResponse[] = [];
    const bothArrived = new Promise<void>((resolve) => {
      void rig.target('slow', (_, response) => {
        if (waiting.push(response) === 2) resolve();
      });
    });
    await rig.when(() => rig.stateOf('slow') === 'healthy');
    const answers = [send(rig.port), send(rig.port)];
    await bothArrived;
    const done = rig.balancer.deregister('slow');
    expect(rig.balancer.targets()).toMatchObject([
      { state: 'draining', reason: 'Target.DeregistrationInProgress', requestsInFlight: 2 },
    ]);
    expect((await send(rig.port)).status).toBe(503);
    waiting[0]!.end('first');
    waiting[1]!.end('second');
    expect((await Promise.all(answers)).map(({ body }) => body.toString()).sort()).toEqual([
      'first',
      'second',
    ]);
    await done;
    expect(rig.balancer.targets()).toEqual([]);
  });

  test('gives what is in flight its delay of real time, however fast the clock runs', async () => {
    const arrived = new Promise<ServerResponse>((resolve) => {
      void rig.target('slow', (_, response) => resolve(response));
    });
    await rig.when(() => rig.stateOf('slow') === 'healthy');
    const answer = send(rig.port);
    const response = await arrived;
    await rig.balancer.deregister('slow');
    expect(rig.balancer.targets()).toEqual([]);
    response.end('late');
    expect((await answer).body.toString()).toBe('late');
  });

  test('cuts what is still in flight when its delay is over, with 502', async () => {
    const strict = await new Rig({ loadBalancer: { deregistrationDelaySeconds: 0.2 } }).start();
    const arrived = new Promise<void>((resolve) => void strict.target('slow', () => resolve()));
    await strict.when(() => strict.stateOf('slow') === 'healthy');
    const answer = send(strict.port);
    await arrived;
    await strict.balancer.deregister('slow');
    expect((await answer).status).toBe(502);
    expect(strict.balancer.takeMetrics()).toMatchObject({ requests: 1, elb502: 1 });
    await strict.close();
  });

  test('a target that announces the end of its connection is not sent another request on it', async () => {
    const { connections } = await rig.target('leaving', (_, response) => {
      response.writeHead(200, { connection: 'close' }).end();
    });
    const load = startLoad(rig.port, 4);
    await load.whenAnswered(200);
    await load.stop();
    expect(load.answers.filter((answer) => answer !== 200)).toEqual([]);
    expect(connections()).toBeGreaterThanOrEqual(200);
  });
});
