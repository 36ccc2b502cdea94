/** Who reads a description, and can be asked here what it made of it. */
export type ReaderName = 'terraform' | 'plan' | 'alarms' | 'simulation' | 'cost' | 'warnings';

/** Another value of a setting, which a reader must notice. */
export interface ChangedEffect {
  /** The setting with its other value, as `--set` takes it. */
  readonly set: string;
  /** @default load-driven */
  readonly preset?: string;
  /** Settings that the field needs beside it, as `--set` takes them, on both sides of the comparison. */
  readonly beside?: readonly string[];
  /** What can only be set together with the field: the description without it is refused. */
  readonly together?: readonly string[];
  /** The reader that must notice. @default any but `warnings`, which alone are no effect */
  readonly in?: ReaderName;
}

/** What only a running process shows: the suite that fails without it. */
export interface ProvenEffect {
  /** Path of the suite from the root of the repository; the suite must mention the last part of the field’s path. */
  readonly suite: string;
  /** Title of the test in that suite. */
  readonly title: string;
  /** What acts on it, in a few words. */
  readonly acts: string;
}

export type Effect = ChangedEffect | ProvenEffect;

/** Effects by the path of a setting, as `settingPaths` of libs/config spells it. */
export type Effects = Readonly<Record<string, Effect>>;

/** `scaling.policies=[…]` with the only policy given. */
export const onlyPolicy = (policy: Readonly<Record<string, unknown>>): string =>
  `scaling.policies=${JSON.stringify([policy])}`;
