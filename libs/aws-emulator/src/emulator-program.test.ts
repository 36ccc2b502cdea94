import { programContract } from '@tideline/process/testing';
import { emulatorProgram } from './emulator-program.ts';

programContract({
  program: emulatorProgram,
  args: [],
  option: '--shared-provider',
  script: 'emulator',
  readsDescription: false,
});
