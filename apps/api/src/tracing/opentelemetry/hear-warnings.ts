import { diag, DiagLogLevel } from '@opentelemetry/api';

/** Passes on what OpenTelemetry warns of in this thread. */
export function hearWarnings(warn: (message: string) => void): void {
  // A part of it names itself first, and its details come last.
  const hear = (...parts: readonly unknown[]): void => warn(parts.map(String).join(' '));
  const ignore = (): void => undefined;
  diag.setLogger(
    { error: hear, warn: hear, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
}
