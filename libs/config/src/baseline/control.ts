/** What a control of AWS comes to in the stacks. */
export type Judgement =
  /** The stacks meet it as they are. */
  | { readonly verdict: 'met'; readonly how: string }
  /** They meet it once settings have these values: those of the profile `production`, or values that only the user has. */
  | { readonly verdict: 'setting'; readonly by: 'production' | 'user'; readonly settings: readonly string[] }
  /** They make nothing that it looks at, or it looks at the account. */
  | { readonly verdict: 'not-applicable'; readonly reason: string }
  /** AWS reports it, and the stacks keep it so. */
  | { readonly verdict: 'accepted'; readonly reason: string };

export type Verdict = Judgement['verdict'];

/** One control of AWS Security Hub CSPM, judged for every preset. */
export interface BaselineControl {
  /** AWS’s own id: `ELB.6`. */
  readonly id: string;
  /** AWS’s own title. */
  readonly title: string;
  /** The judgement of every preset that has none of its own. */
  readonly judgement: Judgement;
  /** Judgements of presets that differ, by their names. @default none differs */
  readonly differs?: Readonly<Record<string, Judgement>>;
}

export const met = (how: string): Judgement => ({ verdict: 'met', how });
/** @param settings as `--set` takes them: `protection.loadBalancer=true` */
export const byProduction = (...settings: readonly string[]): Judgement => ({
  verdict: 'setting',
  by: 'production',
  settings,
});
export const byUser = (...settings: readonly string[]): Judgement => ({
  verdict: 'setting',
  by: 'user',
  settings,
});
export const notApplicable = (reason: string): Judgement => ({ verdict: 'not-applicable', reason });
export const accepted = (reason: string): Judgement => ({ verdict: 'accepted', reason });

/** Page of the Security Hub CSPM guide that says what a control checks: one page for each service. */
export const controlPage = ({ id }: Pick<BaselineControl, 'id'>): string => {
  const [service = ''] = id.toLowerCase().split('.');
  return `https://docs.aws.amazon.com/securityhub/latest/userguide/${service}-controls.html#${id.toLowerCase().replace('.', '-')}`;
};
