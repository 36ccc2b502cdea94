import { suggestName } from '@tideline/config';
import { InvalidArgumentError, Option } from 'commander';

/** Files that results go to besides the reports, by form. */
export type ExportFiles<Form extends string> = Readonly<Partial<Record<Form, string>>>;

/**
 * `--export junit=FILE,csv=FILE`, which may be repeated; for an unknown form, a missing path, or a form given twice it throws
 * InvalidArgumentError. @param forms each with what it holds
 */
export function exportOption<Form extends string>(forms: Readonly<Record<Form, string>>): Option {
  const names = Object.keys(forms);
  const told = Object.entries<string>(forms)
    .map(([name, meaning]) => `${name} (${meaning})`)
    .join(', ');
  const separator = new RegExp(`,(?=(?:${names.join('|')})=)`, 'u');
  return new Option('--export <form=file,…>', `write results into files as well: ${told}`).argParser(
    (text: string, before: ExportFiles<string> | undefined) => {
      const files: Partial<Record<string, string>> = { ...before };
      for (const part of text.split(separator)) {
        const [form = '', ...rest] = part.split('=');
        const file = rest.join('=');
        if (!names.includes(form))
          throw new InvalidArgumentError(`${suggestName(form, names)}, each as form=file.`);
        if (file === '') throw new InvalidArgumentError(`${form} has no file: write ${form}=FILE.`);
        if (files[form] !== undefined)
          throw new InvalidArgumentError(`${form} is given twice; name one file.`);
        files[form] = file;
      }
      return files;
    },
  );
}
