import { resourceNames } from '@tideline/config';
import { ImageRepository, type StackContext, connectStack, declareOutputs } from '@tideline/infra';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

/** Where images are pushed to and pulled from. */
export class RegistryStack extends TerraformStack {
  readonly app: ImageRepository;
  readonly loadRunner: ImageRepository;

  constructor(scope: Construct, context: StackContext) {
    super(scope, 'registry');
    connectStack(this, 'registry', context);
    const { environment } = context;
    const names = resourceNames(environment);
    const isProtected = environment.protection.images;
    this.app = new ImageRepository(this, 'app', { name: names.appRepository, isProtected });
    this.loadRunner = new ImageRepository(this, 'load-runner', {
      name: names.loadRunnerRepository,
      isProtected,
    });
    declareOutputs(this, 'registry', {
      appRepositoryUrl: this.app.url,
      loadRunnerRepositoryUrl: this.loadRunner.url,
    });
  }
}
