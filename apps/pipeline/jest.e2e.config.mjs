import { e2e } from '../../jest.preset.mjs';

// The two that run the whole pipeline mostly wait, each for an account and a provider of its own: both start at once, as the
// four longest suites do.
export default { ...e2e(import.meta.dirname), maxWorkers: 4 };
