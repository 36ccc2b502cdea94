import type { Installation } from '../dispatch/installation.ts';
import { missingPackages } from '../synth/missing-packages.ts';
import type { Finding } from './finding.ts';

/** The packages that the stacks import. */
export function packagesFinding(installation: Installation): Finding {
  const missing = missingPackages(installation);
  return {
    ...{ id: 'cdktf', ok: missing === null, found: missing === null ? 'found' : 'not found' },
    ...{ use: 'writes the stacks', neededFor: ['deploy'], fix: missing },
  };
}
