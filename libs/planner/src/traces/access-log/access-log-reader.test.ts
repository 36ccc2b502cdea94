import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { openTrace } from '../open-trace.ts';
import { entryTime } from './entry-time.ts';

const folder = mkdtempSync(join(tmpdir(), 'planner-log-'));

/** An entry as AWS’s guide shows one. */
const entry = (answeredAt: string, arrivedAt: string): string =>
  [
    `https ${answeredAt} app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 10.0.0.1:80 0.086 0.048 0.037 200 200 0 57`,
    '"GET https://www.example.com:443/ HTTP/1.1" "curl/7.46.0" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2',
    'arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067',
    '"Root=1-58337281-1d84f3d73c47ec4e58577259" "www.example.com" "arn:aws:acm:us-east-2:1:certificate/1"',
    `1 ${arrivedAt} "authenticate,forward" "-" "-" "10.0.0.1:80" "200" "-" "-" TID_123456`,
  ].join(' ');

const time = (second: number): string =>
  new Date(Date.UTC(2026, 2, 1, 8, 0, second)).toISOString().replace('Z', '123Z');

test('requests count when they arrived, in files of any order, plain and gzip', async () => {
  const seconds = [125, 10, 59, 20];
  const lines = seconds.map((second) => entry(time(second + 90), time(second)));
  writeFileSync(join(folder, 'a.log'), `${lines.slice(0, 2).join('\n')}\n`);
  writeFileSync(join(folder, 'b.log.gz'), gzipSync(`${lines.slice(2).join('\n')}\n`));
  const trace = await openTrace(folder);
  expect(trace).toMatchObject({ startedAt: new Date('2026-03-01T08:00Z'), stepSeconds: 60 });
  expect(trace.requestsPerSecond).toEqual([3 / 60, 0, 1 / 60]);
  expect(trace.remarks.map(({ code }) => code)).toEqual(['TL-TRACE-PARTIAL', 'TL-TRACE-GAP-ZERO']);
  expect((await openTrace(folder, { periodSeconds: 120 })).requestsPerSecond).toEqual([3 / 120, 1 / 120]);
});

test('an entry without a time of arrival counts when it was answered', () => {
  const whole = entry(time(5), time(1));
  expect(entryTime(whole)).toEqual({ atMs: Date.UTC(2026, 2, 1, 8, 0, 1), isOfAnswer: false });
  const old = whole.slice(0, whole.indexOf(' "www.example.com"'));
  expect(entryTime(old)).toEqual({ atMs: Date.UTC(2026, 2, 1, 8, 0, 5), isOfAnswer: true });
  expect(entryTime(whole.slice(0, 150))).toBeUndefined();
  expect(entryTime('no entry')).toBeUndefined();
});

test('a damaged line is refused with its place', async () => {
  const path = join(folder, 'damaged.log');
  writeFileSync(path, `${entry(time(1), time(0))}\nhttps ${time(2)} app/x/1 broken\n`);
  await expect(openTrace(path)).rejects.toThrow(/TL-TRACE-ROW .*damaged\.log:2: no whole entry/);
});

test('some megabytes are counted, all of them, whatever pieces they come in', async () => {
  const path = join(folder, 'large.log');
  const lines = Array.from({ length: 12_000 }, (_, index) => entry(time(index / 10 + 1), time(index / 10)));
  writeFileSync(path, lines.join('\n'));
  const { requestsPerSecond } = await openTrace(path);
  expect(requestsPerSecond).toHaveLength(20);
  expect(new Set(requestsPerSecond)).toEqual(new Set([10]));
});
