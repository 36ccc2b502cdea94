import { expect, test } from '@jest/globals';
import { haproxyConfig } from './haproxy-config.ts';

const lines = haproxyConfig({
  port: 40_001,
  upstreams: ['127.0.0.1:40002', '127.0.0.1:40003'],
  readyToken: 'token-1',
})
  .split('\n')
  .map((line) => line.trim());

test('HAProxy is one thread on this machine only, with kept connections to every upstream', () => {
  for (const line of [
    'nbthread 1',
    'bind 127.0.0.1:40001 backlog 1024',
    'http-reuse always',
    'server task-0 127.0.0.1:40002',
    'server task-1 127.0.0.1:40003',
  ]) {
    expect(lines).toContain(line);
  }
});

test('HAProxy sends upstreams the fields that the twin’s balancer sends', () => {
  const sent = lines.flatMap((line) => /^http-request set-header (\S+) /.exec(line)?.[1] ?? []);
  expect(sent).toEqual(['X-Amzn-Trace-Id', 'X-Forwarded-Proto', 'X-Forwarded-Port']);
  expect(lines).toContain('option forwardfor');
});
