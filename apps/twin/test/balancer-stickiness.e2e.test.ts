import { afterEach, describe, expect, test } from '@jest/globals';
import { Rig } from './balancer-rig.ts';

let rig: Rig;

afterEach(() => rig.close());

/** Two targets that say who they are, behind a balancer with sticky sessions of a minute. */
async function start(stickinessSeconds: number): Promise<void> {
  rig = await new Rig({
    loadBalancer: { stickinessSeconds, deregistrationDelaySeconds: 0 },
  }).start();
  for (const id of ['one', 'two'])
    await rig.target(id, (_, response) => {
      response.setHeader('Set-Cookie', 'own=1');
      response.end(id);
    });
}

async function ask(cookie?: string) {
  const response = await fetch(`http://127.0.0.1:${rig.port}/`, {
    headers: cookie === undefined ? {} : { cookie: `a=1; ${cookie}` },
  });
  const cookies = response.headers.getSetCookie();
  const sticky = cookies.find((each) => each.startsWith('AWSALB='))?.split(';')[0];
  return { target: await response.text(), cookies, sticky };
}

async function askOften(cookie?: string): Promise<ReadonlySet<string>> {
  const targets = new Set<string>();
  for (let count = 0; count < 10; count += 1) targets.add((await ask(cookie)).target);
  return targets;
}

describe('a balancer with sticky sessions', () => {
  test('keeps a client that returns its cookie on one target, and renews the cookie', async () => {
    await start(60);
    const first = await ask();
    expect(first.cookies).toHaveLength(2);
    expect(first.cookies[0]).toBe('own=1');
    expect(await askOften(first.sticky)).toEqual(new Set([first.target]));
    expect(await askOften()).toEqual(new Set(['one', 'two']));
    expect((await ask(first.sticky)).sticky).toBeDefined();
  });

  test('gives a client whose target is gone another one, and its cookie', async () => {
    await start(60);
    const first = await ask();
    await rig.balancer.deregister(first.target);
    const second = await ask(first.sticky);
    expect(second.target).not.toBe(first.target);
    expect(second.sticky).not.toBe(first.sticky);
    expect(await askOften(second.sticky)).toEqual(new Set([second.target]));
  });

  test('sets no cookie where they are off', async () => {
    await start(0);
    expect((await ask()).cookies).toEqual(['own=1']);
  });
});
