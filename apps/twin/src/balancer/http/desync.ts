import type { Environment } from '@tideline/config';

export type DesyncMitigationMode = Environment['loadBalancer']['desyncMitigationMode'];

/**
 * What an Application Load Balancer finds in a request that RFC 7230 does not allow, and how dangerous it takes that for: the
 * classification reasons of its access log, as far as a request with them has a head that can be read at all. A head that
 * breaks the grammar (a bare line feed, a folded line, white space before a colon) is refused in every mode.
 */
const desyncTiers = {
  GetHeadZeroContentLength: 'acceptable',
  NonCompliantHeader: 'acceptable',
  NonCompliantVersion: 'acceptable',
  SpaceInUri: 'acceptable',
  AmbiguousUri: 'ambiguous',
  BothTeClPresent: 'ambiguous',
  DuplicateContentLength: 'ambiguous',
  SuspiciousHeader: 'ambiguous',
  UndefinedContentLengthSemantics: 'ambiguous',
  UndefinedTransferEncodingSemantics: 'ambiguous',
  BadContentLength: 'severe',
  BadHeader: 'severe',
  BadMethod: 'severe',
  BadUri: 'severe',
  BadVersion: 'severe',
  MultipleContentLength: 'severe',
  MultipleTransferEncodingChunked: 'severe',
} as const;

export type DesyncReason = keyof typeof desyncTiers;
type Tier = (typeof desyncTiers)[DesyncReason];

/**
 * What becomes of a request: forwarded; forwarded alone, so that its connections on both sides close behind it; or blocked
 * with 400 (Application Load Balancer guide, “Desync mitigation mode”).
 */
export type DesyncTreatment = 'allow' | 'allow-and-close' | 'block';

const treatments: Readonly<Record<DesyncMitigationMode, Readonly<Record<Tier, DesyncTreatment>>>> = {
  monitor: { acceptable: 'allow', ambiguous: 'allow', severe: 'allow' },
  defensive: { acceptable: 'allow', ambiguous: 'allow-and-close', severe: 'block' },
  strictest: { acceptable: 'block', ambiguous: 'block', severe: 'block' },
};

const rank: Readonly<Record<Tier, number>> = { acceptable: 1, ambiguous: 2, severe: 3 };

/** The graver of two findings; of equal ones the first. */
export function graver(found: DesyncReason | undefined, next: DesyncReason): DesyncReason {
  return found !== undefined && rank[desyncTiers[found]] >= rank[desyncTiers[next]] ? found : next;
}

export const treatmentOf = (reason: DesyncReason, mode: DesyncMitigationMode): DesyncTreatment =>
  treatments[mode][desyncTiers[reason]];

const letters = (name: string): RegExp => new RegExp(`^[^a-z]*${name.replace(/./g, '$&[^a-z]*')}$`, 'i');
const transferEncoding = letters('transferencoding');
const contentLength = letters('contentlength');

// `contentlength` is the shorter of the two.
const shortestDisguise = 13;
const letter = /[a-z]/i;
const initials = /[tc]/i;
const mayBegin = Array.from({ length: 256 }, (_, code) => {
  const character = String.fromCharCode(code);
  return !letter.test(character) || initials.test(character);
});

/** Whether `disguised` has to look at a name of ASCII characters: by its length and its first character it is out of the question. */
export const mayBeDisguised = (length: number, firstCode: number): boolean =>
  length >= shortestDisguise && mayBegin[firstCode] === true;

/**
 * The field that a name could be taken for by a peer that tidies names up: case, marks, and letters that only look alike.
 * Undefined for a name that is far from both, and for the two names themselves.
 * @param spelling of the name, in the bytes that came
 */
export function disguised(spelling: string): 'transfer-encoding' | 'content-length' | undefined {
  if (spelling.length < shortestDisguise) return undefined;
  const name = spelling.toLowerCase();
  if (couldBe(spelling, transferEncoding))
    return name === 'transfer-encoding' ? undefined : 'transfer-encoding';
  if (couldBe(spelling, contentLength)) return name === 'content-length' ? undefined : 'content-length';
  return undefined;
}

/** Bytes beyond ASCII are read as UTF-8: ſ is s and ı is i once they are in upper case. What follows a blank is another’s. */
function couldBe(spelling: string, field: RegExp): boolean {
  if (!/[^!-~]/.test(spelling)) return field.test(spelling);
  const text = Buffer.from(spelling, 'latin1').toString('utf8').toUpperCase();
  return field.test(text) || field.test(text.trimStart().split(/\s/, 1)[0] ?? '');
}
