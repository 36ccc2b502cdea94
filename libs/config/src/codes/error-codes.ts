import type { CodeEntry } from './problem-code.ts';

/** Contradictions and malformed values: the description is refused. */
export const errorCodes = {
  'TL-CONFIG-SCHEMA': {
    meaning: 'A field is missing, or its value has the wrong type or is out of range.',
    fix: 'Set one of the allowed values that the message names.',
  },
  'TL-CONFIG-UNKNOWN-FIELD': {
    meaning: 'A field, variable or setting is not part of the description.',
    fix: 'Use the nearest known name that the message suggests, or remove it.',
  },
  'TL-CONFIG-PRESET': {
    meaning: 'There is no preset of this name, or an override names another preset than the one chosen.',
    fix: 'Choose one of the presets that the message lists, by the preset option alone.',
  },
  'TL-CONFIG-PROFILE': {
    meaning: 'There is no load profile of this name.',
    fix: 'Choose one of the profiles that the message lists.',
  },
  'TL-CONFIG-SETTINGS-PROFILE': {
    meaning: 'There is no settings profile of this name.',
    fix: 'Choose one of the settings profiles that the message lists, or null; a load profile is named by load.profile.',
  },
  'TL-CONFIG-FILE': {
    meaning: 'The configuration file cannot be read, or does not hold an object.',
    fix: 'Correct the path, the syntax or the export that the message names.',
  },
  'TL-CONFIG-FILE-LOADER': {
    meaning:
      'A TypeScript configuration file was given, and what leaves its types out is not beside the program.',
    fix: 'Install the program again, use Node 22.18 or newer, or write the file as YAML, JSON or .mjs.',
  },
  'TL-CONFIG-OVERRIDE': {
    meaning: 'An override is not of the form path=value, or its path leads nowhere.',
    fix: 'Write it as path.to.field=value, with a list item by its index or its policy’s name.',
  },
  'TL-CONFIG-NOT-RESOLVED': {
    meaning:
      'A file that should hold a resolved environment lacks fields, or was written by another version.',
    fix: 'Let the program that wrote it write it again.',
  },
  'TL-CONFIG-GITHUB-ID': {
    meaning:
      'The repository that deploys, or an id that its tokens carry, is missing, malformed or contradictory.',
    fix: 'Set GITHUB_REPOSITORY, GITHUB_REPOSITORY_ID and GITHUB_REPOSITORY_OWNER_ID as the message shows.',
  },
  'TL-CONFIG-CAPACITY-BOUNDS': {
    meaning: 'min <= desired <= max does not hold.',
    fix: 'Move the bound or the desired count that the message shows.',
  },
  'TL-CONFIG-HEALTH-CHECK-TIMEOUT': {
    meaning: 'The health check’s timeout is not shorter than its interval.',
    fix: 'Lower healthCheck.timeoutSeconds or raise healthCheck.intervalSeconds.',
  },
  'TL-CONFIG-FARGATE-SIZE': {
    meaning: 'Fargate does not offer this memory with this CPU size.',
    fix: 'Choose one of the memory sizes that the message lists, or another CPU size.',
  },
  'TL-CONFIG-ZONE-COUNT': {
    meaning: 'An Application Load Balancer needs at least two Availability Zones.',
    fix: 'Name a second zone letter in availabilityZones.',
  },
  'TL-CONFIG-ZONE-DUPLICATE': {
    meaning: 'An Availability Zone is named twice.',
    fix: 'Name each zone once.',
  },
  'TL-CONFIG-VPC-RANGE': {
    meaning: 'The VPC’s range begins inside its own block.',
    fix: 'Write the range that the message shows.',
  },
  'TL-CONFIG-SUBNET-ROOM': {
    meaning: 'The private subnets have fewer addresses than a rolling deployment at capacity.max has tasks.',
    fix: 'Widen network.vpcCidr, or lower capacity.max or deployment.maximumPercent.',
  },
  'TL-CONFIG-LISTENER-PORT': {
    meaning:
      'The HTTP listener has the port of the HTTPS listener, or one on which CloudFront asks no origin.',
    fix: 'Set loadBalancer.listenerPort to 80, or remove the certificate or the distribution.',
  },
  'TL-CONFIG-DOMAIN-NAME': {
    meaning: 'A certificate is given without the name it is for, or a name without a certificate.',
    fix: 'Set loadBalancer.certificateArn and domainName both, or neither.',
  },
  'TL-CONFIG-CDN-NAME': {
    meaning:
      'A certificate of the distribution is given without the name it is for, a name without a certificate, or the name of the balancer.',
    fix: 'Set cdn.certificateArn and cdn.domainName both, or neither, and give distribution and balancer a name each.',
  },
  'TL-CONFIG-COLLECTOR-IMAGE': {
    meaning:
      'Fargate tasks, and instances in private subnets, cannot pull the collector’s image from a public registry without a way to the internet.',
    fix: 'Copy the image into a repository of the account, or set network.egress to nat.',
  },
  'TL-CONFIG-COLLECTOR-SHARE': {
    meaning: 'The collector of traces leaves the program of a task or an instance too little to start.',
    fix: 'Lower observability.tracing.collectorCpuUnits or collectorMemoryMiB, or raise the size in compute.',
  },
  'TL-CONFIG-PARTITION': {
    meaning: 'The region is of a partition that cannot run the environment, or not with this setting.',
    fix: 'Choose a Region of AWS, AWS GovCloud or AWS China, or change the field that the message names.',
  },
  'TL-CONFIG-NAME-LENGTH': {
    meaning: 'A resource name built from project and stage is longer than AWS allows.',
    fix: 'Shorten project or stage.',
  },
  'TL-CONFIG-NAME-RESERVED': {
    meaning:
      'AWS reserves a name that project and stage make, for a balancer, bucket, parameter or another resource.',
    fix: 'Choose another project name.',
  },
  'TL-CONFIG-SLOW-START': {
    meaning: 'Slow start works with the round_robin algorithm only.',
    fix: 'Set loadBalancer.slowStartSeconds to 0, or the algorithm to round_robin.',
  },
  'TL-CONFIG-STICKINESS': {
    meaning: 'Sticky sessions do not work with the weighted_random algorithm.',
    fix: 'Set loadBalancer.stickinessSeconds to 0, or another algorithm.',
  },
  'TL-CONFIG-ANOMALY-MITIGATION': {
    meaning: 'Anomaly mitigation works with the weighted_random algorithm only.',
    fix: 'Set loadBalancer.anomalyMitigation to false, or the algorithm to weighted_random.',
  },
  'TL-CONFIG-DEPLOYMENT-STUCK': {
    meaning: 'A rolling deployment could neither stop an old task nor start a new one at any task count.',
    fix: 'Lower deployment.minimumHealthyPercent below 100 or raise deployment.maximumPercent above 100.',
  },
  'TL-CONFIG-REBALANCING': {
    meaning:
      'Availability Zone rebalancing starts a task before it stops one, which maximumPercent 100 forbids.',
    fix: 'Raise deployment.maximumPercent above 100, or turn deployment.availabilityZoneRebalancing off.',
  },
  'TL-CONFIG-TASK-START-BOUNDS': {
    meaning: 'The fastest assumed start of a task or an instance is slower than the slowest.',
    fix: 'Set min of assumptions.taskStartSeconds, instanceStartSeconds or warmStartSeconds to at most max.',
  },
  'TL-CONFIG-INSTANCE-METRIC': {
    meaning: 'EC2 does not publish this metric, or not at this resolution, for an Auto Scaling group.',
    fix: 'Follow cpu, requests-per-target, response-time or a custom metric, at 60 s.',
  },
  'TL-CONFIG-FILES-SESSIONS': {
    meaning: 'Files are kept without sessions, and a file belongs to a session.',
    fix: 'Set sessions.store to redis, or files.store to none.',
  },
  'TL-CONFIG-FILES-EXPIRY': {
    meaning: 'Files are deleted before they move to a colder storage class, or on the same day.',
    fix: 'Raise files.expireAfterDays, or lower files.coldAfterDays.',
  },
  'TL-CONFIG-SNAPSHOT-WINDOW': {
    meaning: 'The window of the session store’s snapshots is shorter than an hour, or there are none.',
    fix: 'Set sessions.snapshotWindow to an hour or more with sessions.snapshotRetentionDays above 0, or to null.',
  },
  'TL-CONFIG-INSTANCE-BOUNDS': {
    meaning: 'The fewest instances are more than the most.',
    fix: 'Lower compute.instances.min, or raise max.',
  },
  'TL-CONFIG-SCALING-STEP-SIZE': {
    meaning: 'Managed scaling would launch at least more instances at one time than it may launch at most.',
    fix: 'Lower compute.minimumScalingStepSize, or raise compute.maximumScalingStepSize.',
  },
  'TL-CONFIG-INSTANCE-ROOM': {
    meaning: 'A task has no room on an empty instance.',
    fix: 'Make the task smaller, or choose a larger compute.instanceType.',
  },
  'TL-CONFIG-STOREFRONT-SESSIONS': {
    meaning: 'The storefront is on without sessions, and a cart lives in a session.',
    fix: 'Set sessions.store to redis, or storefront.enabled to false.',
  },
  'TL-CONFIG-STAGE-PATH': {
    meaning: 'The backend’s base path is not below the stage of the HTTP API, which passes the stage on.',
    fix: 'Let container.basePath begin with / and ingress.stage.',
  },
  'TL-CONFIG-INGRESS-EDGE': {
    meaning: 'Something in front of a public balancer is asked for, and the balancer is internal.',
    fix: 'Turn it off, or set ingress.kind to alb.',
  },
  'TL-CONFIG-RELEASE-COMPUTE': {
    meaning: 'Blue/green releases are for Fargate services.',
    fix: 'Set release.kind to rolling, or compute.kind to fargate.',
  },
  'TL-CONFIG-RELEASE-REQUESTS': {
    meaning:
      'A policy counts the requests of one target group while releases swap two, or of two while there is one.',
    fix: 'Set acrossTargetGroups of the metric to true with release.kind blue-green, and to false with rolling.',
  },
  'TL-CONFIG-TEST-LISTENER-PORT': {
    meaning: 'The test listener stands on the port of another listener.',
    fix: 'Choose another release.testListenerPort.',
  },
  'TL-CONFIG-TEST-TRAFFIC-TIME': {
    meaning: 'The requests at the test listener may take longer than a Lambda function has.',
    fix: 'Lower release.testTraffic.requests or its response time, or name fewer paths.',
  },
  'TL-CONFIG-SUSPENDED-DIRECTION': {
    meaning: 'One direction of dynamic scaling is suspended on an Auto Scaling group, which suspends both.',
    fix: 'Suspend both or none, or turn the scale-in of a policy off by scaleInEnabled.',
  },
  'TL-CONFIG-METRIC-PERIOD': {
    meaning: 'Target tracking of this kind of capacity cannot watch a metric of this period.',
    fix: 'Set periodSeconds to a value that the message names, or follow the metric by a step policy.',
  },
  'TL-CONFIG-TASK-PROTECTION': {
    meaning: 'Tasks are to be protected from scale-in where instances run the backend without ECS.',
    fix: 'Set container.scaleInProtection.enabled to false; compute.protectFromScaleIn protects instances.',
  },
  'TL-CONFIG-INSTANCE-REFRESH': {
    meaning: 'The bounds of an instance refresh are more than 100 percent apart.',
    fix: 'Raise the minimum or lower the maximum as the message says.',
  },
  'TL-CONFIG-WARM-POOL-EMPTY': {
    meaning: 'A warm pool would never hold an instance.',
    fix: 'Raise minSize of the pool or what it is reckoned from as the message says, or set compute.warmPool to null.',
  },
  'TL-CONFIG-HIBERNATION-VOLUME': {
    meaning: 'The root volume has no room for the memory of an instance that hibernates.',
    fix: 'Raise compute.rootVolumeGiB as the message says, or let the pool stop its instances.',
  },
  'TL-CONFIG-POLICY-NAME-DUPLICATE': {
    meaning: 'Two policies share a name.',
    fix: 'Rename one of them.',
  },
  'TL-CONFIG-TRACKING-DUPLICATE': {
    meaning: 'Two target-tracking policies hold the same metric; AWS accepts one per metric.',
    fix: 'Keep the policy with the lower target, or track different metrics.',
  },
  'TL-CONFIG-PREDICTIVE-BUFFER': {
    meaning: 'A predictive policy may raise the maximum and has no buffer, or has one and may not.',
    fix: 'Set maxCapacityBuffer with IncreaseMaxCapacity, and leave it null with HonorMaxCapacity.',
  },
  'TL-CONFIG-PREDICTIVE-SCALES': {
    meaning: 'Two predictive policies would both scale; AWS lets one of them.',
    fix: 'Set the mode of the others to ForecastOnly.',
  },
  'TL-CONFIG-ALARM-WINDOW': {
    meaning: 'An alarm needs more breaching datapoints than it looks at.',
    fix: 'Set datapointsToAlarm to at most evaluationPeriods.',
  },
  'TL-CONFIG-STEP-UNBOUNDED': {
    meaning: 'A step has neither a lower nor an upper bound.',
    fix: 'Set lowerBound to 0 for a step that applies above the threshold, or upperBound to 0 below it.',
  },
  'TL-CONFIG-STEP-EMPTY': {
    meaning: 'A step’s lower bound is not below its upper bound.',
    fix: 'Swap or correct the bounds.',
  },
  'TL-CONFIG-STEP-OVERLAP': {
    meaning: 'Two steps of a policy overlap.',
    fix: 'End one where the next begins.',
  },
  'TL-CONFIG-STEP-GAP': {
    meaning: 'There is a gap between two steps of a policy.',
    fix: 'End one where the next begins.',
  },
  'TL-CONFIG-STEP-OPEN-END': {
    meaning:
      'A step begins below the threshold and none reaches down without bound, or one ends above it and none reaches up without bound.',
    fix: 'Set the outermost bound to null.',
  },
  'TL-CONFIG-STEP-UNMATCHED': {
    meaning: 'The alarm can breach at a value for which no step is given; AWS then fails to act.',
    fix: 'Let the steps cover the whole breaching side of the threshold.',
  },
  'TL-CONFIG-STEP-AGGREGATION': {
    meaning:
      'The alarm can breach while its datapoints come to a value for which no step is given; AWS then fails to act.',
    fix: 'Let the aggregation take the breaching datapoint, or all datapoints breach.',
  },
  'TL-CONFIG-STEP-ADJUSTMENT': {
    meaning: 'An adjustment does not fit its adjustmentType.',
    fix: 'Use a count of 0 or more with ExactCapacity, and minAdjustmentMagnitude only with PercentChangeInCapacity.',
  },
  'TL-CONFIG-SCHEDULE-EXPRESSION': {
    meaning: 'A schedule cannot be read.',
    fix: 'Write at(yyyy-mm-ddThh:mm:ss), rate(value unit) or cron with six fields, one of the two day fields being ?.',
  },
  'TL-CONFIG-SCHEDULE-TIME-ZONE': {
    meaning: 'A schedule’s time zone does not exist.',
    fix: 'Use an IANA name such as Europe/Berlin or UTC.',
  },
  'TL-CONFIG-SCHEDULE-CAPACITY': {
    meaning: 'A scheduled action sets neither bound, or a minimum above the maximum.',
    fix: 'Set minCapacity, maxCapacity or both, with minCapacity at most maxCapacity.',
  },
  'TL-CONFIG-LOCAL-RUNTIME': {
    meaning: 'It is not clear which program a task is on one machine: two are named, or none.',
    fix: 'Set local.command, or local.container with container.image or container.build.',
  },
  'TL-CONFIG-BUILD-PLATFORM': {
    meaning: 'The image would be built for another CPU architecture than tasks have.',
    fix: 'Set container.build.platform to null, or to the platform that the message names.',
  },
  'TL-CONFIG-VARIABLE-TWICE': {
    meaning: 'A variable of the container has a value and is a secret, too.',
    fix: 'Keep it in one of them.',
  },
  'TL-CONFIG-PORT-VARIABLE': {
    meaning: 'A variable names the port of a task, which the description or the twin sets.',
    fix: 'Set container.port, and leave the variable out.',
  },
  'TL-CONFIG-HEALTH-COMMAND': {
    meaning: 'A health check inside the container is asked for where nothing runs it.',
    fix: 'Set container.healthCheck.kind to http, or run tasks of ECS.',
  },
  'TL-CONFIG-BACKEND-FEATURE': {
    meaning: 'A feature of the backend that is shipped here is asked of another program.',
    fix: 'Switch it off, or run the backend that is shipped here.',
  },
} as const satisfies Record<`TL-CONFIG-${string}`, CodeEntry>;
