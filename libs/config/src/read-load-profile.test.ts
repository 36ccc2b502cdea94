import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { loadProfile } from './presets.ts';
import { readLoadProfile } from './read-load-profile.ts';

const fixture = (name: string): string => join(import.meta.dirname, '..', 'test', 'fixtures', name);

describe('readLoadProfile', () => {
  test('takes a name for a built-in profile', async () => {
    expect(await readLoadProfile('headline')).toEqual(loadProfile('headline'));
    await expect(readLoadProfile('headlin')).rejects.toThrow('TL-CONFIG-PROFILE');
  });

  test('takes anything with an extension for a file', async () => {
    expect(await readLoadProfile(fixture('profile.json'))).toMatchObject({ name: 'own', keepAlive: true });
    await expect(readLoadProfile(fixture('missing.json'))).rejects.toThrow('TL-CONFIG-FILE');
    await expect(readLoadProfile(fixture('list.json'))).rejects.toThrow('holds a list');
  });
});
