// `npm run soak`: accounts for every request through random faults, on twins that run from up-to-date bundles.
import { ensureBundles } from './bundle.mjs';

await ensureBundles(['apps/api', 'apps/load-runner', 'apps/twin']);
await import('../apps/twin/test/soak/soak.ts');
