/** What AWS does not publish, and this project assumes; every report names the ones in force. */
export const assumptionCodes = {
  'TL-ASSUME-METRIC-LAG': {
    meaning:
      'Time from the end of a metric period until an alarm is evaluated with its datapoint: publication and evaluation.',
    setting: 'assumptions.metricLagSeconds',
  },
  'TL-ASSUME-TASK-START': {
    meaning: 'Time from a decision to a running task.',
    setting: 'assumptions.taskStartSeconds',
  },
  'TL-ASSUME-INSTANCE-START': {
    meaning: 'Time from the launch of an instance until its application listens.',
    setting: 'assumptions.instanceStartSeconds',
  },
  'TL-ASSUME-WARM-START': {
    meaning: 'Time from a launch out of a warm pool until the application of the instance listens.',
    setting: 'assumptions.warmStartSeconds',
  },
  'TL-ASSUME-INSTANCE-CPU': {
    meaning: 'CPU that stands for one whole instance on one machine.',
    setting: 'assumptions.instanceCpuUnits',
  },
  'TL-ASSUME-CPU-CREDITS': {
    meaning: 'CPU that an instance has once its credits are gone.',
    setting: 'none: always all of it',
  },
  'TL-ASSUME-INSTANCE-MEMORY': {
    meaning: 'Memory that an instance registers with ECS, of what its type has.',
    setting: 'none: always a figure for each size (micro 900, small 1900, medium 3800, large 7600 MiB)',
  },
  'TL-ASSUME-WARM-UP': {
    meaning: 'What a scale-out of target tracking is worked out from while instances warm up.',
    setting: 'assumptions.warmingInstances',
  },
  'TL-ASSUME-REFRESH-FAILURE': {
    meaning: 'When an instance refresh fails.',
    setting: 'none: always after three failed replacements in a row, or an hour without progress',
  },
  'TL-ASSUME-TASK-EXIT': {
    meaning: 'How long the balancer goes on sending requests to a task whose process has ended.',
    setting: 'assumptions.deadTargetSeconds.taskExit',
  },
  'TL-ASSUME-INSTANCE-LOSS': {
    meaning: 'How long the balancer goes on sending requests to an instance that was lost, or to its tasks.',
    setting: 'assumptions.deadTargetSeconds.instanceLoss',
  },
  'TL-ASSUME-ZONE-LOSS': {
    meaning: 'How long the balancer goes on sending requests into a zone that was lost.',
    setting: 'assumptions.deadTargetSeconds.zoneLoss',
  },
  'TL-ASSUME-FAILED-LAUNCH': {
    meaning: 'When an instance is given up whose application ends before it has ever listened.',
    setting: 'none: always at once',
  },
  'TL-ASSUME-ANOMALY': {
    meaning: 'When a target fails so much more than the others that anomaly mitigation spares it.',
    setting: 'assumptions.anomalyErrorPercent',
  },
  'TL-ASSUME-REQUEST-HEAD': {
    meaning: 'How long a balancer waits for the head of a request that arrives bit by bit.',
    setting: 'assumptions.requestHeadSeconds',
  },
  'TL-ASSUME-SCALE-IN-STEPS': {
    meaning: 'How many tasks or instances one scale-in of target tracking removes.',
    setting: 'assumptions.scaleInSteps',
  },
  'TL-ASSUME-IDLE-REQUESTS': {
    meaning: 'What a balancer without traffic reports as its request count.',
    setting: 'assumptions.idleRequests',
  },
  'TL-ASSUME-REQUEST-DENOMINATOR': {
    meaning: 'Which targets the request count per target is divided by.',
    setting: 'none: always the healthy targets that are not draining',
  },
  'TL-ASSUME-EVALUATION-RANGE': {
    meaning: 'How far beyond N datapoints an alarm looks back when some are missing.',
    setting: 'assumptions.extraEvaluationDatapoints',
  },
  'TL-ASSUME-PREMATURE-ALARM': {
    meaning: 'Where an alarm looks for a breaching datapoint that is old enough, when it has fewer than M.',
    setting: 'assumptions.prematureAlarm',
  },
  'TL-ASSUME-TOO-FEW-DATAPOINTS': {
    meaning: 'State of an alarm with breaching datapoints alone, fewer than M and none old enough.',
    setting: 'assumptions.tooFewDatapoints',
  },
  'TL-ASSUME-NEEDED-COUNT': {
    meaning: 'Which running count target tracking multiplies its metric by.',
    setting: 'assumptions.neededCount',
  },
  'TL-ASSUME-TRACKED-VALUE': {
    meaning: 'Which datapoints target tracking works the needed count out from.',
    setting: 'assumptions.trackedValue',
  },
  'TL-ASSUME-FLAPPING': {
    meaning: 'Whether, and by which formula, a scale-in is declined that would soon be reversed.',
    setting: 'assumptions.predictFlapping',
  },
  'TL-ASSUME-SCALE-IN-IN-COOLDOWN': {
    meaning: 'Whether a scale-in may start while a scale-out cooldown runs.',
    setting: 'assumptions.scaleInDuringScaleOutCooldown',
  },
  'TL-ASSUME-FORECAST': {
    meaning: 'What predictive scaling forecasts from its history, and when a forecast counts.',
    setting: 'assumptions.forecastPercentile',
  },
  'TL-ASSUME-MANAGED-SCALE-IN': {
    meaning: 'How many instances managed scaling of a capacity provider gives up a minute.',
    setting: 'assumptions.managedScaleInPercent',
  },
  'TL-ASSUME-RESERVATION': {
    meaning: 'CapacityProviderReservation while instances are empty.',
    setting: 'none: always the instances that are needed / those that there are, in percent',
  },
} as const satisfies Record<`TL-ASSUME-${string}`, { meaning: string; setting: string }>;

export type AssumptionCode = keyof typeof assumptionCodes;
