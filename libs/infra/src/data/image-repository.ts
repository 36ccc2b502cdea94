import { EcrLifecyclePolicy } from '@cdktf/provider-aws/lib/ecr-lifecycle-policy/index.js';
import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository/index.js';
import { Fn, TerraformLocal, TerraformVariable } from 'cdktf';
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

/** Input variables of stacks that name images. */
export interface ImageInput {
  readonly variable: 'image' | 'load_runner_image';
  /** @default the repository’s own */
  readonly named: string | null;
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

  /**
   * The image that a stack runs, as an input variable of it, because an image is built after its stack is synthesised. Where
   * the variable is not set: the image that is named here, or the repository’s own of the tag `bootstrap` where none is.
   */
  image(scope: Construct, { variable, named }: ImageInput): string {
    const input = new TerraformVariable(scope, `${variable}-input`, {
      type: 'string',
      default: named ?? '',
      description: 'Image by digest. Default: the tag bootstrap of the environment’s own repository.',
    });
    input.overrideLogicalId(variable);
    // A plain reference stays readable within the JSON and the scripts that hold it.
    const local = new TerraformLocal(
      scope,
      variable,
      Fn.coalesce([input.stringValue, `${this.url}:${bootstrapTag}`]),
    );
    return local.asString;
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
