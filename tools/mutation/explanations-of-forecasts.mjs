/** Of forecasts, replays, plans and alarms; in the form of `explanations.mjs`. */
const of = (file, text) => ({ matches: ({ path, line }) => path.endsWith(file) && text.test(line) });

export default [
  {
    ...of('forecast-hourly.ts', /const dayWeights/),
    reason: 'Equivalent: a longer table begins with the same fourteen weights.',
  },
  {
    ...of('forecast-hourly.ts', /distance <= 12/),
    reason:
      'Equivalent: 24 known hours of 14 days are of two hours of the day at least, so one of them is at most 11 hours away.',
  },
  {
    ...of('forecast-hourly.ts', /known !== undefined/),
    reason: 'Saves work alone: what was worked out before is worked out again, with the same result.',
  },
  {
    ...of('forecast-hourly.ts', /index < this\.length/),
    reason: 'Equivalent: behind the last hour there is no value, and an hour without one is passed over.',
  },
  {
    ...of('forecast-hourly.ts', /at >= wanted/),
    reason: 'Equivalent: from a value on, none of the way to the next is that value.',
  },
  {
    ...of('policy-forecaster.ts', /this\.#loads\.length <= place/),
    reason: 'Equivalent: an hour that is not in the list is read as one without a load.',
  },
  {
    ...of('policy-forecaster.ts', /visible === this\.#triedHours/),
    reason: 'Saves work alone: from the same hours the same forecast is made, or again none.',
  },
  {
    ...of('policy-forecaster.ts', /hourLoad === undefined/),
    reason: 'Equivalent: a forecast has as many capacities as loads, so both are there or neither is.',
  },
  {
    ...of('create-forecasters.ts', /policy === undefined/),
    reason: 'For the compiler: a plan has the policies of the environment that it was made from.',
  },
  {
    ...of('read-schedule.ts', /\.exec\(.*\?\? \[\]/),
    reason: 'Equivalent: what is not written as it may be is refused, whatever is read in its place.',
  },
  {
    ...of('read-schedule.ts', /weekday = '\*'/),
    reason: 'For the compiler: six fields have been counted by then, so that a weekday is there.',
  },
  {
    ...of('read-schedule.ts', /seconds < -1|place > 0|runs\[place - 1\]/),
    reason:
      'Equivalent: the list starts at -1, and from an earlier place in it the same run is found with more steps.',
  },
  {
    ...of('plan/schedule.ts', /known !== undefined|mostKnown/),
    reason: 'Saves work alone: a schedule that is read again has the same runs.',
  },
  {
    ...of('other-choices.ts', /run\.datapoints\.get\(key\) \?\? \[\]/),
    reason: 'Equivalent: a text has no value above 0, and no start from which zeros could be filled in.',
  },
  {
    ...of('other-choices.ts', /startSeconds < toSeconds/),
    reason: 'Equivalent: the period that begins with the last second has not ended in the run.',
  },
  {
    ...of('replay.ts', /run\.datapoints\.get\(key\) \?\? \[\]/),
    reason:
      'Equivalent: without a datapoint nothing is scaled, whatever state an alarm is in, and a text has neither hour nor load.',
  },
  {
    ...of('replay.ts', /periodSeconds === undefined/),
    reason:
      'Equivalent: over a period of no known length no count is summed, and the datapoint stays as it is.',
  },
  {
    ...of('replay.ts', /outcome\.desired > count/),
    reason: 'Equivalent: where both are equal the loop has gone on by then.',
  },
  {
    ...of('replay.ts', /was === is/),
    reason: 'Saves work alone: a value times a count and over the same count again is that value.',
  },
  {
    ...of('replay.ts', /to > from/),
    reason:
      'Equivalent: a time of no length adds nothing, and of two sums with another sign the ratio is the same.',
  },
];
