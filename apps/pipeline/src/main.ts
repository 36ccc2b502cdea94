import process from 'node:process';
import { runCommand } from './cli/run-command.ts';

process.exitCode = await runCommand(process);
