export { findExecutable } from './find-executable.ts';
export { Interruption } from './interruption.ts';
export { hasPluginCache, pluginCacheFolder } from './plugin-cache.ts';
export { type Provenance, provenance } from './provenance.ts';
