// Writes docs/reference/setting-effects.md anew: `npm run docs` runs it, and a test compares.
import { writeWhole } from '@tideline/process';
import { findSettingEffects, formattedDocument, settingEffectsFile } from './find-setting-effects.ts';

writeWhole(settingEffectsFile, await formattedDocument(await findSettingEffects()));
