import { describe, expect, test } from '@jest/globals';
import { emulatorEnvironment } from './emulator-environment.ts';

const input = {
  url: 'http://127.0.0.1:4000',
  region: 'eu-west-1',
  folder: '/tmp/emulator',
  mirror: '/mirror',
  userConfiguration: undefined,
};

describe('the emulator’s environment', () => {
  test('replaces endpoint, credentials, profiles and regions', () => {
    const { environment, files } = emulatorEnvironment(input);
    expect(environment).toMatchObject({
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4000',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_ACCOUNT_ID: '123456789012',
    });
    expect(files[environment.AWS_CONFIG_FILE ?? '']).toBe('');
    expect(files[environment.AWS_SHARED_CREDENTIALS_FILE ?? '']).toBe('');
  });

  test('names a Terraform configuration only where a mirror is found', () => {
    const { environment, files } = emulatorEnvironment(input);
    expect(files[environment.TF_CLI_CONFIG_FILE ?? '']).toContain('"/mirror"');
    expect(environment).not.toHaveProperty('TF_PLUGIN_CACHE_DIR');
    const withoutMirror = emulatorEnvironment({ ...input, mirror: undefined }).environment;
    expect(withoutMirror).not.toHaveProperty('TF_CLI_CONFIG_FILE');
    expect(withoutMirror).toHaveProperty('TF_PLUGIN_CACHE_DIR');
  });

  test.each(['/mirror', undefined])(
    'writes files into its own folder alone, with a mirror at %s',
    (mirror) => {
      for (const userConfiguration of [undefined, import.meta.filename]) {
        const { files } = emulatorEnvironment({ ...input, mirror, userConfiguration });
        expect(Object.keys(files).filter((file) => !file.startsWith('/tmp/emulator/'))).toEqual([]);
      }
    },
  );

  test('leaves a Terraform configuration of the user’s alone, unless its file is missing', () => {
    const existing = import.meta.filename;
    const kept = emulatorEnvironment({ ...input, userConfiguration: existing });
    expect(kept.environment).not.toHaveProperty('TF_CLI_CONFIG_FILE');
    const replaced = emulatorEnvironment({ ...input, userConfiguration: `${existing}.missing` });
    expect(replaced.environment).toHaveProperty('TF_CLI_CONFIG_FILE', '/tmp/emulator/terraform.rc');
  });
});
