import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { lockProviders } from './lock-providers.ts';

const committed = readFileSync(join(import.meta.dirname, '.terraform.lock.hcl'), 'utf8');
let output = '';

beforeEach(() => {
  output = mkdtempSync(join(tmpdir(), 'lock-'));
  mkdirSync(join(output, 'stacks', 'network'), { recursive: true });
});

afterEach(() => {
  rmSync(output, { recursive: true });
});

interface Binding {
  readonly provider: { readonly version: string };
}

const lock = (): string => join(output, 'stacks', 'network', '.terraform.lock.hcl');

describe('the provider lock file', () => {
  test('comes to lie beside every stack', () => {
    lockProviders(import.meta.dirname, output);
    expect(readFileSync(lock(), 'utf8')).toBe(committed);
  });

  test('keeps the checksums that Terraform has added', () => {
    const grown = committed.replace('hashes = [', 'hashes = [\n    "h1:of-this-platform",');
    writeFileSync(lock(), grown);
    lockProviders(import.meta.dirname, output);
    expect(readFileSync(lock(), 'utf8')).toBe(grown);
  });

  test('replaces one of another version', () => {
    writeFileSync(lock(), committed.replace('"5.', '"4.'));
    lockProviders(import.meta.dirname, output);
    expect(readFileSync(lock(), 'utf8')).toBe(committed);
  });

  test('replaces one of a provider that was installed without the committed checksums', () => {
    writeFileSync(
      lock(),
      committed.replace(/hashes = \[[^]*\]/, 'hashes = [\n    "h1:of-another-one",\n  ]'),
    );
    lockProviders(import.meta.dirname, output);
    expect(readFileSync(lock(), 'utf8')).toBe(committed);
  });

  test('has the checksum of the release for every platform, and of what is installed where CI runs', () => {
    // 14 archives, and the manifest beside them.
    expect(committed.match(/^ +"zh:[0-9a-f]{64}",$/gm)).toHaveLength(15);
    expect(committed).toContain('"h1:edXOJWE4ORX8Fm+dpVpICzMZJat4AX0VRCAy/xkcOc0="');
  });

  test('locks the version that the stacks name', () => {
    const manifest = readFileSync(
      join(import.meta.dirname, '..', 'node_modules', '@cdktf', 'provider-aws', 'package.json'),
      'utf8',
    );
    // The fork’s bindings write it under its own name.
    const { cdktf, cdktn = cdktf } = JSON.parse(manifest) as {
      readonly cdktf: Binding;
      readonly cdktn?: Binding;
    };
    const { version } = cdktn.provider;
    expect(committed).toContain(`version     = "${version}"`);
    expect(committed).toContain(`constraints = "${version}"`);
  });
});
