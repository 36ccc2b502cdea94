import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { observedRecord } from '../../test/observed-record.ts';
import { readCalibration } from './read-calibration.ts';

function file(content: object): string {
  const path = join(mkdtempSync(join(tmpdir(), 'load-runner-calibration-')), 'run-record.json');
  writeFileSync(path, JSON.stringify(content));
  return path;
}

test('a calibration is what the run of a record measured', async () => {
  // Two idle minutes, and two in which each task of a quarter of a vCPU has 5 requests/s of 24 ms.
  const models = await readCalibration(file(observedRecord([2, 2, 50, 50])));
  expect(models.overheadCpuMillisecondsPerRequest).toBeCloseTo(4);
  expect(models.idleCpuPercent).toBeCloseTo(2);
});

test.each([
  [observedRecord([]), 'TL-RUN-CALIBRATION --calibrate: .* holds no CPU figures'],
  [observedRecord([2, 2, 100, 100]), 'TL-RUN-CALIBRATION'],
  [{ name: 'no record' }, 'TL-RECORD-MALFORMED --calibrate: .*run-record.json: not a run record'],
  [{ ...observedRecord([]), schemaVersion: 9 }, 'TL-RECORD-VERSION --calibrate: .* has schemaVersion 9'],
  [
    { ...observedRecord([2, 50]), environment: { compute: {} } },
    'TL-CONFIG-SCHEMA --calibrate .*run-record.json',
  ],
])('what measured nothing, or is no record, is refused', async (content, message) => {
  await expect(readCalibration(file(content))).rejects.toThrow(new RegExp(message));
});

test('a file that is not there is refused', async () => {
  await expect(readCalibration('missing.json')).rejects.toThrow('TL-RUN-FILE --calibrate');
});
