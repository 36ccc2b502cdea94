import { runProgram } from '@tideline/process';
import { emulatorProgram } from './emulator-program.ts';

process.exitCode = await runProgram(emulatorProgram, process);
