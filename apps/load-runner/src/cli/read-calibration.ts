import {
  type MeasuredModels,
  type RunRecord,
  RunRecordError,
  measuredModels,
  parseRunRecord,
} from '@tideline/evidence';
import { UsageError } from '@tideline/process';
import { naming, readJson } from './options.ts';

/**
 * What the run of a record measured, for the prediction of the peak.
 * @throws UsageError when the file is no run record, or its run measured no CPU; ConfigurationError when another version described its environment
 */
export async function readCalibration(path: string): Promise<MeasuredModels> {
  const record = parse(await readJson('--calibrate', path), path);
  const models = await naming(`--calibrate ${path}`, () => measuredModels(record));
  if (models.overheadCpuMillisecondsPerRequest !== undefined) return models;
  throw new UsageError(
    'TL-RUN-CALIBRATION',
    `--calibrate: ${path} holds no CPU figures of periods with and without load, below the limit; give the record of an observed run of an environment that follows CPU, with quiet after its load`,
  );
}

function parse(json: unknown, path: string): RunRecord {
  try {
    return parseRunRecord(json);
  } catch (error) {
    if (!(error instanceof RunRecordError)) throw error;
    throw new UsageError(error.code, `--calibrate: ${path}: ${error.problem}`, { cause: error });
  }
}
