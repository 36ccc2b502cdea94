import { ConfigurationError } from './configuration-error.ts';
import type { Environment } from './environment.ts';

/** The repository whose workflows may deploy, and the subjects of the tokens that its jobs show AWS. */
export interface DeployTrust {
  /** `owner/name`. */
  readonly repository: string;
  /** Values of the claim `sub`, each compared as a whole and by case. */
  readonly subjects: readonly string[];
}

type Variables = Readonly<Record<string, string | undefined>>;

/** `owner/name`, or with the ids, as GitHub’s settings show the subject of a repository. */
const repositoryForm = /^(?<owner>[\w.-]+)(?:@(?<ownerId>\d+))?\/(?<name>[\w.-]+)(?:@(?<repositoryId>\d+))?$/;

/**
 * Whom the deploy role trusts; null where GITHUB_REPOSITORY names no repository, so that no workflow gets a role.
 *
 * A job that names an environment says `repo:OWNER@OWNER_ID/NAME@REPOSITORY_ID:environment:ENVIRONMENT` (GitHub changelog of
 * 2026-04-23; GitHub docs, OpenID Connect reference). Every trusted subject names an environment: its rules at GitHub decide
 * which branches and reviewers a job needs. No subject names a branch, for that would pass these rules by.
 * @throws ConfigurationError TL-CONFIG-GITHUB-ID when the repository or its ids are missing, malformed or contradictory
 */
export function deployTrust(
  { delivery, stage }: Pick<Environment, 'delivery' | 'stage'>,
  variables: Variables,
): DeployTrust | null {
  const written = variables.GITHUB_REPOSITORY ?? '';
  if (written === '') return null;
  const parts = repositoryForm.exec(written)?.groups;
  if (parts === undefined)
    throw refusal([
      `GITHUB_REPOSITORY is "${written}"; it must be a repository as owner/name. Leave it out to give no workflow a role`,
    ]);
  const { owner = '', name = '' } = parts;
  const repository = `${owner}/${name}`;
  const gitHubEnvironment = delivery.environment ?? stage;
  const named =
    delivery.subject === 'names'
      ? requireNoIds(delivery, repository)
      : withIds({ owner, name }, [
          idOf('owner', repository, [
            ['delivery.ownerId', delivery.ownerId?.toString()],
            ['GITHUB_REPOSITORY_OWNER_ID', variables.GITHUB_REPOSITORY_OWNER_ID],
            ['GITHUB_REPOSITORY', parts.ownerId],
          ]),
          idOf('repository', repository, [
            ['delivery.repositoryId', delivery.repositoryId?.toString()],
            ['GITHUB_REPOSITORY_ID', variables.GITHUB_REPOSITORY_ID],
            ['GITHUB_REPOSITORY', parts.repositoryId],
          ]),
        ]);
  // Destroying has an environment of its own, so that it can need a consent that deploying does not.
  const environments = [gitHubEnvironment, `${gitHubEnvironment}-destroy`];
  return { repository, subjects: environments.map((one) => `repo:${named}:environment:${one}`) };
}

type Id = { readonly id: string } | { readonly problem: string };

function withIds(
  { owner, name }: { readonly owner: string; readonly name: string },
  [ownerId, repositoryId]: readonly [Id, Id],
): string {
  if ('id' in ownerId && 'id' in repositoryId) return `${owner}@${ownerId.id}/${name}@${repositoryId.id}`;
  throw refusal([ownerId, repositoryId].flatMap((id) => ('problem' in id ? [id.problem] : [])));
}

/** The one id that the sources agree on. */
function idOf(
  what: 'owner' | 'repository',
  repository: string,
  sources: readonly (readonly [source: string, value: string | undefined])[],
): Id {
  const given = sources.filter(([, value]) => value !== undefined && value !== '');
  const [first, ...rest] = given;
  const find = `Find both ids: gh api repos/${repository} --jq '.id,.owner.id' prints that of the repository, then that of its owner`;
  if (first === undefined) {
    const [setting, variable] = sources.map(([source]) => source);
    return {
      problem: `GITHUB_REPOSITORY is ${repository}, and the id of its ${what === 'owner' ? 'owner' : 'repository'} is given by neither ${variable ?? ''} nor ${setting ?? ''}; tokens of GitHub carry both ids, so that a recycled name does not match. ${find}, and set them. Only where the repository’s tokens carry names alone, set delivery.subject to names`,
    };
  }
  const [source, id = ''] = first;
  if (!/^[1-9]\d{0,18}$/.test(id))
    return { problem: `${source} is "${id}"; it must be the number of the ${what}. ${find}` };
  const other = rest.find(([, value]) => value !== id);
  if (other !== undefined)
    return {
      problem: `${source} gives the ${what} the id ${id}, and ${other[0]} gives it ${other[1] ?? ''}. Remove the wrong one. ${find}`,
    };
  return { id };
}

/** Names alone, where the description gives no ids that would be left out. */
function requireNoIds({ repositoryId, ownerId }: Environment['delivery'], repository: string): string {
  if (repositoryId === null && ownerId === null) return repository;
  throw refusal([
    `delivery.subject is "names", and ${repositoryId === null ? 'delivery.ownerId' : 'delivery.repositoryId'} is ${repositoryId ?? ownerId ?? ''}; a subject of names alone carries no id. Set delivery.subject to ids, or both ids to null`,
  ]);
}

const refusal = (messages: readonly string[]): ConfigurationError =>
  new ConfigurationError(messages.map((message) => ({ code: 'TL-CONFIG-GITHUB-ID', path: '', message })));
