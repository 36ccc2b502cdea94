import { describe, expect, test } from '@jest/globals';
import { type Course, type Move, agreementOf, agrees } from './agreement.ts';

const move = (seconds: number, from: number, to: number): Move => ({ seconds, from, to, policy: 'requests' });
const course = (running: readonly (readonly [number, number])[], moves: readonly Move[] = []): Course => ({
  running: running.map(([seconds, count]) => ({ seconds, count })),
  moves,
});
const predicted = course(
  [
    [-100, 2],
    [325, 4],
  ],
  [move(300, 2, 4)],
);
const hour = { loadSeconds: 3600, firstMinuteSeconds: 0 };

describe('prediction and measurement', () => {
  test('agree with themselves', () => {
    const found = agreementOf(predicted, predicted, hour);
    expect(found).toMatchObject({
      equalMinutesPercent: 100,
      unitHours: { predicted: (2 * 325 + 4 * 3275) / 3600, differencePercent: 0 },
      moves: [{ predicted: move(300, 2, 4), measured: move(300, 2, 4) }],
    });
    expect(found.minutes).toHaveLength(60);
    expect(agrees(found)).toBe(true);
  });

  test('a minute has the count that held for most of it', () => {
    const { minutes } = agreementOf(
      predicted,
      course([
        [0, 2],
        [331, 4],
      ]),
      hour,
    );
    expect(minutes.slice(4, 7)).toEqual([
      { minute: 4, predicted: 2, measured: 2 },
      { minute: 5, predicted: 4, measured: 2 },
      { minute: 6, predicted: 4, measured: 4 },
    ]);
  });

  test('minutes are those of the cloud clock, whole ones alone', () => {
    const { minutes } = agreementOf(predicted, predicted, { loadSeconds: 3600, firstMinuteSeconds: 48 });
    expect(minutes).toHaveLength(59);
    // Its fifth begins at 288 s: 4 from 325 s on is less than half of it.
    expect(minutes.slice(4, 6).map((each) => each.predicted)).toEqual([2, 4]);
  });

  test('three minutes of sixty may differ, four may not', () => {
    const late = (seconds: number) =>
      agreementOf(
        predicted,
        course(
          [
            [0, 2],
            [325 + seconds, 4],
          ],
          predicted.moves,
        ),
        hour,
      );
    expect(late(180)).toMatchObject({ equalMinutesPercent: 95, holds: { minutes: true } });
    expect(late(240).holds).toEqual({ minutes: false, unitHours: true, moves: true });
  });

  test('hours of units may differ by 5 %', () => {
    const at = (count: number) => agreementOf(course([[0, 100]]), course([[0, count]]), hour).holds.unitHours;
    expect([at(95), at(96), at(106), at(104)]).toEqual([false, true, false, true]);
  });

  test('a decision without one that moves the same way near enough has no counterpart', () => {
    const measured = (...moves: readonly Move[]) => agreementOf(predicted, { ...predicted, moves }, hour);
    expect(measured(move(420, 2, 4)).holds.moves).toBe(true);
    expect(measured(move(421, 2, 4)).moves).toEqual([
      { predicted: move(300, 2, 4), measured: null },
      { predicted: null, measured: move(421, 2, 4) },
    ]);
    expect(measured(move(300, 2, 3)).holds.moves).toBe(false);
    expect(measured().holds.moves).toBe(false);
  });

  test('each decision has one counterpart, the nearest', () => {
    const twice = { ...predicted, moves: [move(300, 2, 4), move(360, 2, 4)] };
    const { moves } = agreementOf(twice, { ...predicted, moves: [move(310, 2, 4), move(350, 2, 4)] }, hour);
    expect(moves.map((pair) => [pair.predicted?.seconds, pair.measured?.seconds])).toEqual([
      [300, 310],
      [360, 350],
    ]);
  });

  test('a decision after the load counts only as a counterpart', () => {
    const end = (seconds: number, other: number) =>
      agreementOf(
        { ...predicted, moves: [move(3600 + seconds, 4, 3)] },
        { ...predicted, moves: [move(3600 + other, 4, 3)] },
        hour,
      ).moves;
    expect(end(-10, 50)).toHaveLength(1);
    expect(end(10, 50)).toEqual([]);
  });
});
