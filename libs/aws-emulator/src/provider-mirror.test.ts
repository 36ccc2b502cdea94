import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { findProviderMirror, mirrorConfiguration } from './provider-mirror.ts';

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

  test('serves the AWS provider alone', () => {
    expect(mirrorConfiguration('/a "mirror"')).toBe(`provider_installation {
  filesystem_mirror {
    path    = "/a \\"mirror\\""
    include = ["registry.terraform.io/hashicorp/aws"]
  }
  direct {
    exclude = ["registry.terraform.io/hashicorp/aws"]
  }
}
`);
  });
});
