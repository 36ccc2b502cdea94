import { expect, test } from '@jest/globals';
import { Command } from 'commander';
import {
  type ReplayCommandOptions,
  addReplayOptions,
  replayArguments,
  replayFromOptions,
} from './replay-options.ts';

const parse = (...args: readonly string[]): ReplayCommandOptions =>
  addReplayOptions(new Command()).exitOverride().parse(args, { from: 'user' }).opts<ReplayCommandOptions>();

test('every option is passed on as it was typed', () => {
  const { options } = addReplayOptions(new Command());
  const values: Readonly<Record<string, string>> = {
    '--trace': 'daily',
    '--trace-from': '+1h',
    '--trace-to': '+2h',
  };
  const args = options.flatMap(({ long, argChoices }) => [
    long ?? '',
    values[long ?? ''] ?? argChoices?.[0] ?? '3',
  ]);
  expect(replayArguments(parse(...args)).sort()).toEqual(args.sort());
});

test('a part of a trace is what begins between two times', async () => {
  const ramp = ['--trace', 'ramp:low=0,high=1440,days=1'];
  const hour = await replayFromOptions(
    parse(...ramp, '--trace-from', '+6h', '--trace-to', '2026-01-05T07:00:00Z'),
  );
  expect(hour).toMatchObject({ speed: 1, trace: { startedAt: new Date('2026-01-05T06:00:00Z') } });
  expect(hour?.trace.requestsPerSecond).toHaveLength(60);
  expect(hour?.trace.requestsPerSecond[0]).toBeCloseTo(360.5);
  expect(await replayFromOptions(parse('--arrivals', 'poisson', '--seed', '3'))).toBeNull();
});

test.each([
  [['--trace-from', '+1h'], 'got --trace-from without --trace'],
  [['--scale', '2'], 'got --scale without --trace'],
  [['--trace', 'daily', '--trace-from', 'noon'], '--trace-from: got "noon"; allowed are a time such as'],
  [['--trace', 'daily', '--trace-from', '+20d'], 'no step of the trace lies between them'],
  [['--trace', 'daily', '--trace-from', '+2d', '--trace-to', '+1d'], 'no step'],
])('%j is refused', async (args, message) => {
  await expect(replayFromOptions(parse(...args))).rejects.toThrow(message);
});
