import { dynamicPorts } from '../../network/target-binding.ts';

/** What the script is written for; the cluster may be a reference that Terraform fills in. */
export interface ContainerInstanceUserDataProps {
  readonly cluster: string;
  /** Memory that ECS gives to no task. */
  readonly reservedMemoryMiB: number;
}

/**
 * What an instance does at its first boot, before the ECS agent starts: it tells the agent its cluster, and closes the
 * instance’s metadata, and with it the instance’s role, to containers.
 *
 * The unit runs at every boot before the agent, which does not start without it: rules of iptables do not outlive a boot.
 * It is started without waiting, since the agent itself waits for this script to end (cloud-final.service).
 */
export const containerInstanceUserData = ({
  cluster,
  reservedMemoryMiB,
}: ContainerInstanceUserDataProps): string => `#!/bin/bash
set -euo pipefail

cat >> /etc/ecs/ecs.config <<'CONFIG'
ECS_CLUSTER=${cluster}
ECS_RESERVED_MEMORY=${reservedMemoryMiB}
ECS_DYNAMIC_HOST_PORT_RANGE=${dynamicPorts.from}-${dynamicPorts.to}
ECS_DISABLE_PRIVILEGED=true
CONFIG

cat > /etc/systemd/system/shut-metadata.service <<'UNIT'
[Unit]
Description=Keeps the instance metadata from containers
Requires=docker.service
After=docker.service
Before=ecs.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/sbin/iptables --wait --insert DOCKER-USER 1 --in-interface docker+ --destination 169.254.169.254/32 --jump DROP

[Install]
RequiredBy=ecs.service
UNIT

systemctl daemon-reload
systemctl enable shut-metadata.service
systemctl start --no-block shut-metadata.service
`;
