// `npm run cases`: plans the cases that a plan is judged by, with an up-to-date bundle.
import { ensureBundles } from './bundle.mjs';

await ensureBundles(['apps/planner']);
await import('../apps/planner/test/cases/cases.ts');
