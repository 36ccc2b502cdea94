import type { RunRecord } from '@tideline/evidence';
import { provenance } from '@tideline/process';
import packageJson from '../../package.json' with { type: 'json' };

/** Which code ran, and on what machine. */
export const runProvenance = async (): Promise<RunRecord['provenance']> => ({
  ...(await provenance(import.meta.dirname)),
  tideline: packageJson.version,
});
