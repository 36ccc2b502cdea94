import type { CodeEntry } from './problem-code.ts';

/** Doubts: the description can run, but is unlikely to show or do what it is meant to. */
export const warningCodes = {
  'TL-WARN-REQUESTS-TARGET': {
    meaning:
      'At the highest load of the profile, each target gets more requests than the target value even at maximum capacity: the policy can only pin the service at its maximum.',
    fix: 'Raise the target (it counts per minute), raise capacity.max, or drive less load.',
  },
  'TL-WARN-CPU-TARGET': {
    meaning: 'The CPU that the load needs, spread over maximum capacity, is above the CPU target.',
    fix: 'Raise capacity.max, compute.cpuUnits or the target, or drive less load.',
  },
  'TL-WARN-CPU-OVERLOAD': {
    meaning: 'The load needs more CPU than maximum capacity has: requests queue up and fail.',
    fix: 'Raise capacity.max or compute.cpuUnits, or drive less load.',
  },
  'TL-WARN-CPU-STEP': {
    meaning:
      'CPU utilisation tops out near 100 %, so one step of a CPU policy adds at most 100 / target times the tasks; the load needs more than that.',
    fix: 'Raise capacity.min, lower the target, or expect several steps and hold the load longer.',
  },
  'TL-WARN-NO-SCALE-OUT': {
    meaning: 'At minimum capacity the load stays below the target of every policy: nothing scales out.',
    fix: 'Drive more load, lower a target, or lower capacity.min.',
  },
  'TL-WARN-HOLD-TOO-SHORT': {
    meaning: 'The load ends before a scale-out can have started new tasks.',
    fix: 'Lengthen holdSeconds to the time that the message works out.',
  },
  'TL-WARN-AFTER-SCALE-OUT': {
    meaning: 'The load ends too soon after the scale-out to judge latency on the new capacity.',
    fix: 'Lengthen holdSeconds to the time that the message works out.',
  },
  'TL-WARN-CLOSED-LOOP': {
    meaning:
      'The profile has a stage without a rate: how much it sends depends on the answers, so targets cannot be checked beforehand.',
    fix: 'Set requestsPerSecond on the stage where the rate matters.',
  },
  'TL-WARN-COOLDOWN': {
    meaning:
      'A cooldown is shorter than the metric’s period: the next move is decided on datapoints from before the last one.',
    fix: 'Set the cooldown to at least one period of the metric.',
  },
  'TL-WARN-COOLDOWN-LAG': {
    meaning:
      'A scale-out cooldown ends before a datapoint can show the new tasks: the next scale-out multiplies the old datapoint by the new task count and overshoots.',
    fix: 'Set the cooldown to the time that the message works out.',
  },
  'TL-WARN-NO-POLICY': {
    meaning: 'No policy reacts to a metric, so load changes nothing.',
    fix: 'Add a target-tracking or step policy.',
  },
  'TL-WARN-FIXED-CAPACITY': {
    meaning: 'capacity.min equals capacity.max while policies exist: they can move nothing.',
    fix: 'Set capacity.max above capacity.min, or remove the policies.',
  },
  'TL-WARN-NO-SCALE-IN': {
    meaning: 'No policy ever scales in: capacity that was added stays.',
    fix: 'Set scaleInEnabled on a target-tracking policy, or add a step policy that removes tasks.',
  },
  'TL-WARN-PREDICTIVE-HISTORY': {
    meaning: 'A predictive policy has less history than a forecast needs before the load has ended.',
    fix: 'List at least 24 hours before the start in local.hourlyRequestsPerSecond.',
  },
  'TL-WARN-REFRESH-WAITS': {
    meaning: 'Every instance is protected from scale-in, and an instance refresh waits for that to end.',
    fix: 'Set compute.instanceRefresh.scaleInProtectedInstances to Refresh or Ignore, or take protections off while it waits.',
  },
  'TL-WARN-IDLE-MISSING': {
    meaning:
      'An idle balancer is assumed to report no requests at all, so the low alarm of a requests policy never fires and, since all policies must agree, nothing scales in when load stops.',
    fix: 'Set assumptions.idleRequests to zero, or disable the policy’s scale-in.',
  },
  'TL-WARN-FROM-ZERO': {
    meaning:
      'Capacity may reach zero tasks or instances: requests that arrive then are answered 503 until one has started, and for good where every policy follows a metric that needs one (requests per target, CPU, memory, response time).',
    fix: 'Set capacity.min to 1 or more, follow a custom metric such as a queue’s length, or raise the minimum by a schedule.',
  },
  'TL-WARN-SUSPENDED': {
    meaning: 'Scaling is suspended in part: what would have moved capacity is only reported.',
    fix: 'Set the fields of scaling.suspendedState that the message names to false.',
  },
  'TL-WARN-STEP-WITH-TRACKING': {
    meaning:
      'A step policy that removes tasks stands beside target tracking: its scale-in is not held back by the others, which may then scale out again.',
    fix: 'Leave scale-in to target tracking, or use step policies only.',
  },
  'TL-WARN-STEP-DIRECTION': {
    meaning: 'A step policy removes tasks on a high metric, or adds tasks on a low one.',
    fix: 'Turn the sign of the adjustment or the comparison of the alarm around.',
  },
  'TL-WARN-STEP-UNREACHABLE': {
    meaning:
      'A step lies on the side of the threshold where the alarm does not breach: it hardly ever applies.',
    fix: 'Remove the step, or put it into a policy whose alarm looks that way.',
  },
  'TL-WARN-CPU-CREDITS': {
    meaning:
      'A policy scales out at more CPU than instances in standard mode earn credits for: once those are gone, it never acts.',
    fix: 'Set compute.cpuCredits to unlimited, lower the target or threshold to what the type earns, or choose a larger type.',
  },
  'TL-WARN-DEPLOYMENT-STUCK': {
    meaning:
      'At some task counts, rounding lets a rolling deployment neither stop an old task nor start a new one.',
    fix: 'Lower deployment.minimumHealthyPercent or raise deployment.maximumPercent.',
  },
  'TL-WARN-DRAIN-SHORT': {
    meaning: 'A draining target is cut off before the slowest request that clients still wait for has ended.',
    fix: 'Set loadBalancer.deregistrationDelaySeconds to at least the clients’ timeout.',
  },
  'TL-WARN-GRACE': {
    meaning:
      'The grace period ends before a task’s second probe, so one slow boot is enough to get a task replaced.',
    fix: 'Set healthCheck.gracePeriodSeconds above healthCheck.intervalSeconds, or to 0 for tasks that boot at once.',
  },
  'TL-WARN-WAF-LIMIT': {
    meaning: 'The web application firewall blocks the load runner, whose users all have one address.',
    fix: 'Raise waf.requestsPerWindowPerAddress for the run, or turn the firewall off.',
  },
  'TL-WARN-COLD-MINIMUM': {
    meaning: 'Files are deleted sooner after they moved than the colder storage class is billed for.',
    fix: 'Raise files.expireAfterDays, lower files.coldAfterDays, or choose the class with the shorter minimum.',
  },
  'TL-WARN-CDN-PLAIN-ORIGIN': {
    meaning: 'CloudFront reaches the balancer without TLS: cookies and the secret header go in the clear.',
    fix: 'Set loadBalancer.certificateArn and loadBalancer.domainName.',
  },
  'TL-WARN-PRODUCTION-HTTP': {
    meaning: 'The settings profile production is on, and clients reach the balancer without TLS.',
    fix: 'Set loadBalancer.certificateArn and loadBalancer.domainName, or cdn.enabled.',
  },
  'TL-WARN-IMAGE-EGRESS': {
    meaning: 'The image is in a registry that tasks at AWS cannot reach by the chosen egress.',
    fix: 'Copy it into ECR and name it there, or set network.egress to nat.',
  },
  'TL-WARN-COLLECTOR-SHARE': {
    meaning: 'The collector of traces takes more than a quarter of each task or instance.',
    fix: 'Choose a larger size in compute, or lower observability.tracing.collectorCpuUnits or collectorMemoryMiB.',
  },
} as const satisfies Record<`TL-WARN-${string}`, CodeEntry>;
