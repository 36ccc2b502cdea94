import { e2e } from '../../jest.preset.mjs';

// What the twin sends and burns is what is judged: beside another of these suites it would get less than it asks for.
export default { ...e2e(import.meta.dirname), maxWorkers: 1 };
