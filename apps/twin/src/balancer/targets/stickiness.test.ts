import { describe, expect, test } from '@jest/globals';
import { VirtualClock } from '../../clock/virtual-clock.ts';
import { Stickiness } from './stickiness.ts';

function create(stickinessSeconds = 60) {
  const clock = new VirtualClock();
  const stickiness = Stickiness.of({ loadBalancer: { stickinessSeconds }, clock });
  if (stickiness === undefined) throw new Error('it is on');
  const value = (targetId: string): string => /AWSALB=([^;]+)/.exec(stickiness.fieldFor(targetId))?.[1] ?? '';
  return { clock, stickiness, value };
}

describe('stickiness', () => {
  test('is off at 0 s', () => {
    expect(
      Stickiness.of({ loadBalancer: { stickinessSeconds: 0 }, clock: new VirtualClock() }),
    ).toBeUndefined();
  });

  test('gives a cookie as an Application Load Balancer does, which ends when its duration does', () => {
    const before = Date.now();
    const field = create().stickiness.fieldFor('a 7/x');
    expect(field).toMatch(/^Set-Cookie: AWSALB=[\w-]+; Expires=\w{3}, [\w: ]+ GMT; Path=\/\r\n$/);
    const expires = Date.parse(/Expires=([^;]+)/.exec(field)?.[1] ?? '');
    expect(expires).toBeGreaterThan(before + 58_000);
    expect(expires).toBeLessThanOrEqual(Date.now() + 60_000);
  });

  test.each([
    (value: string) => `Cookie: AWSALB=${value}\r\n`,
    (value: string) => `Accept: */*\r\ncookie: session=1; AWSALB=${value}; x=2\r\n`,
    (value: string) => `COOKIE:AWSALB=${value};x=2\r\n`,
  ])('reads its cookie among others', (fields) => {
    const { stickiness, value } = create();
    expect(stickiness.targetOf({ fields: fields(value('i-1')) })).toBe('i-1');
  });

  test.each([
    ['', 'no cookie'],
    ['Cookie: AWSALB=\r\n', 'an empty one'],
    ['Cookie: AWSALB=bm90IG91cnM\r\n', 'one of another balancer'],
    ['Cookie: XAWSALB=$\r\n', 'one of another name'],
    ['X-Cookie: AWSALB=$\r\n', 'one of another field'],
  ])('%j names no target: %s', (fields) => {
    const { stickiness, value } = create();
    expect(stickiness.targetOf({ fields: fields.replace('$', value('i-1')) })).toBeUndefined();
  });

  test('counts no cookie that is over', async () => {
    const { clock, stickiness, value } = create();
    const fields = `Cookie: AWSALB=${value('i-1')}\r\n`;
    await clock.advance(59.5);
    expect(stickiness.targetOf({ fields })).toBe('i-1');
    await clock.advance(0.5);
    expect(stickiness.targetOf({ fields })).toBeUndefined();
  });
});
