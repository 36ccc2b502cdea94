import { expect, test } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { Socket } from 'node:net';
import { corkForTurn } from './cork-for-turn.ts';

test('what one turn writes to several sockets goes out at its end, and the next turn begins anew', async () => {
  const written: string[] = [];
  const socketOf = (name: string): Socket =>
    new PassThrough({
      write: (chunk: Buffer, _, done) => {
        written.push(`${name}${String(chunk)}`);
        done();
      },
    }) as unknown as Socket;
  const [one, two] = [socketOf('a'), socketOf('b')];
  for (const turn of ['1', '2']) {
    for (const socket of [one, two, one]) {
      corkForTurn(socket);
      socket.write(turn);
    }
    expect([one.writableCorked, two.writableCorked]).toEqual([1, 1]);
    written.push('end of turn');
    await setImmediate();
    expect([one.writableCorked, two.writableCorked]).toEqual([0, 0]);
  }
  expect(written).toEqual(['end of turn', 'a1', 'a1', 'b1', 'end of turn', 'a2', 'a2', 'b2']);
});
