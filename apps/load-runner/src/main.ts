import process from 'node:process';
import { runProgram } from '@tideline/process';
import { loadProgram } from './cli/program.ts';

process.exitCode = await runProgram(loadProgram(process), process);
