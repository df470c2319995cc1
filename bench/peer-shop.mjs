/**
 * A shop on Vendure, started in the temporary folder where npm has put it: one product of a small stock, a payment that
 * always succeeds. The parent tells the database by the environment and reads the port from the first line.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
const {
  bootstrap,
  DefaultJobQueuePlugin,
  DefaultLogger,
  dummyPaymentHandler,
  LogLevel,
} = require('@vendure/core');
const { populate } = require('@vendure/core/cli');

const { SHOP_PORT, SHOP_DATABASE, SHOP_STOCK } = process.env;
const url = new URL(SHOP_DATABASE);

const config = {
  apiOptions: {
    port: Number(SHOP_PORT),
    hostname: '127.0.0.1',
    adminApiPath: 'admin-api',
    shopApiPath: 'shop-api',
  },
  authOptions: {
    tokenMethod: ['bearer'],
    superadminCredentials: { identifier: 'superadmin', password: 'superadmin' },
  },
  dbConnectionOptions: {
    type: 'postgres',
    host: url.hostname,
    port: Number(url.port),
    username: url.username,
    password: decodeURIComponent(url.password),
    database: url.pathname.slice(1),
    synchronize: true,
    extra: { max: 30 },
  },
  logger: new DefaultLogger({ level: LogLevel.Error }),
  paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
  plugins: [DefaultJobQueuePlugin.init({})],
};

const initialData = {
  defaultLanguage: 'en',
  defaultZone: 'Europe',
  countries: [{ code: 'FR', name: 'France', zone: 'Europe' }],
  taxRates: [{ name: 'Standard', percentage: 20 }],
  shippingMethods: [{ name: 'Standard', price: 500 }],
  paymentMethods: [
    {
      name: 'Dummy',
      handler: { code: dummyPaymentHandler.code, arguments: [{ name: 'automaticSettle', value: 'false' }] },
    },
  ],
  collections: [],
};

const HEADER =
  'name,slug,description,assets,facets,optionGroups,optionValues,sku,price,taxCategory,stockOnHand,trackInventory,variantAssets,variantFacets';

async function main() {
  const products = path.join(import.meta.dirname, 'products.csv');
  const rows = Array.from(
    { length: 12 },
    (_, n) => `Desk ${n},desk-${n},A day,,,,,D${n},10,standard,${SHOP_STOCK},true,,`,
  );
  writeFileSync(products, [HEADER, ...rows, ''].join('\n'));
  await populate(() => bootstrap(config), initialData, products);
  console.log('ready');
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
