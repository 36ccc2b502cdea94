import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunRecord, RunRecordError, capacityNoun, parseRunRecord } from '@tideline/evidence';
import { documentProblem } from '@tideline/planner';
import { UsageError, messageOf } from '@tideline/process';
import { duration, rounded } from '../shared/words.ts';
import {
  type SimulationDocument,
  simulationSchema,
  simulationVersion,
} from '../simulate/simulation-document.ts';
import { type FigureId, allFigures } from './figures.ts';

/** A run or a simulation, as far as it can be compared. */
export interface Subject {
  readonly name: string;
  readonly kind: string;
  readonly startedAt: string;
  readonly passed: boolean | null;
  readonly unit: string;
  /** The load profile or the trace. */
  readonly load: string;
  readonly figures: Readonly<Partial<Record<FigureId, number>>>;
  /** Settings by name, each as text. */
  readonly setup: Readonly<Record<string, string>>;
  /** Null for a simulation. */
  readonly record: RunRecord | null;
}

/**
 * Reads what `twin run`, `load` or `simulate --out` wrote: a file, or the folder of a run.
 * @throws UsageError TL-COMPARE-FILE where it cannot be read or is something else, or the code of a record of another version
 */
export async function readSubject(path: string): Promise<Subject> {
  const file = (await isFolder(path)) ? join(path, 'run-record.json') : path;
  let document: unknown;
  try {
    document = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UsageError(
      'TL-COMPARE-FILE',
      `${path}: cannot be read as JSON (${messageOf(error)}); give a run record, the folder of a run, or what \`simulate --out\` wrote`,
      { cause: error },
    );
  }
  if (isSimulation(document)) return ofSimulation(path, simulationOf(path, document));
  refuseOther(path, document);
  try {
    return ofRun(path, parseRunRecord(document));
  } catch (error) {
    if (!(error instanceof RunRecordError)) throw error;
    throw new UsageError(error.code, `${path}: ${error.problem}`, { cause: error });
  }
}

const isFolder = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false; // reading the file says what is wrong
  }
};

const isSimulation = (document: unknown): document is { readonly schemaVersion?: unknown } =>
  typeof document === 'object' && document !== null && 'kind' in document && document.kind === 'simulation';

/** @throws UsageError TL-COMPARE-FILE for a simulation of another version, or one that is not whole */
function simulationOf(path: string, document: { readonly schemaVersion?: unknown }): SimulationDocument {
  const refuse = (why: string, cause?: unknown): never => {
    throw new UsageError('TL-COMPARE-FILE', `${path}: ${why}; simulate again with --out`, { cause });
  };
  if (document.schemaVersion !== simulationVersion)
    return refuse(
      `simulation has schemaVersion ${JSON.stringify(document.schemaVersion)}, this version of Tideline reads ${simulationVersion}`,
    );
  const parsed = simulationSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  const problem = documentProblem(parsed.error, document, Object.keys(simulationSchema.shape));
  return refuse(`simulation is malformed (${problem})`, parsed.error);
}

/** Documents of ours that cannot be compared, by a field that only they have. */
const others: Readonly<Record<string, string>> = {
  releaseRecordVersion: 'a release record',
  recommended: 'a plan',
  objective: 'a capacity',
  subjects: 'a comparison',
};

function refuseOther(path: string, document: unknown): void {
  const fields = typeof document === 'object' && document !== null ? Object.keys(document) : [];
  const other = fields.map((field) => others[field]).find((what) => what !== undefined);
  if (other === undefined) return;
  throw new UsageError(
    'TL-COMPARE-KIND',
    `${path} is ${other}; allowed are run records and simulations, two or more`,
  );
}

const observers: Readonly<Record<RunRecord['observedBy'], string>> = {
  twin: 'run on the twin',
  aws: 'run on AWS',
  none: 'load alone, nobody watched',
};

const ofRun = (name: string, record: RunRecord): Subject => ({
  name,
  kind: observers[record.observedBy],
  startedAt: record.startedAt,
  passed: record.verdict.passed,
  unit: capacityNoun(record, 1),
  load: `profile ${record.profile}`,
  figures: figuresOf(({ ofRun: of }) => of(record)),
  setup: {
    kind: observers[record.observedBy],
    preset: record.preset,
    load: `profile ${record.profile}`,
    commit: record.provenance.commit,
    tideline: record.provenance.tideline,
    machine: `${record.provenance.cpus} × ${record.provenance.cpuModel}`,
    speed: record.speed.map(({ speed }) => `${speed}×`).join(', '),
    ...(record.elasticity === undefined
      ? {}
      : {
          'capacity of a unit': `${record.elasticity.unitRequestsPerSecond} requests/s, ${record.elasticity.capacitySource}`,
        }),
    ...leaves(record.environment, ''),
  },
  record,
});

const ofSimulation = (name: string, document: SimulationDocument): Subject => ({
  name,
  kind: 'simulation',
  startedAt: document.trace.startedAt,
  passed: null,
  unit: document.unit,
  load: traceWords(document),
  figures: figuresOf(({ ofSimulation: of }) => of(document)),
  setup: {
    kind: 'simulation',
    preset: document.preset,
    load: traceWords(document),
    'capacity of a unit': `${document.capacity.requestsPerSecond.value} requests/s, ${document.capacity.source}`,
  },
  record: null,
});

/** Traces of one name may have other rates: a shape with parameters, a scale, another file. */
const traceWords = ({ trace, durationSeconds }: SimulationDocument): string =>
  `trace ${trace.name}, ${rounded(trace.meanRequestsPerSecond)} requests/s on average and ${rounded(trace.peakRequestsPerSecond)} at most over ${duration(durationSeconds)}`;

function figuresOf(of: (figure: (typeof allFigures)[number]) => number | undefined): Subject['figures'] {
  const known = allFigures.flatMap((figure) => {
    const value = of(figure);
    return value === undefined ? [] : [[figure.id, value] as const];
  });
  return Object.fromEntries(known);
}

/** Every setting of a description by its path. */
function leaves(value: unknown, path: string): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null)
    return path === '' ? {} : { [path]: JSON.stringify(value) };
  return Object.entries(value).reduce<Record<string, string>>(
    (all, [key, inner]) => ({ ...all, ...leaves(inner, path === '' ? key : `${path}.${key}`) }),
    {},
  );
}
