import { type Environment, assumptionRemarks } from '@tideline/config';
import type { Remark, RunRecord } from '@tideline/evidence';
import { type RecordedRun, otherChoices } from '@tideline/scaling';

/** The assumptions in force, with what other choices would have decided on the datapoints of the run, where it has any. */
export function judgedAssumptions(environment: Environment, scaling: RunRecord['scaling']): Remark[] {
  const run = recordedRun(scaling);
  const others = run === null ? [] : otherChoices(environment, run);
  return assumptionRemarks(environment).map(({ code, message }) => ({
    code,
    message: [message, ...others.filter((other) => other.code === code).map(({ effect }) => effect)].join(
      ' ',
    ),
  }));
}

/** Null where nothing was seen that could be decided about. */
function recordedRun({ metrics, timeline }: RunRecord['scaling']): RecordedRun | null {
  const [first] = timeline;
  const earliest = metrics.flatMap(({ datapoints }) => datapoints.slice(0, 1))[0];
  if (first === undefined || earliest === undefined) return null;
  // At AWS a run’s clock begins within a period: its datapoints move to where periods begin here, and all else with them.
  const shiftSeconds = earliest.cloudSeconds % 60;
  const shifted = (cloudSeconds: number): number => cloudSeconds - shiftSeconds;
  return {
    fromSeconds: shifted(first.cloudSeconds),
    toSeconds: shifted(timeline.at(-1)?.cloudSeconds ?? first.cloudSeconds),
    desired: first.desired,
    datapoints: new Map(
      metrics.map(({ key, datapoints }) => [
        key,
        datapoints.map(({ cloudSeconds, value, running }) => ({
          startSeconds: shifted(cloudSeconds),
          value,
          ...(running === undefined ? {} : { running }),
        })),
      ]),
    ),
  };
}
