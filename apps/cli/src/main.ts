import process from 'node:process';
import { dispatch } from './dispatch/dispatch.ts';
import { findInstallation } from './dispatch/installation.ts';

await dispatch(process, findInstallation(import.meta.url));
