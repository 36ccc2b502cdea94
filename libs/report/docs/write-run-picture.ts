// Draws the README’s picture of a run anew. With the path of a run record, such as reports/latest/run-record.json, that run
// becomes the one shown.
import { readFile, writeFile } from 'node:fs/promises';
import { parseRunRecord } from '@tideline/evidence';
import { format, resolveConfig } from 'prettier';
import { pictureFiles, pictured, picturedRecordFile } from './picture-files.ts';
import { runPicture } from './run-picture.ts';

const text = await readFile(process.argv[2] ?? picturedRecordFile, 'utf8');
const record = pictured(parseRunRecord(JSON.parse(text)));
const options = { ...(await resolveConfig(picturedRecordFile)), filepath: picturedRecordFile };
await writeFile(picturedRecordFile, await format(JSON.stringify(record), options));
await writeFile(pictureFiles.light, runPicture(record, 'light'));
await writeFile(pictureFiles.dark, runPicture(record, 'dark'));
