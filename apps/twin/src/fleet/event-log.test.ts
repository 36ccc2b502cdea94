import { describe, expect, test } from '@jest/globals';
import type { ServiceEvent } from '@tideline/evidence';
import { VirtualClock } from '../clock/virtual-clock.ts';
import { EventLog } from './event-log.ts';

describe('EventLog', () => {
  test('words events as ECS does, with their cloud time, and tells its listener', async () => {
    const clock = new VirtualClock();
    const heard: ServiceEvent[] = [];
    const log = new EventLog({
      clock,
      subject: 'service tideline-dev-api',
      onEvent: (event) => heard.push(event),
    });
    await clock.advance(61);
    log.add('has reached a steady state');
    const event = { cloudSeconds: 61, message: '(service tideline-dev-api) has reached a steady state.' };
    expect(log.all()).toEqual([event]);
    expect(heard).toEqual([event]);
  });

  test('needs no listener', () => {
    const log = new EventLog({ clock: new VirtualClock(), subject: 'service api' });
    log.add('has started 1 tasks');
    expect(log.all()).toHaveLength(1);
  });
});
