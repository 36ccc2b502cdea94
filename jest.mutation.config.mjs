// What runs against each mutant: the unit tests of the projects that stryker.config.mjs changes.
import { unit } from './jest.preset.mjs';

export default {
  ...unit(import.meta.dirname),
  roots: ['<rootDir>/libs/scaling', '<rootDir>/libs/evidence'],
};
