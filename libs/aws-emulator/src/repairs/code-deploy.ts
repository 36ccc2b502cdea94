import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { type AwsRequest } from '../gateway/aws-request.ts';
import { type Repair } from '../gateway/repair.ts';

export const codeDeployService = 'codedeploy';

const named = z.looseObject({ applicationName: z.string() });
const groupNamed = z.looseObject({ applicationName: z.string(), deploymentGroupName: z.string() });
const configurationNamed = z.looseObject({ deploymentConfigName: z.string() });
const listenerRoute = z.object({ listenerArns: z.array(z.string()) });

/** The part of a deployment group that a release goes by; the rest is kept as it came. */
const deploymentGroup = z.looseObject({
  applicationName: z.string(),
  deploymentGroupName: z.string(),
  deploymentGroupId: z.string(),
  ecsServices: z.array(z.object({ serviceName: z.string(), clusterName: z.string() })),
  alarmConfiguration: z
    .object({ enabled: z.boolean(), alarms: z.array(z.object({ name: z.string() })) })
    .optional(),
  loadBalancerInfo: z.object({
    targetGroupPairInfoList: z
      .array(
        z.object({
          prodTrafficRoute: listenerRoute,
          testTrafficRoute: listenerRoute.optional(),
          targetGroups: z.array(z.object({ name: z.string() })),
        }),
      )
      .min(1),
  }),
});
export type DeploymentGroup = z.infer<typeof deploymentGroup>;

/** What CodeDeploy knows, beyond its deployments. */
export class CodeDeployAccount {
  readonly applications = new Map<string, Readonly<Record<string, unknown>>>();
  readonly groups = new Map<string, DeploymentGroup>();
  readonly configurations = new Map<string, Readonly<Record<string, unknown>>>();
  readonly tags = new Map<string, Readonly<Record<string, string>>>();
  /** Id of the deployment that each group was last asked for. */
  readonly lastAttempted = new Map<string, string>();
}

export const success = (body: unknown) => Promise.resolve({ status: 200, body: JSON.stringify(body) });
export const refusal = (type: string, message: string) =>
  Promise.resolve({ status: 400, body: JSON.stringify({ __type: type, message }) });

/** CodeDeploy’s times are seconds since 1970. */
export const epochSeconds = (): number => Math.floor(Date.now() / 1000);

export const groupKey = (application: string, group: string): string => `${application}/${group}`;

/**
 * CodeDeploy’s applications, deployment groups and configurations. Moto writes their times as text, which no SDK reads, deletes
 * none of them, forgets the alarms of a group, and knows no configuration: here they are the gateway’s own.
 */
export function codeDeployRepairs(account: CodeDeployAccount): readonly Repair[] {
  const answer = (
    operation: string,
    aws: string,
    own: (request: AwsRequest) => ReturnType<Repair['answer']>,
  ) => ({
    service: codeDeployService,
    operation,
    aws,
    answer: own,
  });
  return [
    ...applicationRepairs(account, answer),
    ...groupRepairs(account, answer),
    ...configurationRepairs(account, answer),
    ...tagRepairs(account, answer),
  ];
}

type Answer = (
  operation: string,
  aws: string,
  own: (request: AwsRequest) => ReturnType<Repair['answer']>,
) => Repair;

const noApplication = (name: string) =>
  refusal('ApplicationDoesNotExistException', `No application found for name: ${name}`);
const noGroup = (name: string) =>
  refusal('DeploymentGroupDoesNotExistException', `No Deployment Group found for name: ${name}`);

const applicationRepairs = ({ applications, tags }: CodeDeployAccount, answer: Answer): readonly Repair[] => [
  answer('CreateApplication', 'an application, once per name', ({ parameters }) => {
    const { applicationName, computePlatform, tags: given } = parameters;
    const name = String(applicationName);
    if (applications.has(name))
      return refusal('ApplicationAlreadyExistsException', `Application already exists: ${name}`);
    const applicationId = randomUUID();
    applications.set(name, {
      applicationId,
      applicationName,
      computePlatform,
      createTime: epochSeconds(),
      linkedToGitHub: false,
    });
    tags.set(`application:${name}`, tagRecord(given));
    return success({ applicationId });
  }),
  answer('GetApplication', 'the application, its times as numbers', ({ parameters }) => {
    const { applicationName } = named.parse(parameters);
    const application = applications.get(applicationName);
    return application === undefined ? noApplication(applicationName) : success({ application });
  }),
  answer('ListApplications', 'names of applications', () =>
    success({ applications: [...applications.keys()] }),
  ),
  answer('DeleteApplication', 'deletes it', ({ parameters }) => {
    const { applicationName } = named.parse(parameters);
    applications.delete(applicationName);
    tags.delete(`application:${applicationName}`);
    return success({});
  }),
];

const groupRepairs = (
  { applications, groups, tags, lastAttempted }: CodeDeployAccount,
  answer: Answer,
): readonly Repair[] => [
  answer('CreateDeploymentGroup', 'a group, with its alarms', ({ parameters }) => {
    const { applicationName, deploymentGroupName } = groupNamed.parse(parameters);
    if (!applications.has(applicationName)) return noApplication(applicationName);
    const { tags: given, ...settings } = parameters;
    const deploymentGroupId = randomUUID();
    const key = groupKey(applicationName, deploymentGroupName);
    groups.set(
      key,
      deploymentGroup.parse({
        outdatedInstancesStrategy: 'UPDATE',
        ...settings,
        deploymentGroupId,
        computePlatform: 'ECS',
      }),
    );
    tags.set(`deploymentgroup:${key}`, tagRecord(given));
    return success({ deploymentGroupId });
  }),
  answer('GetDeploymentGroup', 'the group as it was asked for, and its last deployment', ({ parameters }) => {
    const { applicationName, deploymentGroupName } = groupNamed.parse(parameters);
    const key = groupKey(applicationName, deploymentGroupName);
    const group = groups.get(key);
    if (group === undefined) return noGroup(deploymentGroupName);
    const deploymentId = lastAttempted.get(key);
    return success({
      deploymentGroupInfo: {
        ...group,
        ...(deploymentId === undefined ? {} : { lastAttemptedDeployment: { deploymentId } }),
      },
    });
  }),
  answer('UpdateDeploymentGroup', 'changes what is named', ({ parameters }) => {
    const { currentDeploymentGroupName, newDeploymentGroupName, ...changes } = parameters;
    const name = String(currentDeploymentGroupName);
    const key = groupKey(String(changes.applicationName), name);
    const group = groups.get(key);
    if (group === undefined) return noGroup(name);
    const deploymentGroupName = typeof newDeploymentGroupName === 'string' ? newDeploymentGroupName : name;
    groups.delete(key);
    groups.set(
      groupKey(group.applicationName, deploymentGroupName),
      deploymentGroup.parse({ ...group, ...changes, deploymentGroupName }),
    );
    return success({ hooksNotCleanedUp: [] });
  }),
  answer('DeleteDeploymentGroup', 'deletes it; moto answers 500', ({ parameters }) => {
    const { applicationName, deploymentGroupName } = groupNamed.parse(parameters);
    const key = groupKey(applicationName, deploymentGroupName);
    groups.delete(key);
    lastAttempted.delete(key);
    tags.delete(`deploymentgroup:${key}`);
    return success({ hooksNotCleanedUp: [] });
  }),
];

const configurationRepairs = (
  { configurations, groups }: CodeDeployAccount,
  answer: Answer,
): readonly Repair[] => [
  answer('CreateDeploymentConfig', 'keeps a configuration', ({ parameters }) => {
    const { deploymentConfigName } = configurationNamed.parse(parameters);
    const deploymentConfigId = randomUUID();
    configurations.set(deploymentConfigName, {
      ...parameters,
      deploymentConfigId,
      createTime: epochSeconds(),
    });
    return success({ deploymentConfigId });
  }),
  answer('GetDeploymentConfig', 'the configuration', ({ parameters }) => {
    const { deploymentConfigName } = configurationNamed.parse(parameters);
    const deploymentConfigInfo = configurations.get(deploymentConfigName);
    return deploymentConfigInfo === undefined
      ? refusal(
          'DeploymentConfigDoesNotExistException',
          `No Deployment Configuration found for name: ${deploymentConfigName}`,
        )
      : success({ deploymentConfigInfo });
  }),
  answer('DeleteDeploymentConfig', 'refuses while a group uses it', ({ parameters }) => {
    const { deploymentConfigName } = configurationNamed.parse(parameters);
    if ([...groups.values()].some((group) => group.deploymentConfigName === deploymentConfigName))
      return refusal('DeploymentConfigInUseException', `${deploymentConfigName} is in use`);
    configurations.delete(deploymentConfigName);
    return success({});
  }),
];

const tagRepairs = ({ tags }: CodeDeployAccount, answer: Answer): readonly Repair[] => [
  answer('ListTagsForResource', 'the tags', ({ parameters }) =>
    success({
      Tags: Object.entries(tags.get(resourceOf(parameters)) ?? {}).map(([Key, Value]) => ({ Key, Value })),
    }),
  ),
  answer('TagResource', 'adds the tags', ({ parameters }) => {
    const resource = resourceOf(parameters);
    tags.set(resource, { ...tags.get(resource), ...tagRecord(parameters.Tags) });
    return success({});
  }),
  answer('UntagResource', 'removes the tags', ({ parameters }) => {
    const resource = resourceOf(parameters);
    const keys = z.array(z.string()).parse(parameters.TagKeys);
    const kept = Object.entries(tags.get(resource) ?? {}).filter(([key]) => !keys.includes(key));
    tags.set(resource, Object.fromEntries(kept));
    return success({});
  }),
];

/** What follows the account in an ARN of CodeDeploy. */
const resourceOf = ({ ResourceArn }: AwsRequest['parameters']): string =>
  String(ResourceArn).split(':').slice(5).join(':');

const tagRecord = (given: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    z
      .array(z.object({ Key: z.string(), Value: z.string() }))
      .parse(given ?? [])
      .map(({ Key, Value }) => [Key, Value]),
  );
