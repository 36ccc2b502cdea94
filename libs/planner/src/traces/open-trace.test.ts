import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { openTrace } from './open-trace.ts';

const folder = mkdtempSync(join(tmpdir(), 'planner-trace-'));
let count = 0;

function file(content: string | Uint8Array, extension = 'csv'): string {
  count += 1;
  const path = join(folder, `trace-${count}.${extension}`);
  writeFileSync(path, content);
  return path;
}

const codes = ({ remarks }: { readonly remarks: readonly { readonly code: string }[] }): string[] =>
  remarks.map(({ code }) => code);

describe('a CSV file', () => {
  test('of counts by five minutes becomes rates', async () => {
    const path = file(
      'timestamp,value\n2014-04-10 00:04:00,300\n2014-04-10 00:09:00,600\n2014-04-10 00:14:00,0\n',
    );
    const trace = await openTrace(path);
    expect(trace).toMatchObject({
      name: `trace-${count}.csv`,
      startedAt: new Date('2014-04-10T00:04:00Z'),
      stepSeconds: 300,
      requestsPerSecond: [1, 2, 0],
    });
    expect(codes(trace)).toEqual(['TL-TRACE-ZONE-ASSUMED', 'TL-TRACE-UNIT-ASSUMED']);
  });
});

describe('a source', () => {
  test('is a shape where it has the name of one, with parameters', async () => {
    const trace = await openTrace('constant:requestsPerSecond=7,days=0.01', { scale: 2 });
    expect(trace).toMatchObject({ name: 'constant', stepSeconds: 60 });
    expect(new Set(trace.requestsPerSecond)).toEqual(new Set([14]));
    expect(trace.requestsPerSecond).toHaveLength(14);
  });
});
