import { describe, expect, test } from '@jest/globals';
import { nginxConfig, nginxStaticConfig } from './nginx-config.ts';

const config = nginxConfig({
  folder: '/tmp/bench-1',
  port: 40_001,
  upstreams: ['127.0.0.1:40002', '127.0.0.1:40003'],
  readyToken: 'token-1',
});
const lines = config.split('\n').map((line) => line.trim());

describe('nginxConfig', () => {
  test('is one worker with keep-alive to every upstream', () => {
    for (const line of [
      'worker_processes 1;',
      'server 127.0.0.1:40002;',
      'server 127.0.0.1:40003;',
      'keepalive 512;',
      'proxy_http_version 1.1;',
      'proxy_set_header Connection "";',
      'access_log off;',
    ]) {
      expect(lines).toContain(line);
    }
  });

  test('tells upstreams what the twin’s balancer tells them', () => {
    const told = lines.flatMap((line) => /^proxy_set_header (\S+) /.exec(line)?.[1] ?? []);
    expect(told).toEqual(
      expect.arrayContaining([
        'Host',
        'X-Forwarded-For',
        'X-Forwarded-Proto',
        'X-Forwarded-Port',
        'X-Amzn-Trace-Id',
      ]),
    );
  });

  test('stays in the foreground as one process', () => {
    expect(lines).toContain('daemon off;');
    expect(lines).toContain('master_process off;');
  });

  test('listens on this machine only', () => {
    expect(lines.filter((line) => line.startsWith('listen '))).toEqual([
      'listen 127.0.0.1:40001 backlog=1024;',
    ]);
  });

  test('writes nowhere but into its folder', () => {
    const written = lines.filter((line) => /^(pid|error_log|\w+_temp_path) /.test(line));
    expect(written).toHaveLength(7);
    for (const line of written) expect(line).toContain(' /tmp/bench-1/');
  });

  test('opens and closes as many blocks', () => {
    expect(config.split('{').length).toBe(config.split('}').length);
  });
});

test('nginx as an upstream serves its folder, as one process that writes nowhere else', () => {
  const upstream = nginxStaticConfig({ folder: '/tmp/bench-2', port: 40_003, readyToken: 'token-2' });
  for (const line of [
    'root /tmp/bench-2;',
    'location = /token-2 {',
    'master_process off;',
    'access_log off;',
  ])
    expect(upstream).toContain(line);
  expect(upstream.split('{').length).toBe(upstream.split('}').length);
});
