import process from 'node:process';
import { runProgram } from '@tideline/process';
import { pipelineProgram } from './cli/program.ts';
import { runInterruptibly } from './cli/run-pipeline.ts';

const program = pipelineProgram((command, options) => runInterruptibly(command, options, process));
process.exitCode = await runProgram(program, process);
