import { describe, expect, test } from '@jest/globals';
import { textTable } from './text-table.ts';

describe('textTable', () => {
  test('aligns columns under their titles, without trailing spaces', () => {
    const lines = textTable(
      [
        { title: 'Name', align: 'left' },
        { title: 'Value', align: 'right' },
        { title: 'Note', align: 'left' },
      ],
      [
        ['apiVsHono', '0.9', 'ok'],
        ['x', '12345.67', ''],
      ],
    );
    expect(lines).toEqual([
      'Name          Value  Note',
      '─────────  ────────  ────',
      'apiVsHono       0.9  ok',
      'x          12345.67',
    ]);
  });

  test('shows its titles where there is no row', () => {
    expect(textTable([{ title: 'Name', align: 'left' }], [])).toEqual(['Name', '────']);
  });
});
