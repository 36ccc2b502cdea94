import { e2e } from '../../jest.preset.mjs';

// A chain of stacks mostly waits: for the provider’s own pauses, and for Terraform to start.
export default { ...e2e(import.meta.dirname), maxWorkers: 3 };
