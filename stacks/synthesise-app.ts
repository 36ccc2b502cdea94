import { terraformVersion } from '@tideline/infra';
import { App } from 'cdktf';

/** CDKTF’s fork refuses arguments that an older Terraform lacks, unless the app says that it runs on none; CDKTF ignores it. */
const context = { targetVersions: { terraform: terraformVersion, opentofu: terraformVersion } };

/**
 * Synthesises an app. @param outdir folder of the stacks; CDKTF’s own default when undefined
 *
 * CDKTF records for each of thousands of tokens where in the source it was made, in unbounded stack traces that only its
 * own errors about tokens show, and has no option for it. They take a sixth of the CPU of a synthesis, and most of it under Jest, which maps each frame to its source.
 */
export function synthesiseApp(outdir: string | undefined, build: (app: App) => void): App {
  const capture = Object.getOwnPropertyDescriptor(Error, 'captureStackTrace') ?? {};
  Object.defineProperty(Error, 'captureStackTrace', { ...capture, value: () => undefined });
  try {
    // Where a construct was made is no news to those who read the synthesised files.
    const app = new App({ stackTraces: false, context, ...(outdir === undefined ? {} : { outdir }) });
    build(app);
    app.synth();
    return app;
  } finally {
    Object.defineProperty(Error, 'captureStackTrace', capture);
  }
}
