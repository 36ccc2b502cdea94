import type { AlarmWindow } from '../alarms/alarm-facts.ts';
import type { Problem } from '../configuration-error.ts';
import { refuse } from '../errors/error-rule.ts';

/** An alarm that needs more breaching datapoints than it looks at never fires. */
export const alarmWindowErrors = (
  path: string,
  { evaluationPeriods, datapointsToAlarm }: AlarmWindow,
): readonly Problem[] =>
  datapointsToAlarm <= evaluationPeriods
    ? []
    : refuse(
        'TL-CONFIG-ALARM-WINDOW',
        path,
        `datapointsToAlarm must be at most evaluationPeriods; got ${datapointsToAlarm} of ${evaluationPeriods}. Lower the first or raise the second`,
      );
