// Brings the bundles that a twin starts up to date, then soaks it: `npm run soak -- --seed 7`. In this process, so that npm’s
// signals reach it.
import { ensureBundles } from './bundle.mjs';

await ensureBundles(['apps/api', 'apps/load-runner', 'apps/twin']);
await import('../apps/twin/test/soak/soak.ts');
