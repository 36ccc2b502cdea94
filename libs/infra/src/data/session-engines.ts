import type { Environment } from '@tideline/config';

/** Version of each server that a session store may have, and AWS’s own parameters of that version. */
export const sessionEngines: Readonly<
  Record<
    Environment['sessions']['engine'],
    { readonly engineVersion: string; readonly parameterGroupName: string }
  >
> = {
  redis: { engineVersion: '7.1', parameterGroupName: 'default.redis7' },
  valkey: { engineVersion: '8.0', parameterGroupName: 'default.valkey8' },
};
