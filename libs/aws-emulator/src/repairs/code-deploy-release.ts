import { randomBytes } from 'node:crypto';
import type { DeploymentGroup } from './code-deploy.ts';
import { epochSeconds } from './code-deploy.ts';
import { type LiveVersion, type ReleaseMemory, serviceKey } from './release-memory.ts';

/** What happens in a release of an ECS service, in this order (CodeDeploy guide, AppSpec hooks of an Amazon ECS deployment). */
export const lifecycleEvents = [
  'BeforeInstall',
  'Install',
  'AfterInstall',
  'AllowTestTraffic',
  'AfterAllowTestTraffic',
  'BeforeAllowTraffic',
  'AllowTraffic',
  'AfterAllowTraffic',
] as const;

type ReleaseStatus = 'Created' | 'InProgress' | 'Succeeded' | 'Failed' | 'Stopped';

export interface ReleaseOptions {
  readonly group: DeploymentGroup;
  readonly taskDefinition: string;
  readonly revision: unknown;
  readonly memory: ReleaseMemory;
}

/**
 * A release in an account where no task runs and no request comes: each time it is asked how far it is, one event of its
 * lifecycle is over. An alarm of its group in ALARM stops it and rolls it back, as AWS does. This pace is the emulator’s own.
 */
export class CodeDeployRelease {
  readonly id = `d-${randomBytes(5).toString('hex').slice(0, 9).toUpperCase()}`;
  status: ReleaseStatus = 'Created';
  readonly createTime = epochSeconds();
  completeTime: number | undefined;
  error: { readonly code: string; readonly message: string } | undefined;
  rollback: { readonly rollbackDeploymentId: string; readonly rollbackMessage: string } | undefined;
  readonly group: DeploymentGroup;
  readonly revision: unknown;
  readonly #memory: ReleaseMemory;
  readonly #service: string;
  readonly #before: LiveVersion;
  readonly #after: LiveVersion;
  /** How many events are over. */
  #over = 0;

  constructor({ group, taskDefinition, revision, memory }: ReleaseOptions) {
    this.group = group;
    this.revision = revision;
    this.#memory = memory;
    const [service = { clusterName: '', serviceName: '' }] = group.ecsServices;
    this.#service = serviceKey(service.clusterName, service.serviceName);
    const [first = '', second = ''] = (
      group.loadBalancerInfo.targetGroupPairInfoList[0]?.targetGroups ?? []
    ).map(({ name }) => memory.targetGroupArns.get(name) ?? '');
    this.#before = memory.live.get(this.#service) ?? { taskDefinition: '', targetGroupArn: first };
    this.#after = { taskDefinition, targetGroupArn: this.#before.targetGroupArn === first ? second : first };
  }

  get isOver(): boolean {
    return !['Created', 'InProgress'].includes(this.status);
  }

  /** One event further. @returns the release that rolls this one back, when it has just failed */
  advance(): CodeDeployRelease | undefined {
    if (this.isOver) return undefined;
    this.status = 'InProgress';
    const { alarmConfiguration } = this.group;
    const alarm = alarmConfiguration?.enabled
      ? alarmConfiguration.alarms.find(({ name }) => this.#memory.firing.has(name))
      : undefined;
    if (alarm !== undefined && this.#over >= lifecycleEvents.indexOf('AllowTraffic'))
      return this.stop(
        'ALARM_ACTIVE',
        `One or more alarms have been activated according to the Amazon CloudWatch metrics you selected: ${alarm.name}`,
      );
    this.#over += 1;
    if (this.#over >= lifecycleEvents.indexOf('Install') + 1)
      this.#memory.replacement.set(this.#service, this.#after);
    if (this.#over < lifecycleEvents.length) return undefined;
    this.#settle(this.#after);
    this.#end('Succeeded');
    return undefined;
  }

  /** Ends it, and puts back what was before. @returns the release that did so */
  stop(code: string, message: string): CodeDeployRelease {
    this.error = { code, message };
    this.#settle(this.#before);
    this.#end('Stopped');
    const rollback = new CodeDeployRelease({
      group: this.group,
      taskDefinition: this.#before.taskDefinition,
      revision: this.revision,
      memory: this.#memory,
    });
    rollback.#over = lifecycleEvents.length;
    rollback.#end('Succeeded');
    this.rollback = {
      rollbackDeploymentId: rollback.id,
      rollbackMessage: `Deployment ${this.id} was rolled back`,
    };
    return rollback;
  }

  /** Each event with how it stands. */
  events() {
    return lifecycleEvents.map((lifecycleEventName, index) => ({
      lifecycleEventName,
      status: this.#statusOf(index),
    }));
  }

  /** The tasks before and after, and how much of the traffic each has. */
  taskSets() {
    const moved = this.status !== 'Stopped' && this.#over > lifecycleEvents.indexOf('AllowTraffic') ? 100 : 0;
    const described = (label: 'Blue' | 'Green', { targetGroupArn }: LiveVersion, trafficWeight: number) => ({
      taskSetLabel: label,
      status: trafficWeight > 0 ? 'PRIMARY' : 'ACTIVE',
      trafficWeight,
      targetGroup: { name: targetGroupArn.split('/')[1] ?? '' },
    });
    return [
      described('Blue', this.#before, 100 - moved),
      ...(this.#over > 0 ? [described('Green', this.#after, moved)] : []),
    ];
  }

  #statusOf(index: number): string {
    if (index < this.#over) return 'Succeeded';
    if (this.error !== undefined) return index === this.#over ? 'Failed' : 'Skipped';
    return index === this.#over ? 'InProgress' : 'Pending';
  }

  #settle(version: LiveVersion): void {
    this.#memory.replacement.delete(this.#service);
    if (version.taskDefinition === '') this.#memory.live.delete(this.#service);
    else this.#memory.live.set(this.#service, version);
    const [pair] = this.group.loadBalancerInfo.targetGroupPairInfoList;
    for (const route of [pair?.prodTrafficRoute, pair?.testTrafficRoute])
      for (const listener of route?.listenerArns ?? [])
        this.#memory.led.set(listener, version.targetGroupArn);
  }

  #end(status: ReleaseStatus): void {
    this.status = status;
    this.completeTime = epochSeconds();
  }
}
