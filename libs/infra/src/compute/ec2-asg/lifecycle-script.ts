import { type Environment, capacityFacts, lifecyclePollSeconds, resourceNames } from '@tideline/config';
import { launchHookName } from './launch-hook.ts';

/** Looks without an open lifecycle action after which there is none to complete: five minutes. */
const mostLooks = 60;

/**
 * Tells the group that the instance may go on, once its application answers: into the warm pool, and out of it into service
 * (EC2 Auto Scaling guide, target lifecycle state by instance metadata). It runs as long as the instance does: a hibernated
 * or running one leaves the pool without a boot.
 */
export function lifecycleScript(environment: Environment): string {
  const { region, container, healthCheck } = environment;
  const { autoScalingGroup } = resourceNames(environment);
  const { hostPort } = capacityFacts(environment);
  return `#!/bin/bash
set -uo pipefail

export AWS_DEFAULT_REGION='${region}'
metadata_url='http://169.254.169.254/latest'
last=''
looks=0

metadata() {
  local token
  token="$(curl --silent --fail --request PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: 60' \\
    "$metadata_url/api/token")" &&
    curl --silent --fail --header "X-aws-ec2-metadata-token: $token" "$metadata_url/meta-data/$1"
}

answers() {
  curl --silent --fail --max-time ${healthCheck.timeoutSeconds} --output /dev/null \\
    'http://127.0.0.1:${hostPort}${container.basePath}${healthCheck.path}'
}

go_on() {
  aws autoscaling complete-lifecycle-action --lifecycle-action-result CONTINUE \\
    --auto-scaling-group-name '${autoScalingGroup}' --lifecycle-hook-name '${launchHookName}' \\
    --instance-id "$(metadata instance-id)"
}

while true; do
  target="$(metadata autoscaling/target-lifecycle-state)"
  case "$target" in
    '' | "$last") ;;
    InService | Warmed:Stopped | Warmed:Running | Warmed:Hibernated)
      last="$target"
      looks=${mostLooks}
      ;;
    *)
      last="$target"
      looks=0
      ;;
  esac
  # An action may open after its state is the target; where none ever does, there is nothing to complete.
  if ((looks > 0)) && answers; then
    looks=$((looks - 1))
    if go_on; then looks=0; fi
  fi
  sleep ${lifecyclePollSeconds}
done
`;
}
