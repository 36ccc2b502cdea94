import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { findProvider, findProviderMirror, mirrorConfiguration } from './provider-mirror.ts';

const provider = 'registry.terraform.io/hashicorp/aws/5.100.0';
let prefix = '';

beforeEach(() => {
  prefix = mkdtempSync(join(tmpdir(), 'mirror-'));
});

afterEach(() => {
  rmSync(prefix, { recursive: true });
});

describe('the mirror of Terraform’s AWS provider', () => {
  test('is found two folders below a prefix, for the platform that is asked for', () => {
    mkdirSync(join(prefix, 'vendor', 'plugins', provider, 'linux_amd64'), { recursive: true });
    const search = { prefixes: [join(prefix, 'missing'), prefix] };
    expect(findProviderMirror({ ...search, platform: 'linux_amd64' })).toBe(
      join(prefix, 'vendor', 'plugins'),
    );
    expect(findProviderMirror({ ...search, platform: 'darwin_arm64' })).toBeUndefined();
  });

  test('is not looked for deeper', () => {
    mkdirSync(join(prefix, 'a', 'b', 'c', provider, 'linux_amd64'), { recursive: true });
    expect(findProviderMirror({ prefixes: [prefix], platform: 'linux_amd64' })).toBeUndefined();
  });

  test('holds the provider’s program, in the version that is asked for', () => {
    const folder = join(prefix, provider, 'linux_amd64');
    mkdirSync(folder, { recursive: true });
    const search = { prefixes: [prefix], platform: 'linux_amd64' };
    expect(findProvider('5.100.0', search)).toBeUndefined();
    writeFileSync(join(folder, 'terraform-provider-aws_v5.100.0_x5'), '');
    expect(findProvider('5.100.0', search)).toBe(join(folder, 'terraform-provider-aws_v5.100.0_x5'));
    expect(findProvider('5.99.0', search)).toBeUndefined();
  });

  const served = (mirror: string) => `  filesystem_mirror {
    path    = ${JSON.stringify(mirror)}
    include = ["registry.terraform.io/hashicorp/aws"]
  }
  direct {
    exclude = ["registry.terraform.io/hashicorp/aws"]
  }
}
`;

  test('serves the AWS provider alone', () => {
    expect(mirrorConfiguration('/a "mirror"')).toBe(`provider_installation {\n${served('/a "mirror"')}`);
  });

  test('is not hashed by each command where it holds one version', () => {
    mkdirSync(join(prefix, provider, 'linux_amd64'), { recursive: true });
    const override = `  dev_overrides {
    "hashicorp/aws" = ${JSON.stringify(join(prefix, provider, 'linux_amd64'))}
  }
`;
    expect(mirrorConfiguration(prefix, 'linux_amd64')).toBe(
      `provider_installation {\n${override}${served(prefix)}`,
    );
    mkdirSync(join(prefix, provider, '..', '5.99.0', 'linux_amd64'), { recursive: true });
    expect(mirrorConfiguration(prefix, 'linux_amd64')).toBe(`provider_installation {\n${served(prefix)}`);
  });
});
