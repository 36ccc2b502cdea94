import { describe, expect, test } from '@jest/globals';
import { type LoadProfile, loadProfile } from '@tideline/config';
import { VirtualServer } from '../../test/virtual-server.ts';
import { VirtualTimers } from '../../test/virtual-timers.ts';
import { requestBytes } from '../load/connection/request-bytes.ts';
import type { UserConnection } from '../load/connection/user-connection.ts';
import { Demand } from './demand.ts';

const target = new URL('http://127.0.0.1:3000/dev');
const flash = loadProfile('flash');
const [page, buy] = flash.endpoints as [LoadProfile['endpoints'][0], LoadProfile['endpoints'][0]];
const bytes = (endpoint: LoadProfile['endpoints'][0]) => requestBytes(target, endpoint, flash.keepAlive);
const noListener = { onAnswer: () => undefined, onFailure: () => undefined };

/** What buyers ask for who send a request each time that they are told to. */
function shop(endpoints: LoadProfile['endpoints'], statusCode = 303) {
  const timers = new VirtualTimers();
  const server = new VirtualServer(timers, () => ({ afterMs: 1, statusCode }));
  const demand = new Demand(target, { endpoints, keepAlive: flash.keepAlive });
  const open = demand.counting(server.open);
  const send = (buyer: UserConnection, endpoint: LoadProfile['endpoints'][0], times = 1): void => {
    for (let sent = 0; sent < times; sent += 1) {
      buyer.send(bytes(endpoint), false);
      timers.advanceTo(timers.now() + 1);
    }
  };
  return { demand, send, buyer: () => open(noListener) };
}

describe('what buyers ask for', () => {
  test('is counted buyer by buyer, up to what a cart holds, and a page is none of it', () => {
    const { demand, send, buyer } = shop(flash.endpoints);
    const [eager, modest, onlooker] = [buyer(), buyer(), buyer()];
    send(eager, buy, 9);
    send(modest, buy, 2);
    send(modest, page);
    send(onlooker, page, 7);
    expect(demand.units(5)).toBe(5 + 2);
  });

  test('is nothing where the answer is a failure, or there is none yet', () => {
    const { demand, send, buyer } = shop(flash.endpoints, 503);
    const unlucky = buyer();
    send(unlucky, buy);
    unlucky.send(bytes(buy), false);
    expect(demand.units(5)).toBe(0);
  });

  test.each(['quantity=2', 'quantity=1&token=same', null])(
    'counts no form that need not add a unit: %s',
    (body) => {
      const endpoint = { ...buy, body };
      const { demand, send, buyer } = shop([endpoint]);
      send(buyer(), endpoint);
      expect(demand.units(5)).toBe(0);
    },
  );

  test('says nothing where buyers give units back as well', () => {
    const givesBack = { ...buy, path: '/cart/quantity?from=page', body: 'quantity=0' };
    const { demand, send, buyer } = shop([buy, givesBack]);
    send(buyer(), buy);
    expect(demand.units(5)).toBeUndefined();
  });
});
