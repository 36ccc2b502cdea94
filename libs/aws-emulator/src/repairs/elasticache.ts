import * as z from 'zod';
import { type AwsRequest } from '../gateway/aws-request.ts';
import { formList, queryAnswer, queryError } from '../gateway/query-xml.ts';
import { type Repair } from '../gateway/repair.ts';

const service = 'elasticache';
const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((value) => value === 'true');

const groupFields = z.object({
  ReplicationGroupId: z.string(),
  ReplicationGroupDescription: z.string(),
  NumCacheClusters: z.coerce.number().default(1),
  CacheNodeType: z.string(),
  CacheParameterGroupName: z.string().default('default.redis7'),
  CacheSubnetGroupName: z.string().default('default'),
  Engine: z.string().default('redis'),
  EngineVersion: z.string().default('7.1'),
  Port: z.coerce.number().default(6379),
  AutomaticFailoverEnabled: flag,
  MultiAZEnabled: flag,
  AtRestEncryptionEnabled: flag,
  TransitEncryptionEnabled: flag,
  TransitEncryptionMode: z.string().default('required'),
  AuthToken: z.string().optional(),
  SnapshotRetentionLimit: z.coerce.number().default(0),
  SnapshotWindow: z.string().default('05:00-06:00'),
});
type Group = z.output<typeof groupFields> & { readonly securityGroupIds: readonly string[] };

interface Subnets {
  readonly name: string;
  readonly description: string;
  readonly subnetIds: readonly string[];
}

const account = '123456789012';
const arn = (kind: string, name: string): string =>
  `arn:aws:elasticache:us-east-1:${account}:${kind}:${name}`;
const enabled = (on: boolean): string => (on ? 'enabled' : 'disabled');

const text = ({ parameters }: AwsRequest, name: string): string | undefined => {
  const value = parameters[name];
  return typeof value === 'string' ? value : undefined;
};

/**
 * Replication groups and their subnet groups. Moto counts one member whatever was asked, does not know a member by its name,
 * and deletes neither; the gateway keeps all of them itself.
 */
export function elasticacheRepairs(): readonly Repair[] {
  const groups = new Map<string, Group>();
  const subnetGroups = new Map<string, Subnets>();
  const tags = new Map<string, ReadonlyMap<string, string>>();

  const on = (
    operation: string,
    aws: string,
    answer: (request: AwsRequest) => ReturnType<typeof queryAnswer>,
  ): Repair => ({ service, operation, aws, answer: (request) => Promise.resolve(answer(request)) });

  const tag = (resource: string, request: AwsRequest): void => {
    const named = formPairs(request, 'Tags.Tag');
    if (named.length > 0) tags.set(resource, new Map([...(tags.get(resource) ?? []), ...named]));
  };
  const tagList = (resource: string) => ({
    TagList: { Tag: [...(tags.get(resource) ?? [])].map(([Key, Value]) => ({ Key, Value })) },
  });
  const missing = (name: string) =>
    queryError(404, 'ReplicationGroupNotFoundFault', `ReplicationGroup ${name} not found.`);

  return [
    on('CreateReplicationGroup', 'a group of as many members as were asked for', (request) => {
      const group = {
        ...groupFields.parse(request.parameters),
        securityGroupIds: formList(request.parameters, 'SecurityGroupIds.SecurityGroupId'),
      };
      groups.set(group.ReplicationGroupId, group);
      tag(arn('replicationgroup', group.ReplicationGroupId), request);
      return queryAnswer('CreateReplicationGroup', { ReplicationGroup: described(group) });
    }),
    on('ModifyReplicationGroup', 'changes what the call names', (request) => {
      const name = text(request, 'ReplicationGroupId') ?? '';
      const before = groups.get(name);
      if (before === undefined) return missing(name);
      const group = { ...before, ...groupFields.parse({ ...formOf(before), ...request.parameters }) };
      groups.set(name, group);
      return queryAnswer('ModifyReplicationGroup', { ReplicationGroup: described(group) });
    }),
    on('DescribeReplicationGroups', 'the groups, with all of their members', (request) => {
      const name = text(request, 'ReplicationGroupId');
      const found = [...groups.values()].filter(
        ({ ReplicationGroupId }) => name === undefined || ReplicationGroupId === name,
      );
      if (name !== undefined && found.length === 0) return missing(name);
      return queryAnswer('DescribeReplicationGroups', {
        ReplicationGroups: { ReplicationGroup: found.map(described) },
      });
    }),
    on('DeleteReplicationGroup', 'deletes the group with its members', (request) => {
      const name = text(request, 'ReplicationGroupId') ?? '';
      const group = groups.get(name);
      if (group === undefined) return missing(name);
      groups.delete(name);
      return queryAnswer('DeleteReplicationGroup', { ReplicationGroup: described(group) });
    }),
    on('DescribeCacheClusters', 'a member of a replication group is a cluster too', (request) => {
      const name = text(request, 'CacheClusterId');
      const clusters = [...groups.values()]
        .flatMap((group) => members(group).map((id) => cluster(group, id)))
        .filter(({ CacheClusterId }) => name === undefined || CacheClusterId === name);
      if (name !== undefined && clusters.length === 0)
        return queryError(404, 'CacheClusterNotFound', `CacheCluster not found: ${name}`);
      return queryAnswer('DescribeCacheClusters', { CacheClusters: { CacheCluster: clusters } });
    }),
    on('CreateCacheSubnetGroup', 'keeps the group', (request) => {
      const group = subnetsOf(request);
      subnetGroups.set(group.name, group);
      tag(arn('subnetgroup', group.name), request);
      return queryAnswer('CreateCacheSubnetGroup', { CacheSubnetGroup: describedSubnets(group) });
    }),
    on('DescribeCacheSubnetGroups', 'the groups that were not deleted', (request) => {
      const name = text(request, 'CacheSubnetGroupName');
      const found = [...subnetGroups.values()].filter((group) => name === undefined || group.name === name);
      if (name !== undefined && found.length === 0)
        return queryError(400, 'CacheSubnetGroupNotFoundFault', `CacheSubnetGroup ${name} not found.`);
      return queryAnswer('DescribeCacheSubnetGroups', {
        CacheSubnetGroups: { CacheSubnetGroup: found.map(describedSubnets) },
      });
    }),
    on('DeleteCacheSubnetGroup', 'deletes the group', (request) => {
      subnetGroups.delete(text(request, 'CacheSubnetGroupName') ?? '');
      return queryAnswer('DeleteCacheSubnetGroup', {});
    }),
    on('AddTagsToResource', 'adds the tags', (request) => {
      const resource = text(request, 'ResourceName') ?? '';
      tag(resource, request);
      return queryAnswer('AddTagsToResource', tagList(resource));
    }),
    on('RemoveTagsFromResource', 'removes the tags', (request) => {
      const resource = text(request, 'ResourceName') ?? '';
      const removed = formList(request.parameters, 'TagKeys.member');
      tags.set(resource, new Map([...(tags.get(resource) ?? [])].filter(([key]) => !removed.includes(key))));
      return queryAnswer('RemoveTagsFromResource', tagList(resource));
    }),
    on('ListTagsForResource', 'the tags', (request) =>
      queryAnswer('ListTagsForResource', tagList(text(request, 'ResourceName') ?? '')),
    ),
  ];
}

/** As a form would have named the group’s fields. */
const formOf = (group: Group): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(group).flatMap(([name, value]) =>
      value === undefined || name === 'securityGroupIds' ? [] : [[name, String(value)]],
    ),
  );

const members = ({ ReplicationGroupId, NumCacheClusters }: Group): readonly string[] =>
  Array.from(
    { length: NumCacheClusters },
    (_, index) => `${ReplicationGroupId}-${String(index + 1).padStart(3, '0')}`,
  );

const host = (group: Group, part: string) => ({
  Address: `${part}.${group.ReplicationGroupId}.abc123.use1.cache.amazonaws.com`,
  Port: group.Port,
});

const described = (group: Group) => ({
  ReplicationGroupId: group.ReplicationGroupId,
  Description: group.ReplicationGroupDescription,
  Status: 'available',
  ARN: arn('replicationgroup', group.ReplicationGroupId),
  MemberClusters: { ClusterId: members(group) },
  NodeGroups: {
    NodeGroup: {
      NodeGroupId: '0001',
      Status: 'available',
      PrimaryEndpoint: host(group, 'master'),
      ReaderEndpoint: host(group, 'replica'),
      NodeGroupMembers: {
        NodeGroupMember: members(group).map((CacheClusterId, index) => ({
          CacheClusterId,
          CacheNodeId: '0001',
          CurrentRole: index === 0 ? 'primary' : 'replica',
        })),
      },
    },
  },
  AutomaticFailover: enabled(group.AutomaticFailoverEnabled),
  MultiAZ: enabled(group.MultiAZEnabled),
  ClusterEnabled: false,
  ClusterMode: 'disabled',
  CacheNodeType: group.CacheNodeType,
  Engine: group.Engine,
  SnapshotRetentionLimit: group.SnapshotRetentionLimit,
  SnapshotWindow: group.SnapshotWindow,
  DataTiering: 'disabled',
  NetworkType: 'ipv4',
  IpDiscovery: 'ipv4',
  AutoMinorVersionUpgrade: true,
  ...encryption(group),
});

const cluster = (group: Group, CacheClusterId: string) => ({
  CacheClusterId,
  ARN: arn('cluster', CacheClusterId),
  ReplicationGroupId: group.ReplicationGroupId,
  CacheClusterStatus: 'available',
  CacheNodeType: group.CacheNodeType,
  Engine: group.Engine,
  // A version of two parts is answered with the patch that runs.
  EngineVersion: `${group.EngineVersion}.0`,
  NumCacheNodes: 1,
  PreferredMaintenanceWindow: 'sun:05:00-sun:06:00',
  CacheSubnetGroupName: group.CacheSubnetGroupName,
  AutoMinorVersionUpgrade: true,
  SecurityGroups: {
    member: group.securityGroupIds.map((SecurityGroupId) => ({ SecurityGroupId, Status: 'active' })),
  },
  CacheParameterGroup: {
    CacheParameterGroupName: group.CacheParameterGroupName,
    ParameterApplyStatus: 'in-sync',
  },
  ...encryption(group),
});

const encryption = (group: Group) => ({
  AuthTokenEnabled: group.AuthToken !== undefined,
  AtRestEncryptionEnabled: group.AtRestEncryptionEnabled,
  TransitEncryptionEnabled: group.TransitEncryptionEnabled,
  TransitEncryptionMode: group.TransitEncryptionMode,
});

const subnetsOf = (request: AwsRequest): Subnets => ({
  name: text(request, 'CacheSubnetGroupName') ?? '',
  description: text(request, 'CacheSubnetGroupDescription') ?? '',
  subnetIds: formList(request.parameters, 'SubnetIds.SubnetIdentifier'),
});

const describedSubnets = ({ name, description, subnetIds }: Subnets) => ({
  CacheSubnetGroupName: name,
  CacheSubnetGroupDescription: description,
  ARN: arn('subnetgroup', name),
  VpcId: 'vpc-of-the-subnets',
  Subnets: { Subnet: subnetIds.map((SubnetIdentifier) => ({ SubnetIdentifier })) },
});

function formPairs(request: AwsRequest, prefix: string): readonly (readonly [string, string])[] {
  const pairs: (readonly [string, string])[] = [];
  for (let index = 1; ; index += 1) {
    const key = text(request, `${prefix}.${index}.Key`);
    if (key === undefined) return pairs;
    pairs.push([key, text(request, `${prefix}.${index}.Value`) ?? '']);
  }
}
