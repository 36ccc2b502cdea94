import { e2e } from '../../jest.preset.mjs';

export default e2e(import.meta.dirname);
