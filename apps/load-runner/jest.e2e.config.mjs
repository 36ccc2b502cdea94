import { e2e } from '../../jest.preset.mjs';

// When requests leave is what is tested: beside another of these suites more of them would leave late.
export default { ...e2e(import.meta.dirname), maxWorkers: 1 };
