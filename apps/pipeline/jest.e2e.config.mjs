import { e2e } from '../../jest.preset.mjs';

// The two longest wait for Terraform: the others run beside both.
export default { ...e2e(import.meta.dirname), maxWorkers: 3 };
