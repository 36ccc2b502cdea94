import { expect, test } from '@jest/globals';
import { type EnvironmentInput, presetInput, resolveEnvironment } from '@tideline/config';
import { ModelledTwin } from './modelled-twin.ts';

const scheduled = {
  type: 'scheduled',
  name: 'morning',
  schedule: 'cron(0 9 * * ? *)',
  timeZone: 'Europe/Berlin',
  minCapacity: 4,
};

/** Cloud seconds at which the morning’s minimum is met. */
async function morningSeconds(local: EnvironmentInput['local']): Promise<number | undefined> {
  const input = presetInput('load-driven');
  const environment = resolveEnvironment({
    ...input,
    local,
    scaling: { policies: [...(input.scaling?.policies ?? []), scheduled] },
  } as EnvironmentInput);
  const twin = new ModelledTwin(environment);
  twin.setRate(20);
  await twin.clock.advance(2400);
  twin.close();
  return twin.moves().find(({ policy }) => policy === 'morning')?.cloudSeconds;
}

test('a scheduled policy runs on the twin at its hour of the calendar, which begins with the description’s instant', async () => {
  // 09:00 in Berlin is 08:00 UTC in winter and 07:00 UTC in summer.
  expect(await morningSeconds({ startsAt: '2026-03-02T07:28:45Z' })).toBe(31 * 60 + 15);
  expect(await morningSeconds({ startsAt: '2026-07-01T08:40:00+02:00' })).toBe(20 * 60);
  expect(await morningSeconds({})).toBeUndefined();
});
