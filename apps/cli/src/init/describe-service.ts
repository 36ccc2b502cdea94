import { firstFact } from './detect/detect-service.ts';
import type { Source } from './detect/service-facts.ts';
import type { Entry } from './render-description.ts';

interface Described {
  readonly sources: readonly Source[];
  readonly preset: string;
  /** Name of the folder, where no file names the service. */
  readonly folderName: string;
}

/** The description of the service that the sources speak of, with why each value is what it is. */
export function describeService({ sources, preset, folderName }: Described): readonly Entry[] {
  const name = shortName(firstFact(sources, 'name')?.value ?? folderName);
  return [
    {
      key: 'preset',
      value: preset,
      comment: 'What it starts from; what this file says replaces what that says.',
    },
    { key: 'project', value: name, comment: 'First part of the name of every resource at AWS.' },
    { key: 'container', value: containerEntries(sources, name) },
    ...healthEntries(sources),
    ...localEntries(sources),
    {
      ...{ key: 'capacity', value: { min: 2, max: 6, desired: 2 } },
      comment: 'Tasks: at least, at most, and at first.',
    },
    {
      key: 'scaling',
      value: [
        {
          key: 'policies',
          value: [{ type: 'target-tracking', name: 'cpu', metric: { kind: 'cpu', targetPercent: 60 } }],
          comment:
            'More tasks above 60 % CPU, fewer well below. Others: requests-per-target, steps, schedules.',
        },
      ],
    },
  ];
}

function containerEntries(sources: readonly Source[], name: string): readonly Entry[] {
  const port = firstFact(sources, 'port');
  const why = port === null ? 'No file names a port: is it this one?' : `From ${port.file}.`;
  return [
    {
      ...{ key: 'port', value: port?.value ?? 3000 },
      comment: `Port that the service listens on in its container, also in the variable PORT. ${why}`,
    },
    {
      ...{ key: 'cpuMillisecondsPerRequest', value: 0 },
      comment:
        'CPU time of a request, for predictions. 0 predicts nothing; `tideline run` measures it, under “CPU of a request”.',
    },
    ...imageEntries(sources, name),
    ...(firstFact(sources, 'health') === null
      ? [
          {
            ...{ key: 'healthCheck', value: { kind: 'none' } },
            comment:
              'Any answer below 500 counts as healthy. With a health path: { kind: http }, and the path below.',
          },
        ]
      : []),
  ];
}

function imageEntries(sources: readonly Source[], name: string): readonly Entry[] {
  const build = firstFact(sources, 'build');
  const image = firstFact(sources, 'image');
  if (build !== null) {
    const stages = firstFact(sources, 'stages');
    const of =
      stages === null ? '' : ` Stages: ${stages.value.join(', ')}; the last one unless target names another.`;
    return [
      { key: 'image', value: `${name}:local`, comment: 'Name of the image that is built.' },
      { key: 'build', value: build.value, comment: `A deployment builds it, from ${build.file}.${of}` },
    ];
  }
  if (image !== null) return [{ key: 'image', value: image.value, comment: `From ${image.file}.` }];
  return [
    {
      ...{ key: 'image', value: `${name}:local` },
      comment:
        'No Dockerfile was found. On this machine local.command runs; a deployment needs an image that exists, or build.',
    },
  ];
}

function healthEntries(sources: readonly Source[]): readonly Entry[] {
  const path = firstFact(sources, 'health')?.value ?? '/';
  return [{ key: 'healthCheck', value: { path }, comment: 'Path that the balancer asks.' }];
}

function localEntries(sources: readonly Source[]): readonly Entry[] {
  const command = firstFact(sources, 'command');
  if (command === null)
    return [
      {
        ...{ key: 'local', value: { container: true } },
        comment: 'On this machine: the image, by docker or podman. With { command: … } instead, any program.',
      },
    ];
  return [
    {
      ...{ key: 'local', value: { command: command.value } },
      comment: `What a task is on this machine; it must listen on the port that PORT names. From ${command.file}.`,
    },
  ];
}

const longestName = 20;

/** As names of resources at AWS may be. */
export function shortName(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/^@[^/]*\//, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, longestName)
    .replace(/-+$/, '');
  return plain.length < 2 ? 'service' : plain;
}
