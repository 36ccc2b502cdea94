import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Layers, lowest first: each may import the layers listed for it (docs/architecture.md draws the same). */
const layers = [
  { sourceTag: 'layer:core', onlyDependOnLibsWithTags: ['layer:core'] },
  { sourceTag: 'layer:infra', onlyDependOnLibsWithTags: ['layer:core', 'layer:infra'] },
  { sourceTag: 'layer:stack', onlyDependOnLibsWithTags: ['layer:core', 'layer:infra'] },
  { sourceTag: 'layer:tool', onlyDependOnLibsWithTags: ['layer:core', 'layer:tool'] },
  { sourceTag: 'layer:app', onlyDependOnLibsWithTags: ['layer:core'] },
];

const onlyIn = (where) => `Import this only in ${where}: docs/architecture.md says why.`;
const cdktf = {
  group: ['cdktf', 'cdktf/*', '@cdktf/*', 'constructs'],
  message: onlyIn('libs/infra and stacks'),
};
const autocannon = { group: ['autocannon'], message: onlyIn('apps/load-runner') };

/** Node’s writers leave half a file behind on a full disk; ours count, flush and rename. */
const writers = ['writeFile', 'appendFile', 'copyFile', 'cp', 'open'].flatMap((name) => [
  name,
  `${name}Sync`,
]);
const paths = ['node:fs', 'node:fs/promises', 'fs', 'fs/promises'].map((name) => ({
  name,
  importNames: [...writers, 'createWriteStream', 'promises', 'default'],
  message: 'Write with libs/process/src/files/write-whole.mjs: all of a file, or nothing of it.',
}));

const restrict = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

export default defineConfig(
  { ignores: ['**/dist', '**/reports', '**/cdktf.out', '**/node_modules', '.nx', '**/coverage'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: 'tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        { depConstraints: layers, banTransitiveDependencies: false },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/no-restricted-imports': ['error', { paths }],
      'max-params': ['error', 3],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Use a named export.' },
        { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
      ],
    },
  },
  {
    // Tests with real tools may look for these the way the emulator does; the stacks themselves know nothing of it.
    files: ['stacks/**/*.e2e.test.ts'],
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          depConstraints: [
            {
              sourceTag: 'layer:stack',
              onlyDependOnLibsWithTags: ['layer:core', 'layer:infra', 'layer:tool'],
            },
          ],
          banTransitiveDependencies: false,
        },
      ],
    },
  },
  { rules: { 'max-lines': ['error', { max: 400 }], eqeqeq: 'error', 'no-console': 'error' } },
  { files: ['**/*.ts', '**/*.tsx'], rules: restrict(cdktf, autocannon) },
  { files: ['apps/load-runner/**/*.ts'], rules: restrict(cdktf) },
  { files: ['libs/infra/**/*.ts', 'stacks/**/*.ts'], rules: restrict(autocannon) },
  {
    // The first streams uploads by the same rules as the writer; the second is what another program writes to; the others write
    // what Git compares.
    files: [
      'apps/api/src/files/disk-file-store.ts',
      'apps/pipeline/src/process/output-file.ts',
      'libs/*/docs/*.ts',
      'libs/*/src/testing/*.ts',
    ],
    rules: { '@typescript-eslint/no-restricted-imports': 'off' },
  },
  {
    files: ['**/*.test.ts', '**/test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-restricted-imports': 'off',
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        AbortController: 'readonly',
        process: 'readonly',
        console: 'readonly',
        setTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        URL: 'readonly',
      },
    },
    rules: { 'no-console': 'off', 'no-restricted-imports': ['error', { paths }] },
  },
  { files: ['libs/process/src/files/write-whole.mjs'], rules: { 'no-restricted-imports': 'off' } },
);
