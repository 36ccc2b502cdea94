import { basename } from 'node:path';
import { readConfigurationFile } from './overrides/configuration-file.ts';
import { type PriceTable, listPrices, replacePrices } from './prices.ts';

/**
 * The built-in prices with those of a file laid over them.
 * @throws ConfigurationError for a file that is missing or malformed, an unknown name, or a price below 0
 */
export const readPrices = async (file: string): Promise<PriceTable> =>
  replacePrices(listPrices, await readConfigurationFile(file), basename(file));
