import { expect, test } from '@jest/globals';
import { releaseHookVariable } from '@tideline/config/release-hook';
import { readSettings } from './hook-settings.ts';

const settings = {
  listener: { host: 'alb.example', port: 8080 },
  interfaces: 'ELB app/tideline-dev-alb/1',
  traffic: {
    paths: ['/health'],
    requests: 10,
    statuses: { lowest: 200, highest: 200 },
    responseWithinMs: 5000,
  },
};

test('the settings are what the stack wrote', () => {
  expect(readSettings({ [releaseHookVariable]: JSON.stringify(settings) })).toEqual(settings);
});

test('settings that are missing or lack a field are refused, with what to do', () => {
  expect(() => readSettings({})).toThrow('RELEASE_HOOK is not set: deploy the stack service, which sets it');
  expect(() => readSettings({ [releaseHookVariable]: '{"listener":{}}' })).toThrow('traffic');
});
