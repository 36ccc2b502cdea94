/** An option, as completion knows it. */
export interface CompletedOption {
  /** With its dashes. */
  readonly name: string;
  readonly summary: string;
  /** What stands behind it: one of these; or `file`, `folder` or `text`; null for nothing. */
  readonly value: readonly string[] | string | null;
}

/** A command, as completion knows it. */
export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  /** Words that may follow it, such as commands of its own. */
  readonly words: readonly string[];
  readonly options: readonly CompletedOption[];
}
