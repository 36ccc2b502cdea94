import {
  BatchDeleteImageCommand,
  DescribeImagesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
  ListImagesCommand,
} from '@aws-sdk/client-ecr';
import type { ClientSettings } from './client-settings.ts';

/** What a container engine needs to push. */
export interface RegistryLogin {
  readonly username: string;
  readonly password: string;
}

/** The account’s image repositories. */
export interface ImageRegistry {
  /** Digest of a tag; null when the repository or the tag does not exist. */
  digest(repository: string, tag: string): Promise<string | null>;
  /** Whether an image by tag or digest is there; one of another registry is taken to be. */
  has(image: string): Promise<boolean>;
  login(): Promise<RegistryLogin>;
  /** Deletes every image of a repository. @returns how many; 0 when the repository does not exist */
  empty(repository: string): Promise<number>;
}

/** BatchDeleteImage takes so many at once. */
const batchSize = 100;

const isMissing = (error: unknown): boolean =>
  error instanceof Error && ['RepositoryNotFoundException', 'ImageNotFoundException'].includes(error.name);

export function ecrImageRegistry(settings: ClientSettings): ImageRegistry {
  const client = new ECRClient(settings);
  return {
    digest: async (repositoryName, imageTag) => {
      try {
        const { imageDetails = [] } = await client.send(
          new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag }] }),
        );
        return imageDetails[0]?.imageDigest ?? null;
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    has: async (image) => {
      const [, repositoryName, imageTag, imageDigest] =
        /^\d{12}\.dkr\.ecr\.[^/]+\/([^:@]+)(?::([^@]+))?(?:@(.+))?$/.exec(image) ?? [];
      if (repositoryName === undefined) return true;
      const imageIds = [imageDigest === undefined ? { imageTag: imageTag ?? 'latest' } : { imageDigest }];
      try {
        await client.send(new DescribeImagesCommand({ repositoryName, imageIds }));
        return true;
      } catch (error) {
        if (isMissing(error)) return false;
        throw error;
      }
    },
    login: async () => {
      const { authorizationData = [] } = await client.send(new GetAuthorizationTokenCommand({}));
      const token = Buffer.from(authorizationData[0]?.authorizationToken ?? '', 'base64').toString('utf8');
      const colon = token.indexOf(':');
      return { username: token.slice(0, colon), password: token.slice(colon + 1) };
    },
    empty: async (repositoryName) => {
      let deleted = 0;
      for (;;) {
        const imageIds = await imageBatch(client, repositoryName);
        if (imageIds.length === 0) return deleted;
        const { failures = [] } = await client.send(
          new BatchDeleteImageCommand({ repositoryName, imageIds }),
        );
        // An image that a manifest list refers to goes once the list is gone, in the next round.
        if (failures.length >= imageIds.length)
          throw new Error(
            `ECR kept ${failures.length} images of ${repositoryName}: ${failures[0]?.failureReason ?? ''}`,
          );
        deleted += imageIds.length - failures.length;
      }
    },
  };
}

async function imageBatch(client: ECRClient, repositoryName: string) {
  try {
    const { imageIds = [] } = await client.send(
      new ListImagesCommand({ repositoryName, maxResults: batchSize }),
    );
    const digests = new Set(imageIds.map(({ imageDigest }) => imageDigest));
    return [...digests].filter((digest) => digest !== undefined).map((imageDigest) => ({ imageDigest }));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
