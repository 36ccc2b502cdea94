import * as z from 'zod';
import { StoreUnavailable } from '../documents/document-store.ts';
import { attachment, FileStoreUnavailable, type FileStore } from '../files/file-store.ts';
import { CheckedUpload, UploadRefused } from '../files/checked-upload.ts';
import { bareMediaType } from '../files/file-type.ts';
import { problem } from '../http/problem.ts';
import { empty, json, type Reply } from '../http/reply.ts';
import { refuseCodedBody, requestBody } from '../http/read-body.ts';
import { isHead, requestHeader, type ApiContext, type Route } from '../http/route.ts';
import type { SessionCookie } from '../session/session-cookie.ts';
import type { FileEntry } from '../session/session-document.ts';
import { defineSessionRoute, type SessionReply } from '../session/session-route.ts';
import type { SessionChange, Sessions } from '../session/sessions.ts';
import type { FileConfig } from '../store-variables.ts';

const name = z
  .string('must be given: ?name=report.pdf')
  .trim()
  .min(1, 'must not be empty')
  .max(255, 'must have at most 255 characters')
  .refine((text) => text !== '.' && text !== '..', 'must not be . or ..')
  // Names are never paths here, but whoever saves the file may make one of them. The last ones turn text around.
  .regex(
    /^[^/\\\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]*$/u,
    'must be without slashes and control characters',
  );
const fileSchema = z.object({
  id: z.string(),
  name: z.string(),
  mediaType: z.string(),
  byteCount: z.int(),
  createdAt: z.iso.datetime(),
});
const params = z.object({ id: z.string().regex(/^[\w-]{1,64}$/, 'must be the id of a file') });

export interface FileRoutesOptions {
  readonly cookie: SessionCookie;
  readonly sessions: Sessions;
  readonly files: FileStore;
  readonly limits: Omit<FileConfig, 'store'>;
  readonly basePath: string;
  readonly newId: () => string;
  readonly now: () => Date;
}

/** Files of each session. The session’s document says which there are; the store keeps their bytes. */
export function fileRoutes(options: FileRoutesOptions): readonly Route[] {
  const { cookie, sessions, files, limits, basePath, newId, now } = options;
  const { maxFileBytes, maxFilesPerSession } = limits;
  const full = (): Reply =>
    problem('limit-reached', `A session holds ${maxFilesPerSession} files; delete one.`);
  const unknown = (): Reply => problem('not-found', 'The session has no file of this id.');

  const upload = async (
    fileName: string,
    sessionId: string | undefined,
    context: ApiContext,
  ): Promise<SessionReply> => {
    const sent = bareMediaType(requestHeader(context, 'content-type') ?? 'none');
    const declaredType = limits.types.find((type) => type === sent);
    if (declaredType === undefined) {
      const detail = `Got content-type ${sent.slice(0, 100)}; send one of ${limits.types.join(', ')}.`;
      const headers = { accept: limits.types.join(', ') };
      return { reply: problem('unsupported-media-type', detail, { headers }), session: undefined };
    }
    const coded = refuseCodedBody(context);
    if (coded !== undefined) return { reply: coded, session: undefined };
    // Before the body is read: whether the store answers, even for nobody’s session, and whether there is room.
    const session = await sessions.read(sessionId ?? cookie.newId());
    if (session !== undefined && session.files.length >= maxFilesPerSession) {
      return { reply: full(), session: undefined };
    }

    const id = newId();
    const body = new CheckedUpload(requestBody(context), {
      maxBytes: maxFileBytes,
      declaredType,
    });
    await files.put(id, body, declaredType);
    const file: FileEntry = {
      id,
      name: fileName,
      mediaType: declaredType,
      byteCount: body.byteCount,
      createdAt: now().toISOString(),
    };
    const created: Reply = { ...json(file, 201), headers: { location: `${basePath}/files/${id}` } };
    try {
      const added = await sessions.changeOrStart(sessionId, (held): SessionChange<Reply | undefined> =>
        held.files.length >= maxFilesPerSession
          ? { result: undefined }
          : { session: { ...held, files: [...held.files, file] }, result: created },
      );
      if (added.result !== undefined) return { reply: added.result, session: added };
    } catch (error) {
      // A write without an answer may have happened: bytes that nobody lists are less than an entry without its bytes.
      if (!(error instanceof StoreUnavailable)) await files.delete([id]).catch(() => undefined);
      throw error;
    }
    await files.delete([id]);
    return { reply: full(), session: undefined };
  };

  const find = async (sessionId: string | undefined, id: string): Promise<FileEntry | undefined> => {
    const session = sessionId === undefined ? undefined : await sessions.read(sessionId);
    return session?.files.find((file) => file.id === id);
  };

  return [
    defineSessionRoute(cookie, {
      method: 'POST',
      path: '/files',
      operationId: 'uploadFile',
      summary: 'Keeps the body as a file of the session, called as the query says.',
      query: z.object({ name }),
      streamedBody: limits.types,
      maxBodyBytes: maxFileBytes,
      responses: [{ status: 201, description: 'The file; `location` is its path.', schema: fileSchema }],
      problems: ['limit-reached', 'unsupported-media-type', 'file-store-unavailable'],
      handle: ({ query, sessionId }, context) => answered(() => upload(query.name, sessionId, context)),
    }),
    defineSessionRoute(cookie, {
      method: 'GET',
      path: '/files',
      operationId: 'listFiles',
      summary: 'The session’s files, oldest first.',
      responses: [
        { status: 200, description: 'The list.', schema: z.object({ files: z.array(fileSchema) }) },
      ],
      problems: [],
      handle: async ({ sessionId }) => {
        const session = sessionId === undefined ? undefined : await sessions.read(sessionId);
        const reply = json({ files: session?.files ?? [] });
        if (sessionId === undefined || session === undefined) return { reply, session: undefined };
        return { reply, session: { id: sessionId } };
      },
    }),
    defineSessionRoute(cookie, {
      method: 'GET',
      path: '/files/:id',
      operationId: 'downloadFile',
      summary: 'A file to save: its bytes, or a redirect to them at an address that is good for a minute.',
      params,
      responses: [
        { status: 200, description: 'The bytes.', contentType: 'application/octet-stream' },
        { status: 302, description: '`location` has the bytes.', contentType: 'none' },
      ],
      problems: ['not-found', 'file-store-unavailable'],
      handle: ({ params: { id }, sessionId }, context) =>
        answered(async () => {
          const file = await find(sessionId, id);
          const download = file && (await files.download(file.id, file));
          if (sessionId === undefined || file === undefined || download === undefined) {
            return { reply: unknown(), session: undefined };
          }
          const session = { id: sessionId };
          if (download.kind === 'redirect') return { reply: empty(302, { location: download.url }), session };
          const headers = {
            'content-disposition': attachment(file.name),
            'content-length': String(download.byteCount),
          };
          // Opening is left to who reads: HEAD never does.
          const body = isHead(context) ? '' : download.open();
          return { reply: { status: 200, contentType: file.mediaType, body, headers }, session };
        }),
    }),
    defineSessionRoute(cookie, {
      method: 'DELETE',
      path: '/files/:id',
      operationId: 'deleteFile',
      summary: 'Deletes a file.',
      params,
      responses: [{ status: 204, description: 'Deleted.', contentType: 'none' }],
      problems: ['not-found', 'file-store-unavailable'],
      handle: ({ params: { id }, sessionId }) =>
        answered(async () => {
          if (sessionId === undefined || (await find(sessionId, id)) === undefined) {
            return { reply: unknown(), session: undefined };
          }
          // The bytes first: if that fails, the entry is still there to try again.
          await files.delete([id]);
          await sessions.change(sessionId, (session) => ({
            session: { ...session, files: session.files.filter((file) => file.id !== id) },
            result: undefined,
          }));
          return { reply: empty(204), session: { id: sessionId } };
        }),
    }),
  ];
}

/** What went wrong with the bytes, as an answer. */
async function answered(handle: () => Promise<SessionReply>): Promise<SessionReply> {
  try {
    return await handle();
  } catch (error) {
    if (error instanceof UploadRefused) return { reply: error.reply, session: undefined };
    if (!(error instanceof FileStoreUnavailable)) throw error;
    const headers = { 'retry-after': '1' };
    const reply = problem('file-store-unavailable', 'The file store did not answer; try again.', { headers });
    return { reply, session: undefined };
  }
}
