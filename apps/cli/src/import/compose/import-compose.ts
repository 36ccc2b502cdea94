import { importError } from '../import-error.ts';
import { ImportDraft, type Imported } from '../list/import-draft.ts';
import { putDropped, putOpenFiles } from '../shared/limits.ts';
import { chooseCommon } from '../shared/choices.ts';
import { imageReference } from '../shared/image-reference.ts';
import { leaveFields } from '../shared/left-fields.ts';
import { putProject } from '../shared/name-and-stage.ts';
import { flag, matching, oneOf, seconds, words } from '../source/readers.ts';
import { SourceNode } from '../source/source-node.ts';
import { convertBuild } from './build.ts';
import { chooseService } from './choose-service.ts';
import { convertVariables } from './compose-variables.ts';
import { convertDeploy } from './deploy.ts';
import { convertCheck } from './health-check.ts';
import { fileWithoutField, serviceWithoutField } from './without-field.ts';
import { interpolated } from './interpolation.ts';
import { convertPorts } from './ports.ts';

export interface ComposeOptions {
  readonly service?: string;
  /** Folder of the file, which the paths in it are relative to. @default the working directory */
  readonly folder?: string;
}

/** How long Docker waits between SIGTERM and SIGKILL where a file is silent (Compose specification, stop_grace_period). */
const composeGraceSeconds = 10;
const signals = oneOf(['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGHUP', 'SIGUSR1', 'SIGUSR2']);

/** Converts one service of a Compose file. @throws UsageError */
export function importCompose(file: SourceNode, options: ComposeOptions): Imported {
  const draft = new ImportDraft();
  const { name, node } = chooseService(draft, file, options.service);
  const service = interpolated(draft, node);
  const project = convertName(draft, file, name);
  convertImage(draft, service, { project, folder: options.folder ?? '.' });
  draft.take(service.at('entrypoint'), 'container.entryPoint', words);
  draft.take(service.at('command'), 'container.command', words);
  const port = convertPorts(draft, service);
  convertVariables(draft, service.at('environment'), port);
  convertCheck(draft, service.at('healthcheck'));
  convertDeploy(draft, service);
  convertProcess(draft, service);
  leaveFields(draft, service, serviceWithoutField);
  leaveFields(draft, file, fileWithoutField);
  for (const [key, extension] of file.entries)
    if (key.startsWith('x-'))
      draft.leave(
        extension,
        'a field of the file’s own; what the service takes of it by an alias is read there',
      );
  chooseCommon(draft);
  return draft.finish([file], 'no field of a description corresponds to it');
}

/** The project after the file’s own name, else after the service. */
function convertName(draft: ImportDraft, file: SourceNode, service: string): string {
  const name = file.at('name');
  if (name.text !== undefined && !name.text.includes('$')) return putProject(draft, name, name.text);
  draft.note('project', 'named after the service');
  return putProject(draft, SourceNode.of(undefined), service);
}

function convertImage(
  draft: ImportDraft,
  service: SourceNode,
  { project, folder }: { readonly project: string; readonly folder: string },
): void {
  const image = draft.take(service.at('image'), 'container.image', imageReference);
  const build = service.at('build');
  if (build.isPresent) {
    convertBuild(draft, build, folder);
    if (image === undefined)
      draft.choose('container.image', `${project}:local`, 'the name that the built image gets');
  } else if (image === undefined)
    throw importError(
      'TL-IMPORT-SOURCE',
      'the service has neither build nor an image that is known here; a description needs one. Add one to the file, with the values of its ${…} written out',
    );
}

/** How the process runs and stops. */
function convertProcess(draft: ImportDraft, service: SourceNode): void {
  const grace = service.at('stop_grace_period');
  if (draft.take(grace, 'container.stopTimeoutSeconds', seconds(2, 120)) === undefined)
    draft.choose('container.stopTimeoutSeconds', composeGraceSeconds, 'Docker’s default');
  const signal = service.at('stop_signal');
  if ((draft.take(signal, 'local.stopSignal', signals) ?? 'SIGTERM') !== 'SIGTERM')
    draft.change(
      signal,
      'local.stopSignal is for a command on one machine. An image is stopped by its own STOPSIGNAL, on one machine and at AWS',
    );
  draft.take(
    service.at('user'),
    'container.user',
    matching(/^[A-Za-z0-9_.-]{1,64}(:[A-Za-z0-9_.-]{1,64})?$/, 'user or user:group'),
  );
  draft.take(service.at('read_only'), 'container.readOnlyRootFilesystem', flag);
  draft.take(service.at('init'), 'container.linux.initProcessEnabled', flag);
  putDropped(draft, service.at('cap_drop'));
  const files = service.at('ulimits', 'nofile');
  if (files.kind === 'map') putOpenFiles(draft, files.at('soft'), files.at('hard'));
  else putOpenFiles(draft, files, SourceNode.of(undefined));
  for (const [name, limit] of service.at('ulimits').entries)
    if (name !== 'nofile')
      draft.leave(limit, 'container.linux.openFiles (nofile) is the one limit of a description');
}
