import { type Environment, applicationRestartSeconds, collectorShare } from '@tideline/config';
import { collectorConfiguration, collectorName, ownRegistryOf } from '../collector.ts';

/**
 * The part of the user data that runs the collector of traces, at every boot and without the backend’s waiting for it. It is on
 * the instance’s own network, so that it gets credentials of the instance’s role where the backend’s container, one hop further,
 * gets none; it listens on the bridge’s address, which containers of the instance alone reach.
 *
 * Bash writes its variables without braces here: Terraform would take those for its own.
 */
export function collectorUnit(environment: Environment, logGroup: string): string {
  const { collectorImage } = environment.observability.tracing;
  const { cpuUnits, memoryMiB } = collectorShare(environment);
  const registry = ownRegistryOf(collectorImage);
  const login =
    registry === undefined
      ? ''
      : `aws ecr get-login-password | docker login --username AWS --password-stdin '${registry}'\n`;
  // Only the instance knows the address: the quotes end for it.
  const configuration = collectorConfiguration(environment, 'BRIDGE').replace('BRIDGE', `'"$bridge"'`);
  return `cat > /usr/local/sbin/run-collector <<'RUN'
#!/bin/bash
set -euo pipefail
umask 077

region='${environment.region}'
export AWS_DEFAULT_REGION="$region" DOCKER_CONFIG=/run/collector/docker
metadata_url='http://169.254.169.254/latest'
token="$(curl --silent --show-error --fail --retry 5 --request PUT \\
  --header 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$metadata_url/api/token")"
instance="$(curl --silent --show-error --fail --retry 5 \\
  --header "X-aws-ec2-metadata-token: $token" "$metadata_url/meta-data/instance-id")"
bridge="$(docker network inspect bridge --format '{{(index .IPAM.Config 0).Gateway}}')"
configuration='${configuration}'

${login}docker pull --quiet '${collectorImage}'
docker rm --force ${collectorName} 2> /dev/null || true

exec docker run --rm --name ${collectorName} --network host \\
  --cpus ${cpuUnits / 1024} --memory ${memoryMiB}m \\
  --user 1000:1000 --read-only --cap-drop ALL --security-opt no-new-privileges \\
  --env AOT_CONFIG_CONTENT="$configuration" \\
  --log-driver awslogs --log-opt awslogs-region="$region" --log-opt awslogs-group='${logGroup}' \\
  --log-opt awslogs-stream="instance/$instance" --log-opt mode=non-blocking --log-opt max-buffer-size=4m \\
  '${collectorImage}'
RUN
chmod 0755 /usr/local/sbin/run-collector

cat > /etc/systemd/system/collector.service <<'UNIT'
[Unit]
Description=Hands traces of the backend to X-Ray
Wants=network-online.target
After=network-online.target docker.service
Requires=docker.service
StartLimitIntervalSec=0

[Service]
RuntimeDirectory=collector
RuntimeDirectoryMode=0700
ExecStart=/usr/local/sbin/run-collector
ExecStop=-/usr/bin/docker stop ${collectorName}
Restart=always
RestartSec=${applicationRestartSeconds}

[Install]
WantedBy=multi-user.target
UNIT

`;
}
