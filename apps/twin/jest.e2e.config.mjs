import { e2e } from '../../jest.preset.mjs';

// A twin on its own clock computes little: three of them leave one core free.
export default { ...e2e(import.meta.dirname), maxWorkers: 3 };
