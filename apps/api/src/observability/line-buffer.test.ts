import { describe, expect, test } from '@jest/globals';
import { LineBuffer } from './line-buffer.ts';

function bufferOf() {
  const written: string[] = [];
  const scheduled: (() => void)[] = [];
  const lines = new LineBuffer({
    sink: { write: (block) => written.push(block.toString()), flushSync: () => written.push('<flushed>') },
    schedule: (flush) => scheduled.push(flush),
  });
  return { lines, written, scheduled };
}

describe('LineBuffer', () => {
  test('passes what it has when the scheduled time comes, in order and once', () => {
    const { lines, written, scheduled } = bufferOf();
    lines.write('a\n');
    lines.write('b\n');
    expect([written, scheduled.length]).toEqual([[], 1]);
    scheduled[0]!();
    scheduled[0]!();
    expect(written).toEqual(['a\nb\n']);
  });

  test('passes a full block at once', () => {
    const { lines, written } = bufferOf();
    lines.write('x'.repeat(32_768));
    expect(written).toHaveLength(1);
  });

  test('passes text of any alphabet as UTF-8', () => {
    const { lines, written, scheduled } = bufferOf();
    for (const line of ['ascii\n', 'é\n', '’\n', '\u{1f30a}\n']) lines.write(line);
    scheduled[0]!();
    lines.write('é\n');
    scheduled[1]!();
    expect(written).toEqual(['ascii\né\n’\n\u{1f30a}\n', 'é\n']);
  });

  test('schedules again after a block has gone', () => {
    const { lines, scheduled } = bufferOf();
    lines.write('x'.repeat(32_768));
    lines.write('a\n');
    expect(scheduled).toHaveLength(2);
  });

  test('flushes its sink too', () => {
    const { lines, written } = bufferOf();
    lines.write('a\n');
    lines.flushSync();
    expect(written).toEqual(['a\n', '<flushed>']);
  });
});
