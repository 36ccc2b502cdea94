export { startedAs, typedCommand } from './command-line/started-as.ts';
export { containerEngines, firstWorkingEngine, imageBuilders } from './container-engines.ts';
export {
  type DescriptionOptions,
  type Variables,
  configurationFiles,
  describedEnvironment,
  namedDescription,
} from './described-environment.ts';
export { addDescriptionOptions } from './description-options.ts';
export { endWithUs } from './end-with-us.ts';
export { type ExportFiles, exportOption } from './export-option.ts';
export { WriteError, otherWriteFault, writeFaults } from './files/write-error.mjs';
export { appendWhole, pointLink, writeFolderWhole, writeWhole } from './files/write-whole.mjs';
export {
  checkExports,
  checkOutputFile,
  checkOutputFolder,
  checkReports,
  outputPlace,
} from './files/check-output.ts';
export { appendStepSummary } from './files/step-summary.ts';
export { findExecutable } from './find-executable.ts';
export { InterruptedError, Interruption, throwIfInterrupted } from './interruption.ts';
export { messageOf } from './message-of.ts';
export { choiceOption, collect, httpUrl, nameList, number, port, wholeNumber } from './option-values.ts';
export { hasPluginCache, pluginCacheFolder } from './plugin-cache.ts';
export {
  type Program,
  type ProgramContext,
  type Surroundings,
  createCommand,
  exitCodes,
  runProgram,
  spokenName,
} from './program.ts';
export { type Provenance, provenance } from './provenance.ts';
export { UsageError } from './usage-error.ts';
