import { EcrLifecyclePolicy } from '@cdktf/provider-aws/lib/ecr-lifecycle-policy/index.js';
import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository/index.js';
import { Construct } from 'constructs';

/** Images kept for going back; older ones are deleted. */
const keptImages = 20;
/** Days after which layers that no tag names are deleted. */
const untaggedDays = 7;

/** Tag that an image has until a deploy has built one; nothing is ever pushed over it, as tags are immutable. */
const bootstrapTag = 'bootstrap';

export interface ImageRepositoryProps {
  readonly name: string;
  /** Refuses to delete the repository while it holds images. */
  readonly isProtected: boolean;
}

/** A repository whose tags never move, scanned at each push, that forgets old images. */
export class ImageRepository extends Construct {
  readonly arn: string;
  readonly url: string;

  constructor(scope: Construct, id: string, { name, isProtected }: ImageRepositoryProps) {
    super(scope, id);
    const repository = new EcrRepository(this, 'repository', {
      name,
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: 'AES256' }],
      forceDelete: !isProtected,
    });
    new EcrLifecyclePolicy(this, 'lifecycle', {
      repository: repository.name,
      policy: JSON.stringify({ rules: [expireUntagged, keepLatest] }),
    });
    this.arn = repository.arn;
    this.url = repository.repositoryUrl;
  }

  /** The image that is named, or the repository’s own of the tag `bootstrap` where none is. */
  image(name: string | null): string {
    return name ?? `${this.url}:${bootstrapTag}`;
  }
}

const expireUntagged = {
  rulePriority: 1,
  description: `Delete untagged images after ${untaggedDays} days`,
  selection: {
    tagStatus: 'untagged',
    countType: 'sinceImagePushed',
    countUnit: 'days',
    countNumber: untaggedDays,
  },
  action: { type: 'expire' },
};

const keepLatest = {
  rulePriority: 2,
  description: `Keep the latest ${keptImages} images`,
  selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: keptImages },
  action: { type: 'expire' },
};
