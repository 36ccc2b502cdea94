import { runtimeOf } from './runtime-rig.ts';
import { taskRuntimeContract } from './task-runtime-contract.ts';

taskRuntimeContract({
  name: 'the backend that is shipped here',
  create: () => runtimeOf({ storeVariables: { SESSION_STORE: 'none', FILE_STORE: 'none' } }),
  path: '/health',
  failing: { variables: { SESSION_STORE: 'nowhere' }, words: /^exit code \d+: .*SESSION_STORE/ },
});
