import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group/index.js';
import { Eip } from '@cdktf/provider-aws/lib/eip/index.js';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway/index.js';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway/index.js';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association/index.js';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table/index.js';
import { Route } from '@cdktf/provider-aws/lib/route/index.js';
import { Subnet } from '@cdktf/provider-aws/lib/subnet/index.js';
import { Vpc } from '@cdktf/provider-aws/lib/vpc/index.js';
import { type Environment, type ZonePlan, networkPlan, resourceNames } from '@tideline/config';
import { Construct } from 'constructs';

const anywhere = '0.0.0.0/0';

/** A VPC with a public and a private subnet per zone. The private ones have a default route only with `egress: nat`. */
export class VpcNetwork extends Construct {
  readonly vpcId: string;
  readonly publicSubnetIds: string[] = [];
  readonly privateSubnetIds: string[] = [];
  readonly privateRouteTableIds: string[] = [];
  readonly #prefix: string;
  readonly #gateway: InternetGateway;
  readonly #publicRoutes: RouteTable;

  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    this.#prefix = resourceNames(environment).prefix;
    const vpc = new Vpc(this, 'vpc', {
      cidrBlock: environment.network.vpcCidr,
      // Interface endpoints are found by the names of the services they stand for.
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: this.#named(),
    });
    this.vpcId = vpc.id;
    // A group without rules: what forgets to name a group of its own reaches nothing.
    new DefaultSecurityGroup(this, 'default-group', { vpcId: vpc.id });
    this.#gateway = new InternetGateway(this, 'internet-gateway', { vpcId: vpc.id, tags: this.#named() });
    this.#publicRoutes = new RouteTable(this, 'public-routes', {
      vpcId: vpc.id,
      tags: this.#named('public'),
    });
    new Route(this, 'public-default', {
      routeTableId: this.#publicRoutes.id,
      destinationCidrBlock: anywhere,
      gatewayId: this.#gateway.id,
    });
    for (const zone of networkPlan(environment)) this.#addZone(zone, environment.network.egress);
  }

  #addZone(plan: ZonePlan, egress: Environment['network']['egress']): void {
    const { letter, zone } = plan;
    const publicSubnet = new Subnet(this, `public-${letter}`, {
      vpcId: this.vpcId,
      availabilityZone: zone,
      cidrBlock: plan.publicCidr,
      mapPublicIpOnLaunch: false,
      tags: this.#named(`public-${letter}`),
    });
    new RouteTableAssociation(this, `public-${letter}-routes`, {
      subnetId: publicSubnet.id,
      routeTableId: this.#publicRoutes.id,
    });
    const privateSubnet = new Subnet(this, `private-${letter}`, {
      vpcId: this.vpcId,
      availabilityZone: zone,
      cidrBlock: plan.privateCidr,
      mapPublicIpOnLaunch: false,
      tags: this.#named(`private-${letter}`),
    });
    const routes = new RouteTable(this, `private-${letter}-routes`, {
      vpcId: this.vpcId,
      tags: this.#named(`private-${letter}`),
    });
    new RouteTableAssociation(this, `private-${letter}-association`, {
      subnetId: privateSubnet.id,
      routeTableId: routes.id,
    });
    if (egress === 'nat') this.#addNatGateway(letter, { publicSubnet, routes });
    this.publicSubnetIds.push(publicSubnet.id);
    this.privateSubnetIds.push(privateSubnet.id);
    this.privateRouteTableIds.push(routes.id);
  }

  /** One per zone, so that the loss of a zone takes no other zone’s way out. */
  #addNatGateway(letter: string, to: { readonly publicSubnet: Subnet; readonly routes: RouteTable }): void {
    const address = new Eip(this, `nat-${letter}-address`, {
      domain: 'vpc',
      tags: this.#named(`nat-${letter}`),
    });
    const nat = new NatGateway(this, `nat-${letter}`, {
      allocationId: address.allocationId,
      subnetId: to.publicSubnet.id,
      tags: this.#named(`nat-${letter}`),
      dependsOn: [this.#gateway],
    });
    new Route(this, `private-${letter}-default`, {
      routeTableId: to.routes.id,
      destinationCidrBlock: anywhere,
      natGatewayId: nat.id,
    });
  }

  #named(part?: string): { Name: string } {
    return { Name: part === undefined ? this.#prefix : `${this.#prefix}-${part}` };
  }
}
