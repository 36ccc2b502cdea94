import { resolve } from 'node:path';
import { type Environment, runtimeKindOf, traceVariables } from '@tideline/config';
import { UsageError, appendWhole } from '@tideline/process';
import { printedTraces } from './printed-trace.ts';
import { type TakeSpans, openTraceReceiver } from './trace-receiver.ts';

/** Traces of the requests of one run, on their way to where `--traces` says. */
export interface Traces {
  /** Environment variables of every task or instance; empty where nothing is traced. */
  readonly variables: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** A batch goes out so long after its first span: soon enough to watch them come. OpenTelemetry’s default is 5 s. */
const batchDelayMs = 1000;

const noTraces: Traces = { variables: {}, close: () => Promise.resolve() };

/**
 * Opens what takes the spans: nothing for a collector’s URL, else a receiver on the loopback interface. Every request is traced,
 * or the share that the description sets where its tracing is on.
 * @param target `print`, the http URL of a collector, or a file that gets a line of OTLP JSON for each batch; undefined traces nothing
 * @throws UsageError for tasks that are containers; WriteError for a file that cannot be written; ListenError
 */
export async function openTraces(
  environment: Environment,
  target: string | undefined,
  print: (line: string) => void,
): Promise<Traces> {
  if (target === undefined) return noTraces;
  if (runtimeKindOf(environment) === 'container')
    throw new UsageError(
      'TL-TWIN-TRACES',
      `got --traces ${target}; tasks that are containers have no way to a collector on this machine. Leave the option out, or set local.command to run the program without a container`,
    );
  const { enabled, sampledPercent } = environment.observability.tracing;
  const sampledShare = enabled ? sampledPercent / 100 : 1;
  const variablesOf = (endpoint: string) => ({
    ...traceVariables(environment, { endpoint, sampledShare }),
    // What every language’s exporter can write; by gRPC, the default of some, nothing is read here.
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_BSP_SCHEDULE_DELAY: String(batchDelayMs),
  });
  if (/^https?:\/\//.test(target)) return { variables: variablesOf(target), close: () => Promise.resolve() };
  const receiver = await openTraceReceiver(target === 'print' ? printing(print) : appending(target));
  return { variables: variablesOf(receiver.url), close: () => receiver.close() };
}

const printing =
  (print: (line: string) => void): TakeSpans =>
  (request) =>
    printedTraces(request).forEach(print);

/** A line for each batch, as the file exporter of OpenTelemetry’s collector writes them. */
function appending(path: string): TakeSpans {
  const file = resolve(path);
  // Said now, not with the first trace.
  appendWhole(file, '');
  return (_, text) => appendWhole(file, `${text}\n`);
}
