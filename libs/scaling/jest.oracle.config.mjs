// `npm run oracle`: the engine against its second reading, on a hundred thousand random traces. Unit tests walk two thousand.
import { unit } from '../../jest.preset.mjs';

process.env.TIDELINE_REFERENCE_TRACES ??= '100000';

export default { ...unit(import.meta.dirname), testMatch: ['**/test/reference.test.ts'] };
