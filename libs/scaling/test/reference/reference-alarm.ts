/** One mark of a row as the CloudWatch guide draws it: a value, or a dash. */
type Mark = number | null;

export interface ReferenceAlarm {
  readonly comparison: string;
  readonly threshold: number;
  readonly n: number;
  readonly m: number;
  readonly missing: string;
}

export interface AlarmChoices {
  readonly extraEvaluationDatapoints: number;
  readonly prematureAlarm: string;
  readonly tooFewDatapoints: string;
}

function isBreaching(alarm: ReferenceAlarm, value: number): boolean {
  if (alarm.comparison === 'GreaterThanThreshold') return value > alarm.threshold;
  if (alarm.comparison === 'GreaterThanOrEqualToThreshold') return value >= alarm.threshold;
  if (alarm.comparison === 'LessThanThreshold') return value < alarm.threshold;
  if (alarm.comparison === 'LessThanOrEqualToThreshold') return value <= alarm.threshold;
  throw new Error(alarm.comparison);
}

/**
 * “How alarm state is evaluated when data is missing”, sentence by sentence.
 * @param row the evaluation range, the most recent datapoint on the right
 */
export function alarmState(
  alarm: ReferenceAlarm,
  row: readonly Mark[],
  { before, choices }: { readonly before: string; readonly choices: AlarmChoices },
): string {
  const { n, m } = alarm;
  const existing = row.filter((mark) => mark !== null);
  // “… CloudWatch evaluates the alarm state based on the most recent real data points that were successfully retrieved”
  if (existing.length >= n) {
    const evaluated = existing.slice(existing.length - n);
    return evaluated.filter((value) => isBreaching(alarm, value)).length >= m ? 'ALARM' : 'OK';
  }
  // “… CloudWatch fills in the missing data points with the result you specified”
  const bad = existing.filter((value) => isBreaching(alarm, value)).length;
  const good = existing.length - bad;
  const filled = n - existing.length;
  if (alarm.missing === 'breaching') return bad + filled >= m ? 'ALARM' : 'OK';
  if (alarm.missing === 'notBreaching') return bad >= m ? 'ALARM' : 'OK';
  if (bad >= m) return 'ALARM';
  // Rows 2 of the first table and 3 and 4 of the second: a good one, and too few bad ones.
  if (good > 0) return 'OK';
  // Row 3 and 5 of the first table, row 5 of the second.
  if (alarm.missing === 'ignore') return before;
  if (existing.length === 0) return 'INSUFFICIENT_DATA';
  // “Avoiding premature transitions to alarm state”: the age of the oldest breaching datapoint, where the newest period is 1.
  const looked = choices.prematureAlarm === 'evaluation-range' ? row : row.slice(row.length - n);
  const oldest = looked.findIndex((mark) => mark !== null);
  const age = oldest === -1 ? 0 : looked.length - oldest;
  if (age >= m) return 'ALARM';
  return choices.tooFewDatapoints === 'retained' ? before : 'INSUFFICIENT_DATA';
}
