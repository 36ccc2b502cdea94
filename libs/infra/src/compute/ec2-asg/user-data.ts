import { lifecycleScript } from './lifecycle-script.ts';
import { collectorName } from '../collector.ts';
import { collectorUnit } from './collector-unit.ts';
import { type Environment, applicationRestartSeconds, capacityFacts, confinement } from '@tideline/config';
import { secretLines, secretReaders } from './secret-lines.ts';

/** What the script is written for. Each may be a reference that Terraform fills in; none is a secret. */
export interface UserDataProps {
  readonly environment: Environment;
  /** Image by digest. */
  readonly image: string;
  /** Host name of the registry that the image is pulled from. */
  readonly registry: string;
  readonly logGroup: string;
  /** Of the collector; null where nothing is traced. */
  readonly collectorLogGroup: string | null;
  /** Parameter with the backend’s variables, with its version: `/project/stage/api:3`. */
  readonly parameter: string;
  /** Variables that are secrets, with the ARN of each. */
  readonly secrets: Readonly<Record<string, string>>;
}

/**
 * What an instance does at its first boot: it installs the container runtime from Amazon Linux’s own repositories, and a
 * unit that runs the image at every boot. Configuration and secrets are read when the unit starts, into a file on tmpfs
 * that only root reads; they stand neither here nor on the disk’s own files.
 *
 * Bash writes its variables without braces here: Terraform would take those for its own.
 */
export function userData(props: UserDataProps): string {
  const { environment, collectorLogGroup } = props;
  const { container } = environment;
  const collector = collectorLogGroup === null ? '' : collectorUnit(environment, collectorLogGroup);
  const lifecycle =
    capacityFacts(props.environment).warmPool === null ? '' : lifecycleUnit(props.environment);
  return `#!/bin/bash
set -euo pipefail

dnf install --assumeyes --quiet docker

cat > /usr/local/sbin/run-backend <<'RUN'
${runScript(props)}RUN
chmod 0755 /usr/local/sbin/run-backend

cat > /etc/systemd/system/backend.service <<'UNIT'
[Unit]
Description=The backend in its container
Wants=network-online.target
After=network-online.target docker.service
Requires=docker.service
StartLimitIntervalSec=0

[Service]
RuntimeDirectory=backend
RuntimeDirectoryMode=0700
ExecStart=/usr/local/sbin/run-backend
ExecStop=-/usr/bin/docker stop --time ${container.stopTimeoutSeconds} backend
TimeoutStopSec=${container.stopTimeoutSeconds + stopMarginSeconds}
Restart=always
RestartSec=${applicationRestartSeconds}

[Install]
WantedBy=multi-user.target
UNIT

${collector}${lifecycle}systemctl daemon-reload
systemctl enable --now docker.service backend.service${collector === '' ? '' : ' collector.service'}${lifecycle === '' ? '' : ' lifecycle.service'}
`;
}

const lifecycleUnit = (environment: Environment): string => `cat > /usr/local/sbin/lifecycle <<'RUN'
${lifecycleScript(environment)}RUN
chmod 0755 /usr/local/sbin/lifecycle

cat > /etc/systemd/system/lifecycle.service <<'UNIT'
[Unit]
Description=Tells the Auto Scaling group that the backend answers
Wants=network-online.target
After=network-online.target backend.service
StartLimitIntervalSec=0

[Service]
ExecStart=/usr/local/sbin/lifecycle
Restart=always
RestartSec=${applicationRestartSeconds}

[Install]
WantedBy=multi-user.target
UNIT

`;

/** Beyond the container’s own time to stop. */
const stopMarginSeconds = 15;

function runScript({
  environment,
  collectorLogGroup,
  image,
  registry,
  logGroup,
  parameter,
  secrets,
}: UserDataProps): string {
  const { region, container } = environment;
  const { hostPort } = capacityFacts(environment);
  return `#!/bin/bash
set -euo pipefail
umask 077

region='${region}'
image='${image}'
metadata_url='http://169.254.169.254/latest'
export AWS_DEFAULT_REGION="$region" DOCKER_CONFIG=/run/backend/docker

token="$(curl --silent --show-error --fail --retry 5 --request PUT \\
  --header 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$metadata_url/api/token")"

metadata() {
  curl --silent --show-error --fail --retry 5 \\
    --header "X-aws-ec2-metadata-token: $token" "$metadata_url/meta-data/$1"
}
${secretReaders(secrets)}
instance="$(metadata instance-id)"
zone="$(metadata placement/availability-zone)"

{
  aws ssm get-parameter --name '${parameter}' --query Parameter.Value --output text
${secretLines(secrets)}  printf '%s=%s\\n' IMAGE "$image" TASK_ID "$instance" AVAILABILITY_ZONE "$zone" AWS_REGION "$region"
} > /run/backend/environment

aws ecr get-login-password | docker login --username AWS --password-stdin '${registry}'
docker pull --quiet "$image"
docker rm --force backend 2> /dev/null || true

exec docker run --rm --name backend ${limits(environment)}${collectorLogGroup === null ? '' : `--add-host ${collectorName}:host-gateway `}\\
  --env-file /run/backend/environment \\
  --publish ${hostPort}:${container.port} \\
  --stop-timeout ${container.stopTimeoutSeconds} \\
  --log-driver awslogs --log-opt awslogs-region="$region" --log-opt awslogs-group='${logGroup}' \\
  --log-opt awslogs-stream="instance/$instance" --log-opt mode=non-blocking --log-opt max-buffer-size=4m \\
  ${program(environment)}
`;
}

/** How the container is confined, as options of docker. */
function limits(environment: Environment): string {
  const { linux } = environment.container;
  const { user, readOnlyRootFilesystem, dropCapabilities } = confinement(environment);
  return [
    ...(linux.initProcessEnabled ? ['--init'] : []),
    ...(user === null ? [] : [`--user ${user}`]),
    ...(readOnlyRootFilesystem ? ['--read-only'] : []),
    ...dropCapabilities.map((name) => `--cap-drop ${name}`),
    ...(linux.openFiles === null ? [] : [`--ulimit nofile=${linux.openFiles}`]),
    '--security-opt no-new-privileges ',
  ].join(' ');
}

/** The image, with what runs in the place of its own entry point and command. Docker takes one word as an entry point. */
function program({ container: { entryPoint, command } }: Environment): string {
  const [file, ...words] = entryPoint ?? [];
  const before = file === undefined ? [] : ['--entrypoint', shellWord(file)];
  return [...before, '"$image"', ...[...words, ...(command ?? [])].map(shellWord)].join(' ');
}

/** In single quotes, as bash reads it. `${` would be Terraform’s. */
const shellWord = (word: string): string =>
  `'${word
    .replaceAll("'", String.raw`'\''`)
    .replaceAll('${', () => '$${')
    .replaceAll('%{', '%%{')}'`;
