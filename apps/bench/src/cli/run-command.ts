import { CommanderError } from 'commander';
import { renderReport } from '../report/render-report.ts';
import { writeReport } from '../report/write-report.ts';
import { type BenchOptions, createCommand } from './command.ts';
import { exitCodeOf, exitCodes } from './exit-code.ts';
import { InterruptedError, watchInterruption } from './interruption.ts';
import { runBench } from './run-bench.ts';

/** Runs the command line as given to this process. @returns the exit code. */
export async function runCommand(program: NodeJS.Process, ownBundleUrl: string): Promise<number> {
  try {
    const options = createCommand().parse(program.argv).opts<BenchOptions>();
    const report = await runBench(options, {
      ownBundleUrl,
      searchPath: program.env.PATH ?? '',
      signal: watchInterruption(program, () => program.exit(exitCodes.interrupted)),
      progress: (text) => program.stderr.write(`${text}\n`),
    });
    const file = await writeReport(options.out, report);
    program.stdout.write(options.json ? `${JSON.stringify(report)}\n` : `${renderReport(report)}\n${file}\n`);
    return exitCodeOf(report, options);
  } catch (error) {
    return explain(error, program.stderr);
  }
}

/** Wrong usage is told in the user’s words; anything else is a fault of this program, and keeps its stack. */
function explain(error: unknown, stderr: NodeJS.WriteStream): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.done;
    stderr.write(`bench: ${error.message.replace(/^error: /, '')}\nTry bench --help.\n`);
    return exitCodes.usage;
  }
  if (error instanceof InterruptedError) {
    stderr.write('bench: interrupted; everything that was started has ended, nothing was written\n');
    return exitCodes.interrupted;
  }
  stderr.write(`bench: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return exitCodes.failed;
}
