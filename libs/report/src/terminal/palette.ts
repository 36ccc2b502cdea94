/** Wraps text in an ANSI style, or leaves it alone where colour is off. */
export interface Palette {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly caution: (text: string) => string;
}

const style = (open: number, close: number) => (text: string) => `\u001B[${open}m${text}\u001B[${close}m`;
const plain = (text: string): string => text;

export const palette = (options: { readonly color: boolean }): Palette =>
  options.color
    ? {
        bold: style(1, 22),
        dim: style(2, 22),
        good: style(32, 39),
        bad: style(31, 39),
        caution: style(33, 39),
      }
    : { bold: plain, dim: plain, good: plain, bad: plain, caution: plain };
