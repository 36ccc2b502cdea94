import { ConfigurationError } from '@tideline/config';
import { CommanderError } from 'commander';
import { awsProblem } from '../aws/aws-problem.ts';
import { InterruptedError, PipelineError } from '../pipeline-error.ts';
import { exitCodes } from './exit-codes.ts';
import { Interruption } from './interruption.ts';
import { createProgram } from './program.ts';
import { runPipeline } from './run-pipeline.ts';

/** Runs the command line as given to this process. @returns the exit code. */
export async function runCommand(program: NodeJS.Process): Promise<number> {
  const interruption = new Interruption(program, () => {
    program.stderr.write('pipeline: stopping; what runs is asked to end, and is waited for\n');
  });
  let exitCode: number = exitCodes.done;
  try {
    const { signal } = interruption;
    const grammar = createProgram(async (command, options) => {
      exitCode = await runPipeline(command, options, { program, signal });
    });
    await grammar.parseAsync(program.argv);
    return exitCode;
  } catch (error) {
    return explain(awsProblem(error), program.stderr);
  } finally {
    interruption.dispose();
  }
}

/** What is refused is told in the user’s words; anything else is a fault of this program, and keeps its stack. */
function explain(error: unknown, stderr: NodeJS.WriteStream): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.done;
    stderr.write(`pipeline: ${error.message.replace(/^error: /, '')}\nTry npm run pipeline -- --help.\n`);
    return exitCodes.refused;
  }
  if (error instanceof InterruptedError) {
    stderr.write('pipeline: interrupted before the first step; nothing was changed\n');
    return exitCodes.interrupted;
  }
  if (error instanceof PipelineError || error instanceof ConfigurationError) {
    stderr.write(`pipeline: ${error.message}\n`);
    return error instanceof PipelineError && error.kind === 'failed' ? exitCodes.failed : exitCodes.refused;
  }
  stderr.write(`pipeline: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return exitCodes.failed;
}
