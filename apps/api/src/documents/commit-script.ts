import { createHash } from 'node:crypto';
import type { Write } from './document-store.ts';

/**
 * Writes several documents if each is still what its writer read, by its text; otherwise writes nothing and answers
 * with the texts that are there, which saves the next attempt a read. Redis runs a script as one step.
 *
 * Four arguments for each key: `+` and the text expected, or `-` for none; `set`, `delete` or `keep`; the new text; its
 * life in milliseconds, or `forever`.
 */
export const commitScript = `
local present = redis.call('MGET', unpack(KEYS))
for index = 1, #KEYS do
  local expected = ARGV[index * 4 - 3]
  local found = '-'
  if present[index] then found = '+' .. present[index] end
  if found ~= expected then return present end
end
for index, key in ipairs(KEYS) do
  local action = ARGV[index * 4 - 2]
  if action == 'delete' then
    redis.call('DEL', key)
  elseif action == 'set' then
    local life = ARGV[index * 4]
    if life == 'forever' then
      redis.call('SET', key, ARGV[index * 4 - 1])
    else
      redis.call('SET', key, ARGV[index * 4 - 1], 'PX', life)
    end
  end
end
return 'committed'
`;

export const commitScriptSha1 = createHash('sha1').update(commitScript).digest('hex');

/** The script’s four arguments for one key. */
export function commitArguments(expected: string | null, write: Write | undefined): string[] {
  const found = expected === null ? '-' : `+${expected}`;
  if (write === undefined) return [found, 'keep', '', ''];
  if (write === null) return [found, 'delete', '', ''];
  return [found, 'set', JSON.stringify(write.document), String(write.lifeMs)];
}
