export { startedAsVariable } from './started-as.ts';
export { type TidelineCommand, commandGroups, tidelineCommands } from './tideline-commands.ts';
export { watchOutput } from '../files/watch-output.ts';
export { notWritten } from '../files/write-error.mjs';
