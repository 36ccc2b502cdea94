import { describe, expect, test } from '@jest/globals';
import { containerInstanceUserData } from './container-instance-user-data.ts';

const script = containerInstanceUserData({ cluster: 'tideline-dev', reservedMemoryMiB: 64 });

describe('user data of an instance for tasks', () => {
  test('tells the agent its cluster, what to keep from tasks, and the ports that the balancer may reach', () => {
    const config = /<<'CONFIG'\n([\s\S]*?)CONFIG\n/.exec(script)?.[1]?.trim().split('\n');
    expect(config).toEqual([
      'ECS_CLUSTER=tideline-dev',
      'ECS_RESERVED_MEMORY=64',
      'ECS_DYNAMIC_HOST_PORT_RANGE=32768-60999',
      'ECS_DISABLE_PRIVILEGED=true',
    ]);
  });

  test('shuts the metadata to containers before the agent starts, at every boot', () => {
    expect(script).toContain('--in-interface docker+ --destination 169.254.169.254/32 --jump DROP');
    expect(script).toContain('After=docker.service\nBefore=ecs.service');
    expect(script).toContain('RequiredBy=ecs.service');
  });

  test('waits for no unit that waits for it', () => {
    expect(script).not.toMatch(/enable --now|systemctl start (?!--no-block)/);
  });

  test('holds nothing that Terraform would take for its own', () => {
    expect(script).not.toMatch(/\$\{|%\{/);
  });
});
