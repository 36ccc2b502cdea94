import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ZoneClock } from './zone-clock.ts';

const localOf = (zone: string, instantMs: number): number => {
  const text = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(instantMs);
  return Date.parse(`${text.replace(' ', 'T')}Z`);
};

test('every instant is among those at which the zone’s clocks show its local time', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(
        'UTC',
        'Europe/Madrid',
        'America/New_York',
        'Asia/Kathmandu',
        'Australia/Lord_Howe',
        'Pacific/Kiritimati',
      ),
      fc.integer({ min: Date.UTC(2020, 0) / 60_000, max: Date.UTC(2027, 0) / 60_000 }),
      (zone, minute) => {
        const instantMs = minute * 60_000;
        expect(new ZoneClock(zone).instants(localOf(zone, instantMs))).toContain(instantMs);
      },
    ),
    { numRuns: 60 },
  );
});

test('clocks skip an hour in spring, and show one twice in autumn', () => {
  const clock = new ZoneClock('Europe/Madrid');
  expect(clock.instants(Date.UTC(2026, 2, 29, 2, 30))).toEqual([]);
  expect(clock.instants(Date.UTC(2026, 9, 25, 2, 30))).toEqual([
    Date.UTC(2026, 9, 25, 0, 30),
    Date.UTC(2026, 9, 25, 1, 30),
  ]);
});
