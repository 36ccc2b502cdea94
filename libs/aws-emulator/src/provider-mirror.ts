import { type Dirent, existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pluginCacheFolder } from '@tideline/process';

const provider = join('registry.terraform.io', 'hashicorp', 'aws');

/** Folders that Terraform mirrors live under by convention; the first four are Terraform’s own implied mirrors. */
const standardPrefixes = (): readonly string[] => [
  join(homedir(), '.terraform.d', 'plugins'),
  join(homedir(), '.local', 'share', 'terraform', 'plugins'),
  '/usr/local/share/terraform/plugins',
  '/usr/share/terraform/plugins',
  '/opt',
  '/usr/local/share',
  '/usr/share',
  homedir(),
];

/** Deep enough for `<prefix>/<vendor>/plugins`, shallow enough to take milliseconds. */
const maximumDepth = 2;

export interface ProviderMirrorSearch {
  /** @default the standard prefixes for shared data, optional software and the user’s home */
  readonly prefixes?: readonly string[];
  /** As Terraform writes it, such as `linux_amd64`. @default this machine’s */
  readonly platform?: string;
}

/**
 * The folder of an unpacked filesystem mirror that holds the AWS provider for this platform, or undefined: then
 * Terraform downloads it from its registry.
 */
export function findProviderMirror(search: ProviderMirrorSearch = {}): string | undefined {
  const { prefixes = standardPrefixes(), platform = terraformPlatform() } = search;
  for (const prefix of prefixes) {
    const found = searchFolder(prefix, platform, maximumDepth);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Terraform’s CLI configuration that takes the AWS provider from the mirror, and every other from its registry. Where
 * the mirror holds one version alone, commands start that one without hashing its 700 MB anew, which takes most of a
 * command’s time; `init` still checks that it is the version that the stacks ask for.
 */
export function mirrorConfiguration(mirror: string, platform = terraformPlatform()): string {
  const source = '["registry.terraform.io/hashicorp/aws"]';
  const [version, ...others] = versions(mirror, platform);
  const override =
    version === undefined || others.length > 0
      ? ''
      : `  dev_overrides {
    "hashicorp/aws" = ${JSON.stringify(join(mirror, providerFolder(version, platform)))}
  }
`;
  return `provider_installation {
${override}  filesystem_mirror {
    path    = ${JSON.stringify(mirror)}
    include = ${source}
  }
  direct {
    exclude = ${source}
  }
}
`;
}

function searchFolder(folder: string, platform: string, depth: number): string | undefined {
  if (holdsProvider(folder, platform)) return folder;
  if (depth === 0) return undefined;
  for (const child of childFolders(folder)) {
    const found = searchFolder(join(folder, child), platform, depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * The program of the AWS provider in a mirror, or in a cache of Terraform’s, which has the same folders; undefined where
 * this machine has no such version.
 */
export function findProvider(version: string, search: ProviderMirrorSearch = {}): string | undefined {
  const {
    prefixes = [...standardPrefixes(), pluginCacheFolder(process.env)],
    platform = terraformPlatform(),
  } = search;
  for (const prefix of prefixes) {
    const mirror = searchFolder(prefix, platform, maximumDepth);
    if (mirror === undefined) continue;
    const folder = join(mirror, providerFolder(version, platform));
    const program = children(folder).find(({ name }) => name.startsWith('terraform-provider-aws_'));
    if (program !== undefined) return join(folder, program.name);
  }
  return undefined;
}

/** Where a mirror or a cache keeps a version of the AWS provider. */
export const providerFolder = (version: string, platform = terraformPlatform()): string =>
  join(provider, version, platform);

const holdsProvider = (folder: string, platform: string): boolean => versions(folder, platform).length > 0;

const versions = (mirror: string, platform: string): readonly string[] =>
  childFolders(join(mirror, provider)).filter((version) =>
    existsSync(join(mirror, providerFolder(version, platform))),
  );

const childFolders = (folder: string): readonly string[] =>
  children(folder)
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

function children(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // A folder that is missing or private holds no mirror for us.
    return [];
  }
}

function terraformPlatform(): string {
  const systems: Partial<Record<NodeJS.Platform, string>> = { win32: 'windows' };
  const machines: Partial<Record<string, string>> = { x64: 'amd64', ia32: '386' };
  return `${systems[process.platform] ?? process.platform}_${machines[process.arch] ?? process.arch}`;
}
