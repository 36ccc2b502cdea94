import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where `tideline` runs from: the package that npm installed, or the workspace. */
export interface Installation {
  /** What package.json says, with the commit in a package. */
  readonly version: string;
  readonly isPackage: boolean;
  /** Versions of the packages that may be installed beside this one. */
  readonly peers: Readonly<Record<string, string>>;
  /** How a person typed the command, up to its name. */
  typedAs(variables: Readonly<Record<string, string | undefined>>): string;
  /** Program of a project, and what stands before the arguments that it gets. */
  readonly program: (project: string) => { readonly url: URL; readonly before: readonly string[] };
  /** A file that is kept beside the bundles, or in the folder of the workspace that it comes from. */
  file(inPackage: string, inWorkspace: string): string;
}

/** @param bundleUrl of this program’s bundle, apps/cli/main.mjs in the package or in dist */
export function findInstallation(bundleUrl: string): Installation {
  const root = new URL('../../', bundleUrl);
  const manifest = new URL('package.json', root);
  const isPackage = existsSync(manifest);
  const workspace = new URL('../', root);
  const {
    version,
    gitHead,
    peerDependencies: peers = {},
  } = readManifest(isPackage ? manifest : new URL('package.json', workspace));
  return {
    isPackage,
    version: gitHead === undefined ? version : `${version} (commit ${gitHead})`,
    peers,
    typedAs: isPackage ? typedInPackage : typedInWorkspace,
    program: (project) =>
      isPackage
        ? { url: new URL(`${project}/main.mjs`, root), before: [] }
        : // Another URL than that of the run that started this: a module is evaluated once.
          { url: new URL(`tools/run.mjs?${project}`, workspace), before: [project] },
    file: (inPackage, inWorkspace) =>
      fileURLToPath(isPackage ? new URL(inPackage, root) : new URL(inWorkspace, workspace)),
  };
}

type Variables = Readonly<Record<string, string | undefined>>;

const typedInPackage = ({ npm_command: command }: Variables): string =>
  command === 'exec' ? 'npx @tideline/cli' : 'tideline';

const typedInWorkspace = ({ npm_lifecycle_event: script }: Variables): string =>
  script === 'tideline' ? 'npm run tideline --' : 'tideline';

interface Manifest {
  readonly version: string;
  /** Commit that the package was made from; tools/pack.mjs writes it. */
  readonly gitHead?: string;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const readManifest = (file: URL): Manifest => JSON.parse(readFileSync(file, 'utf8')) as Manifest;
