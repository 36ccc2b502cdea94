import { runProgram } from '@tideline/process';
import { plannerProgram } from './cli/program.ts';

process.exitCode = await runProgram(plannerProgram, process);
