import { parse } from 'yaml';
import { validPort } from './dockerfile.ts';
import type { ServiceFacts } from './service-facts.ts';

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** What a compose file says of the service that takes requests: the first that is built, else the first with a port. */
export function readCompose(text: string): ServiceFacts {
  let document: unknown;
  try {
    document = parse(text, { maxAliasCount: 100 });
  } catch {
    // Another program’s file: what it says is a hint, and a broken one is none.
    return {};
  }
  const services = Object.entries(fieldsOf(fieldsOf(document).services)).map(([name, value]) => ({
    ...{ name, fields: fieldsOf(value) },
  }));
  const service =
    services.find(({ fields }) => fields.build !== undefined) ??
    services.find(({ fields }) => fields.ports !== undefined);
  if (service === undefined) return {};
  const { name, fields } = service;
  const port = portOf(fields);
  const image = textOf(fields.image);
  return {
    name,
    ...(port === null ? {} : { port }),
    ...(fields.build === undefined ? {} : { build: buildOf(fields.build) }),
    ...(image === undefined || image.includes('$') ? {} : { image }),
  };
}

function buildOf(build: unknown): NonNullable<ServiceFacts['build']> {
  const { context, dockerfile, target } = fieldsOf(build);
  const stage = textOf(target);
  return {
    context: textOf(build) ?? textOf(context) ?? '.',
    dockerfile: textOf(dockerfile) ?? 'Dockerfile',
    ...(stage === undefined ? {} : { target: stage }),
  };
}

/** The port inside the container: of `8080:80`, `127.0.0.1:8080:80/tcp`, `80`, or `target: 80`. */
function portOf({ ports, expose }: Fields): number | null {
  const [first] = [ports, expose].flatMap((list) =>
    Array.isArray(list) ? (list as readonly unknown[]) : [],
  );
  const target = typeof first === 'object' ? fieldsOf(first).target : first;
  const text = typeof target === 'number' ? String(target) : (textOf(target) ?? '');
  return validPort(text.split('/')[0]?.split(':').at(-1));
}
