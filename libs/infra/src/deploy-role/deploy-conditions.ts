import type { DeployScope } from './deploy-scope.ts';

/** Tags by which everything of an environment is known. */
export interface OwnTags {
  readonly project: string;
  readonly stage: string;
}

const tagsUnder = (key: string, { project, stage }: OwnTags) => ({
  [`${key}/project`]: project,
  [`${key}/stage`]: stage,
});

/** What exists already, and carries the environment’s tags. */
export const ownResource = ({ region }: DeployScope, tags: OwnTags) => ({
  StringEquals: { 'aws:RequestedRegion': region, ...tagsUnder('aws:ResourceTag', tags) },
});

/**
 * The environment’s tags on what one of these calls is making, and on nothing that exists: who could tag anything could make
 * anything the environment’s own (EC2 guide, grant permission to tag resources during creation).
 */
export const tagWhatIsMade = (tags: OwnTags, createActions: readonly string[]) => ({
  StringEquals: { 'ec2:CreateAction': createActions, ...tagsUnder('aws:RequestTag', tags) },
});

/** The environment’s tags on what carries none of any project. */
export const tagWhatIsNobodys = (tags: OwnTags) => ({
  StringEquals: tagsUnder('aws:RequestTag', tags),
  Null: { 'aws:ResourceTag/project': 'true' },
});

/** Every EC2 resource of these types in the environment’s account and Region, since EC2 makes their ids up. */
export const ec2Types = ({ region, accountId }: DeployScope, types: readonly string[]): readonly string[] =>
  types.map((type) => `arn:aws:ec2:${region}:${accountId}:${type}/*`);
