import { e2e } from '../../jest.preset.mjs';

// They wait for the cloud’s clock, for processes and for timeouts. What judges rates or CPU time is in test/measured.
export default { ...e2e(import.meta.dirname), maxWorkers: 3 };
