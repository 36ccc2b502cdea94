const named = (names: string, reason: string): Readonly<Record<string, string>> =>
  Object.fromEntries(names.split(' ').map((name) => [name, reason] as const));

/** Fields of a service for which a description has none, with what there is instead (Compose specification, Services). */
export const serviceWithoutField: Readonly<Record<string, string>> = {
  ...named(
    'depends_on links external_links',
    'a description has one service. What it depends on must be there before it, and its address in container.environment',
  ),
  ...named(
    'volumes volumes_from tmpfs storage_opt',
    'tasks share no files, and keep none: no volumes are described',
  ),
  ...named(
    'networks network_mode dns dns_opt dns_search extra_hosts hostname domainname mac_address',
    'a description makes its network itself',
  ),
  ...named('env_file', 'the file is not read here. Copy its variables into container.environment'),
  ...named(
    'secrets configs',
    'no files are put into the container. Name a secret’s ARN in container.secrets, which makes a variable of it',
  ),
  ...named('restart', 'ECS replaces every task that ends, as often as it takes'),
  ...named('container_name', 'tasks are named by ECS, and the twin numbers them'),
  ...named('logging', 'logs go to CloudWatch Logs (observability.logRetentionDays)'),
  ...named('labels label_file annotations', 'containers carry no labels here'),
  ...named('working_dir', 'the container starts in the image’s own working directory'),
  ...named(
    'privileged cap_add security_opt devices device_cgroup_rules group_add userns_mode',
    'a container gets no rights beyond Docker’s own',
  ),
  ...named(
    'cgroup cgroup_parent ipc pid uts isolation runtime sysctls',
    'tasks run with ECS’s default for it',
  ),
  ...named('stdin_open tty attach', 'a service has no terminal'),
  ...named(
    'shm_size oom_score_adj oom_kill_disable mem_swappiness memswap_limit mem_reservation pids_limit',
    'a task has the limits of its size (compute)',
  ),
  ...named(
    'cpu_count cpu_percent cpu_shares cpu_period cpu_quota cpu_rt_runtime cpu_rt_period cpuset blkio_config gpus',
    'a task has the CPU of its size (compute.cpuUnits)',
  ),
  ...named(
    'profiles extends develop post_start pre_stop pull_policy scale',
    'docker compose reads it; nothing at AWS corresponds to it',
  ),
};

/** Fields of the file. */
export const fileWithoutField: Readonly<Record<string, string>> = {
  version: 'docker compose ignores it, too',
  name: 'project takes a plain name',
  ...named('volumes', 'tasks share no files, and keep none: no volumes are described'),
  ...named('networks', 'a description makes its network itself'),
  ...named(
    'secrets configs',
    'no files are put into the container. Name a secret’s ARN in container.secrets, which makes a variable of it',
  ),
  ...named('include models', 'another file or model is not read here'),
};
