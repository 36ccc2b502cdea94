import { throwIfInterrupted } from '@tideline/process';
import { PipelineError } from '../pipeline-error.ts';
import {
  type ImageChoice,
  type ImageCommand,
  type ImageFacts,
  chooseImage,
  foreseeImage,
} from './image-choice.ts';
import type { ImageInputs } from './image-inputs.ts';
import type { ImageSpec } from './image-spec.ts';
import type { StackImages, StackRun } from '../stacks/stack-tool.ts';
import { type DeployRecord, deployRecord, findOutputs, outputsOf } from '../deployed/environment-state.ts';
import { runningService } from '../deployed/running-service.ts';
import type { Pipeline } from '../pipeline.ts';

/** Which image each app is to run. Every job of a workflow makes the same choice, from what AWS and Git report. */
export class ImageResolver {
  readonly #pipeline: Pipeline;
  readonly #command: ImageCommand;
  readonly #chosen = new Map<string, string>();

  constructor(pipeline: Pipeline, command: ImageCommand) {
    this.#pipeline = pipeline;
    this.#command = command;
  }

  /** Finds out what takes time and needs no registry, so that the choice has it. @returns what it came to */
  async foresee(spec: ImageSpec, run: StackRun): Promise<string> {
    return foreseeImage(await this.#facts(spec, run));
  }

  async choose(spec: ImageSpec, run: StackRun): Promise<ImageChoice> {
    const choice = await chooseImage(await this.#facts(spec, run));
    throwIfInterrupted(run.signal);
    if (choice.kind !== 'build') this.#chosen.set(spec.app, choice.image);
    return choice;
  }

  /** Builds and pushes what was chosen to be built. @returns the image by digest */
  async build(
    spec: ImageSpec,
    { tag, run }: { readonly tag: string; readonly run: StackRun },
  ): Promise<string> {
    const { cloud, imageInputs, imageTool } = this.#pipeline;
    const url = (await outputsOf(this.#pipeline, 'registry'))[spec.urlOutput];
    const { platform, baseImage } = imageInputs;
    const login = await cloud.images.login();
    const pushed = await imageTool.buildAndPush(
      { app: spec.app, build: spec.build, reference: `${url}:${tag}`, platform, baseImage, login },
      run,
    );
    const digest = await cloud.images.digest(spec.repository, tag);
    if (digest === null)
      throw new PipelineError('TL-PIPE-IMAGE', `${url}:${tag} was pushed, and ECR does not have it`);
    if (pushed !== null && pushed !== digest)
      throw new PipelineError(
        'TL-PIPE-IMAGE-DIGEST',
        `${url}:${tag} was pushed as ${pushed}, and ECR has ${digest} under that tag: something else pushed it first, or it was changed on its way. Nothing was registered. See who pushed ${digest} (aws ecr describe-images --repository-name ${spec.repository} --image-ids imageTag=${tag}); delete the tag, and run again`,
      );
    const image = `${url}@${digest}`;
    this.#chosen.set(spec.app, image);
    this.#pipeline.builtImages.set(spec.app, image);
    return image;
  }

  /**
   * The images for the stacks that run them, each of which the registry has by its digest.
   * @throws PipelineError TL-PIPE-ORDER when one is still to be built, TL-PIPE-IMAGE-DIGEST when one is not in the registry any more
   */
  async images(run: StackRun): Promise<StackImages> {
    for (const spec of this.#pipeline.images) {
      if (this.#chosen.has(spec.app)) continue;
      const choice = await this.choose(spec, run);
      if (choice.kind === 'build')
        throw new PipelineError(
          'TL-PIPE-ORDER',
          `the image of ${spec.app} with tag ${choice.tag} is not in the registry. Run step image first: ${this.#command} --from image`,
        );
    }
    for (const image of this.#chosen.values()) await this.#requireInRegistry(image);
    return { image: this.#chosen.get('api'), load_runner_image: this.#chosen.get('load-runner') };
  }

  /** A task definition of an image that cannot be pulled would be registered, and its tasks would never start. */
  async #requireInRegistry(image: string): Promise<void> {
    if (await this.#pipeline.cloud.images.has(image)) return;
    throw new PipelineError(
      'TL-PIPE-IMAGE-DIGEST',
      `the registry does not have ${image}, which the service is to run; nothing was registered. It was deleted, by hand or by a lifecycle rule: change what it is made from, or push it again, and run ${this.#command} again`,
    );
  }

  /** What runs by now, by app. */
  async running(): Promise<Readonly<Record<string, string>>> {
    const images: Record<string, string> = {};
    for (const spec of this.#pipeline.images) {
      const image = await this.#running(spec);
      if (image !== null) images[spec.app] = image;
    }
    return images;
  }

  async #facts(spec: ImageSpec, run: StackRun): Promise<ImageFacts> {
    const { cloud, imageInputs } = this.#pipeline;
    const running = await this.#running(spec);
    const record = await deployRecord(this.#pipeline);
    return {
      command: this.#command,
      running,
      base: this.#pipeline.base ?? record?.commit ?? null,
      sameBuild: isOf(record, { app: spec.app, running, inputs: imageInputs }),
      changedSince: (base) => imageInputs.changedSince(spec, base, run.signal),
      tag: () => imageInputs.tag(spec, run),
      pushed: async (tag) => {
        const url = (await outputsOf(this.#pipeline, 'registry'))[spec.urlOutput];
        const digest = await cloud.images.digest(spec.repository, tag);
        return digest === null ? null : `${url}@${digest}`;
      },
    };
  }

  async #running({ app, taskDefinitionOutput }: ImageSpec): Promise<string | null> {
    const service = await runningService(this.#pipeline);
    if (service === null) return null;
    if (app === 'api') return service.image();
    const taskDefinition = (await findOutputs(this.#pipeline, 'service'))?.[taskDefinitionOutput] ?? null;
    return taskDefinition === null ? null : this.#pipeline.cloud.services.image(taskDefinition, app);
  }
}

/** Whether what runs is what was deployed last, and was built as it would be now. */
const isOf = (
  record: DeployRecord | null,
  {
    app,
    running,
    inputs,
  }: { readonly app: ImageSpec['app']; readonly running: string | null; readonly inputs: ImageInputs },
): boolean =>
  record !== null &&
  record.images[app] === running &&
  record.platform === inputs.platform &&
  record.baseImage === inputs.baseImage;
