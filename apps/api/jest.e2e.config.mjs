import { e2e } from '../../jest.preset.mjs';

// A store client that is between two attempts to connect must not keep a finished run waiting.
export default { ...e2e(import.meta.dirname), forceExit: true };
