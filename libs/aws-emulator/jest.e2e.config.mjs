import { e2e } from '../../jest.preset.mjs';

// Every suite has an account and a provider of its own, and a chain of stacks mostly waits: the provider sleeps for minutes.
// All start at once, which takes two cores a while.
export default { ...e2e(import.meta.dirname), maxWorkers: 8, testTimeout: 300_000 };
