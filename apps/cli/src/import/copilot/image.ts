import { posix } from 'node:path';
import { importError } from '../import-error.ts';
import type { ImportDraft } from '../list/import-draft.ts';
import { leaveFields } from '../shared/left-fields.ts';
import { putCheckCommand } from '../shared/container-check.ts';
import { putArgs } from '../shared/build-args.ts';
import { imageReference } from '../shared/image-reference.ts';
import { matching, whole } from '../source/readers.ts';
import type { SourceNode } from '../source/source-node.ts';

const path = matching(/^[^\0]{1,4096}$/, 'a path of 1 to 4096 characters');

/** Converts `image`. @returns the port that the container listens on. @throws UsageError when there is none */
export function convertImage(draft: ImportDraft, service: SourceNode, project: string): number {
  const image = service.at('image');
  const port = draft.take(image.at('port'), 'container.port', whole(1, 65_535));
  if (port === undefined)
    throw importError(
      'TL-IMPORT-SOURCE',
      'image.port is missing or no port; a service needs the port that it listens on. Add it to the manifest: a whole number from 1 to 65535',
    );
  if (port === 443)
    draft.change(
      image.at('port'),
      'Copilot’s balancer speaks TLS to port 443; here it speaks HTTP to every port',
    );
  const build = image.at('build');
  if (build.isPresent) {
    draft.choose('container.image', `${project}:local`, 'the name that the built image gets');
    convertBuild(draft, build);
  } else if (image.at('location').text?.includes('${') === true)
    throw importError(
      'TL-IMPORT-SOURCE',
      'image.location holds a name that Copilot fills in at deployment; a description takes the whole reference. Write it out in the manifest',
    );
  else if (draft.take(image.at('location'), 'container.image', imageReference) === undefined)
    throw importError(
      'TL-IMPORT-SOURCE',
      'image has neither build nor a location that is an image reference; a service needs one. Add one to the manifest',
    );
  putCheckCommand(draft, image.at('healthcheck', 'command'));
  leaveFields(draft, image.at('healthcheck'), {
    interval: 'the check inside the container runs as often as the balancer’s: healthCheck.intervalSeconds',
    retries:
      'the check inside the container fails as often as the balancer’s: healthCheck.unhealthyThreshold',
    timeout: 'the check inside the container waits as long as the balancer’s: healthCheck.timeoutSeconds',
    start_period:
      'the check inside the container has the grace of the balancer’s: healthCheck.gracePeriodSeconds',
  });
  leaveFields(draft, image, {
    credentials: 'tasks log in to no registry. Copy the image into ECR',
    labels: 'containers carry no labels here',
    depends_on: 'a task has one container here, which waits for no other',
  });
  return port;
}

/** Paths are those of the workspace, as the working directory is where the description is. */
function convertBuild(draft: ImportDraft, build: SourceNode): void {
  if (build.text !== undefined) {
    draft.put('container.build.context', posix.dirname(build.text), build);
    draft.put('container.build.dockerfile', posix.basename(build.text), build);
    return;
  }
  const dockerfile = build.at('dockerfile');
  const context = build.at('context');
  const folder = context.text ?? posix.dirname(dockerfile.text ?? 'Dockerfile');
  draft.take(context, 'container.build.context', path);
  if (context.text === undefined) draft.put('container.build.context', folder, dockerfile);
  if (dockerfile.text !== undefined)
    draft.put('container.build.dockerfile', posix.relative(folder, dockerfile.text), dockerfile);
  draft.take(
    build.at('target'),
    'container.build.target',
    matching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, 'the name of a stage'),
  );
  putArgs(draft, build.at('args'));
  leaveFields(draft, build, {
    cache_from: 'a build uses the cache of the machine that it runs on',
    option: 'a build takes no further options of docker. For --target there is container.build.target',
  });
}
