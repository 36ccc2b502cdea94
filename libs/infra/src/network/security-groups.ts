import { DataAwsEc2ManagedPrefixList } from '@cdktf/provider-aws/lib/data-aws-ec2-managed-prefix-list/index.js';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js';
import {
  type Environment,
  capacityFacts,
  codeDeployRelease,
  computeFacts,
  httpApi,
  resourceNames,
  testTraffic,
} from '@tideline/config';
import { Construct } from 'constructs';
import { type Rule, allowIn, allowOut, connectGroups } from './security-group-rules.ts';
import { targetBinding } from './target-binding.ts';

const httpsPort = 443;
const anywhere = '0.0.0.0/0';
const sshPort = 22;
export const sessionStorePort = 6379;
const cloudFrontPrefixList = 'com.amazonaws.global.cloudfront.origin-facing';

/** Security groups of an environment. Nothing but the balancer takes connections from outside, and every group names all it may reach. */
export class SecurityGroups extends Construct {
  readonly loadBalancer: SecurityGroup;
  readonly tasks: SecurityGroup;
  readonly loadRunner: SecurityGroup;
  readonly endpoints: SecurityGroup;
  /** Of the Lambda function that tests a release; null where there is none. */
  readonly releaseHook: SecurityGroup | null;
  /** Of an HTTP API’s way to the internal balancer; null where the balancer is public. */
  readonly vpcLink: SecurityGroup | null;
  /** Null where no sessions are kept. */
  readonly sessionStore: SecurityGroup | null;
  readonly #environment: Environment;
  readonly #vpcId: string;

  constructor(
    scope: Construct,
    id: string,
    { environment, vpcId }: { readonly environment: Environment; readonly vpcId: string },
  ) {
    super(scope, id);
    this.#environment = environment;
    this.#vpcId = vpcId;
    this.vpcLink =
      httpApi(environment) === null
        ? null
        : this.#group('vpc-link', 'VPC link: from the HTTP API, to the balancer');
    this.loadBalancer = this.#group(
      'alb',
      this.vpcLink === null
        ? 'Balancer: from anywhere, to the tasks'
        : 'Balancer: from the VPC link, to the tasks',
    );
    this.tasks = this.#group('tasks', 'Tasks: from the balancer, to AWS');
    this.loadRunner = this.#group('load-runner', 'Load runner: to the balancer and AWS');
    this.endpoints = this.#group('endpoints', 'Interface endpoints: from the tasks');
    this.releaseHook =
      testTraffic(environment) === null
        ? null
        : this.#group('release-hook', 'Test of a release: to the test listener and CodeDeploy');
    this.#connectBalancer();
    this.#connectLoadRunner();
    this.#connectTestListener();
    this.sessionStore = environment.sessions.store === 'redis' ? this.#connectSessionStore() : null;
    this.#allowSsh(capacityFacts(environment).sshFromCidr);
    if (this.#anywhere === null) this.#allowEndpoints();
    else this.#allowAnywhere(this.#anywhere);
  }

  /** What lets tasks out to anywhere with HTTPS; null where they reach endpoints alone. */
  get #anywhere(): string | null {
    if (computeFacts(this.#environment).hasPublicAddresses) return 'To AWS from a public address';
    return this.#environment.network.egress === 'nat' ? 'To AWS by the NAT gateway' : null;
  }

  /** Lets tasks reach a gateway endpoint: its addresses are public ones, listed by AWS. */
  allowGateway(service: string, prefixListId: string): void {
    allowOut(this, `tasks-to-${service}`, {
      group: this.tasks,
      port: httpsPort,
      peer: { prefixListId },
      description: `To ${service} by its gateway endpoint`,
    });
  }

  #connectBalancer(): void {
    const { loadBalancer } = this.#environment;
    const { ports: targetPorts } = targetBinding(this.#environment);
    const ports = this.#listenerPorts();
    if (this.vpcLink === null)
      for (const port of ports)
        allowIn(this, `alb-from-anywhere-${port}`, {
          group: this.loadBalancer,
          port,
          ...this.#visitors(),
        });
    else this.#connectVpcLink(this.vpcLink, loadBalancer.listenerPort);
    allowOut(this, 'alb-to-tasks', {
      group: this.loadBalancer,
      port: targetPorts,
      peer: { referencedSecurityGroupId: this.tasks.id },
      description: 'To the tasks',
    });
    allowIn(this, 'tasks-from-alb', {
      group: this.tasks,
      port: targetPorts,
      peer: { referencedSecurityGroupId: this.loadBalancer.id },
      description: 'From the balancer',
    });
  }

  /** Ports that visitors reach: CloudFront asks by HTTPS alone where the balancer has a certificate. */
  #listenerPorts(): readonly number[] {
    const { cdn, loadBalancer } = this.#environment;
    if (loadBalancer.certificateArn === null) return [loadBalancer.listenerPort];
    return cdn.enabled ? [httpsPort] : [loadBalancer.listenerPort, httpsPort];
  }

  /** An internal balancer takes what the HTTP API sends, and the load runner’s requests, which reach no HTTP API from private subnets. */
  #connectVpcLink(vpcLink: SecurityGroup, port: number): void {
    connectGroups(this, `alb-from-vpc-link-${port}`, { from: vpcLink, to: this.loadBalancer, port });
    allowIn(this, 'alb-from-load-runner', {
      group: this.loadBalancer,
      port,
      peer: { referencedSecurityGroupId: this.loadRunner.id },
      description: 'From the load runner',
    });
  }

  /** Only the load runner and the test of a release ask a version that has no traffic yet; of a public balancer, by its private addresses alone. */
  #connectTestListener(): void {
    const release = codeDeployRelease(this.#environment);
    if (release === null) return;
    const port = release.testListenerPort;
    connectGroups(this, 'test-listener', { from: this.loadRunner, to: this.loadBalancer, port });
    if (this.releaseHook === null) return;
    connectGroups(this, 'release-test', { from: this.releaseHook, to: this.loadBalancer, port });
  }

  /** Behind CloudFront only its servers reach the balancer, those of every distribution: AWS keeps the list of their addresses. */
  #visitors(): Pick<Rule, 'peer' | 'description'> {
    if (!this.#environment.cdn.enabled) return { peer: { cidrIpv4: anywhere }, description: 'From anywhere' };
    const cloudFront = new DataAwsEc2ManagedPrefixList(this, 'cloudfront', { name: cloudFrontPrefixList });
    return { peer: { prefixListId: cloudFront.id }, description: 'From CloudFront' };
  }

  #connectSessionStore(): SecurityGroup {
    const group = this.#group('sessions', 'Session store: from the tasks');
    allowIn(this, 'sessions-from-tasks', {
      group,
      port: sessionStorePort,
      peer: { referencedSecurityGroupId: this.tasks.id },
      description: 'From the tasks',
    });
    allowOut(this, 'tasks-to-sessions', {
      group: this.tasks,
      port: sessionStorePort,
      peer: { referencedSecurityGroupId: group.id },
      description: 'To the session store',
    });
    return group;
  }

  /**
   * The load runner has a public address, and reaches AWS, CloudFront and an HTTP API by HTTPS: what it asks to observe has
   * addresses that AWS does not list. The name of a public balancer leads to its public addresses, from inside the VPC too.
   * A rule that names its group would match private ones alone, and its public ones change; so the port is all that can be
   * said. An internal balancer has private addresses only.
   */
  #connectLoadRunner(): void {
    allowOut(this, 'load-runner-to-anywhere', {
      group: this.loadRunner,
      port: httpsPort,
      peer: { cidrIpv4: anywhere },
      description: 'To AWS and the service from a public address',
    });
    const { certificateArn, listenerPort } = this.#environment.loadBalancer;
    const port = certificateArn === null ? listenerPort : httpsPort;
    // EC2 refuses a second rule of the same port and peer.
    if (this.vpcLink === null && port === httpsPort) return;
    allowOut(this, 'load-runner-to-alb', {
      group: this.loadRunner,
      port,
      ...(this.vpcLink === null
        ? { peer: { cidrIpv4: anywhere }, description: 'To the public addresses of the balancer' }
        : { peer: { referencedSecurityGroupId: this.loadBalancer.id }, description: 'To the balancer' }),
    });
  }

  #allowSsh(from: string | null): void {
    if (from === null) return;
    allowIn(this, 'tasks-from-ssh', {
      group: this.tasks,
      port: sshPort,
      peer: { cidrIpv4: from },
      description: 'SSH from given private addresses',
    });
  }

  #allowEndpoints(): void {
    allowOut(this, 'tasks-to-endpoints', {
      group: this.tasks,
      port: httpsPort,
      peer: { referencedSecurityGroupId: this.endpoints.id },
      description: 'To the interface endpoints',
    });
    // The name of an endpoint has its private addresses in the whole VPC, so the load runner meets them too.
    if (this.releaseHook !== null)
      allowOut(this, 'release-hook-to-endpoints', {
        group: this.releaseHook,
        port: httpsPort,
        peer: { referencedSecurityGroupId: this.endpoints.id },
        description: 'To the interface endpoints',
      });
    for (const [name, group] of [
      ['tasks', this.tasks] as const,
      ['load-runner', this.loadRunner] as const,
      ...(this.releaseHook === null ? [] : [['release-hook', this.releaseHook] as const]),
    ])
      allowIn(this, `endpoints-from-${name}`, {
        group: this.endpoints,
        port: httpsPort,
        peer: { referencedSecurityGroupId: group.id },
        description: `From ${name}`,
      });
  }

  #allowAnywhere(description: string): void {
    for (const [name, group] of [
      ['tasks', this.tasks] as const,
      ...(this.releaseHook === null ? [] : [['release-hook', this.releaseHook] as const]),
    ])
      allowOut(this, `${name}-to-anywhere`, {
        group,
        port: httpsPort,
        peer: { cidrIpv4: anywhere },
        description,
      });
  }

  #group(part: string, description: string): SecurityGroup {
    const name = `${resourceNames(this.#environment).prefix}-${part}`;
    return new SecurityGroup(this, part, { name, description, vpcId: this.#vpcId, tags: { Name: name } });
  }
}
