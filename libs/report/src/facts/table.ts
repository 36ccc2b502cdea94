export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** A table of plain, unescaped text; every row has as many cells as there are columns. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

export const left = (title: string): Column => ({ title, align: 'left' });
export const right = (title: string): Column => ({ title, align: 'right' });
