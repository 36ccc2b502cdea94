import process from 'node:process';
import { runProgram } from '@tideline/process';
import { pipelineProgram } from './cli/program.ts';

// On demand: help and a refused option need none of what a command runs.
const program = pipelineProgram(async (command, options) => {
  const { runInterruptibly } = await import('./cli/run-pipeline.ts');
  return runInterruptibly(command, options, process);
});
process.exitCode = await runProgram(program, process);
