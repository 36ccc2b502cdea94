import * as z from 'zod';
import { knownFileTypes } from './files/file-type.ts';
import { wholeNumber } from './whole-number.ts';

/** The variables of the session store and the file store. */
export const storeVariables = {
  SESSION_STORE: z
    .enum(['none', 'redis', 'embedded'], { error: 'must be none, redis or embedded' })
    .default('none')
    .describe('Where sessions live: `redis`, `embedded` (processes of one machine), or `none`: no sessions.'),
  REDIS_URL: z
    .string()
    .regex(
      /^rediss?:\/\/[A-Za-z0-9.-]{1,253}:\d{1,5}$/,
      'must be redis://host:port, or rediss://host:port for TLS',
    )
    .optional()
    .describe(
      'Redis primary, `redis://host:port`, or `rediss://` for TLS; required by `SESSION_STORE=redis`.',
    ),
  REDIS_AUTH_TOKEN: z.string().optional().describe('Secret that Redis wants, if it wants one.'),
  SESSION_FOLDER: z
    .string()
    .optional()
    .describe('Folder that the processes share; required by `SESSION_STORE=embedded`.'),
  SESSION_KEYS: z
    .string()
    .transform((text) => text.split(',').map((key) => key.trim()))
    .pipe(
      z
        .array(z.string().min(32, 'must be keys of at least 32 characters, separated by commas'))
        .max(8, 'must be at most 8 keys'),
    )
    .optional()
    .describe(
      'Keys that sign cookies, separated by commas: the first signs, each verifies; required with a store.',
    ),
  SESSION_IDLE_SECONDS: wholeNumber(10, 2_592_000)
    .default(1800)
    .describe('Time after its last use when a session is over.'),
  SESSION_TIMEOUT_MILLISECONDS: wholeNumber(10, 30_000)
    .default(1000)
    .describe('Longest wait for an operation of the session store; then 503.'),
  FILE_STORE: z
    .enum(['none', 's3', 'disk'], { error: 'must be none, s3 or disk' })
    .default('none')
    .describe('Where files live: `s3`, `disk`, or `none`: no files. Files belong to sessions.'),
  FILES_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket')
    .optional()
    .describe('Bucket of the files; required by `FILE_STORE=s3`.'),
  AWS_ENDPOINT_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http URL' })
    .optional()
    .describe(
      'What stands in for AWS; buckets are then in the path. The SDK reads its other variables itself.',
    ),
  FILES_FOLDER: z.string().optional().describe('Folder of the files; required by `FILE_STORE=disk`.'),
  MAX_FILE_BYTES: wholeNumber(1, 536_870_912).default(10_485_760).describe('Largest file.'),
  FILE_TYPES: z
    .string()
    .transform((text) => text.split(',').map((type) => type.trim().toLowerCase()))
    .pipe(z.array(z.enum(knownFileTypes, { error: `must be of ${knownFileTypes.join(', ')}` })))
    .default(['image/png', 'image/jpeg', 'image/webp', 'application/pdf', 'text/plain', 'text/csv'])
    .describe('Media types of files, separated by commas: those whose content can be told.'),
  MAX_FILES_PER_SESSION: wholeNumber(1, 100).default(20).describe('Most files of a session.'),
};

/** Variables whose value no message may show; an address is one when it holds a password. */
export const secretVariables: ReadonlySet<string> = new Set([
  'STRESS_TOKEN',
  'REDIS_URL',
  'REDIS_AUTH_TOKEN',
  'SESSION_KEYS',
]);

type Variables = z.output<z.ZodObject<typeof storeVariables>>;
type Name = keyof Variables;

/** What each choice of a store cannot do without. */
const required: readonly { readonly when: readonly [Name, string]; readonly needs: readonly Name[] }[] = [
  { when: ['SESSION_STORE', 'redis'], needs: ['REDIS_URL', 'SESSION_KEYS'] },
  { when: ['SESSION_STORE', 'embedded'], needs: ['SESSION_FOLDER', 'SESSION_KEYS'] },
  { when: ['FILE_STORE', 's3'], needs: ['FILES_BUCKET'] },
  { when: ['FILE_STORE', 'disk'], needs: ['FILES_FOLDER'] },
];

/** One line per variable that is missing, given the others. */
export function storeProblems(variables: Variables): string[] {
  const missing = required
    .filter(({ when: [name, value] }) => variables[name] === value)
    .flatMap(({ when, needs }) =>
      needs
        .filter((name) => variables[name] === undefined)
        .map((name) => `${name} is not set, but ${when.join(' is ')}; set it, or set ${when[0]} to none`),
    );
  if (variables.FILE_STORE === 'none' || variables.SESSION_STORE !== 'none') return missing;
  return [
    ...missing,
    `SESSION_STORE is none, but FILE_STORE is ${variables.FILE_STORE}; files belong to sessions: set both or neither`,
  ];
}

/** Where documents are: a server, or a folder of this machine. */
export type DocumentStoreConfig =
  | { readonly kind: 'redis'; readonly url: string; readonly authToken: string | undefined }
  | { readonly kind: 'embedded'; readonly folder: string };

/** Where the bytes of files are. */
export type FileStoreConfig =
  | { readonly kind: 's3'; readonly bucket: string; readonly endpoint: string | undefined }
  | { readonly kind: 'disk'; readonly folder: string };

function documentStore(variables: Variables): DocumentStoreConfig | undefined {
  const { SESSION_STORE: kind, REDIS_URL: url = '', REDIS_AUTH_TOKEN: authToken } = variables;
  if (kind === 'redis') return { kind, url, authToken };
  return kind === 'embedded' ? { kind, folder: variables.SESSION_FOLDER ?? '' } : undefined;
}

function fileStore(variables: Variables): FileStoreConfig | undefined {
  const { FILE_STORE: kind, FILES_BUCKET: bucket = '', FILES_FOLDER: folder = '' } = variables;
  if (kind === 's3') return { kind, bucket, endpoint: variables.AWS_ENDPOINT_URL };
  return kind === 'disk' ? { kind, folder } : undefined;
}

/** Both stores in the program’s own names; undefined where there is none. `storeProblems` has found nothing missing. */
export function storeConfig(variables: Variables) {
  const sessions = documentStore(variables);
  const files = fileStore(variables);
  return {
    sessions: sessions && {
      store: sessions,
      keys: variables.SESSION_KEYS ?? [],
      idleSeconds: variables.SESSION_IDLE_SECONDS,
      timeoutMs: variables.SESSION_TIMEOUT_MILLISECONDS,
    },
    files: files && {
      store: files,
      maxFileBytes: variables.MAX_FILE_BYTES,
      types: variables.FILE_TYPES,
      maxFilesPerSession: variables.MAX_FILES_PER_SESSION,
    },
  };
}

export type FileConfig = NonNullable<ReturnType<typeof storeConfig>['files']>;
