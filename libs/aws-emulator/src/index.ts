export { type AwsEmulator, type AwsEmulatorOptions, startAwsEmulator } from './aws-emulator.ts';
export { type ToolName, findTool, missingTools } from './find-tool.ts';
export { findProviderMirror, mirrorConfiguration } from './provider-mirror.ts';
