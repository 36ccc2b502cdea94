export { type AwsEmulator, type AwsEmulatorOptions, startAwsEmulator } from './aws-emulator.ts';
export { type ToolName, findTool, missingTools } from './find-tool.ts';
export { type SharedProvider, startSharedProvider } from './provider/shared-provider.ts';
export { folderOfFiles, synthesisedTypes } from './provider/synthesised-types.ts';
