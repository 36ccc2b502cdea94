import { measured } from '../../jest.preset.mjs';

export default measured(import.meta.dirname);
