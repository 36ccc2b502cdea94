import { runProgram } from '@tideline/process';
import { costProgram } from './cli/program.ts';

process.exitCode = await runProgram(costProgram, process);
