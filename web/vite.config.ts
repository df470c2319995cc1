import { fileURLToPath } from 'node:url';
import babel from '@rolldown/plugin-babel';
import { lingui } from '@lingui/vite-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** Each icon comes in six weights, of which the screens draw these: five kilobytes less in the shell. */
const WEIGHTS = new Set(['regular', 'bold']);
const leanIcons: Plugin = {
  name: 'lean-icons',
  transform: {
    filter: { id: /@phosphor-icons\/react\/dist\/defs\// },
    handler: (code) =>
      code.replaceAll(/ {2}\[\n {4}"(\w+)",\n[^]*?\n {2}\],?\n/g, (entry, weight: string) =>
        WEIGHTS.has(weight) ? entry : '',
      ),
  },
};

/** JSON Schemas are the server's to write, and a person never reads zod's own English: seven kilobytes less in the shell. */
const leanZod: Plugin = {
  name: 'lean-zod',
  transform: {
    filter: { id: /zod\/v4\/classic\/schemas\.js$/ },
    handler: (code) =>
      code
        .replaceAll(/^ *inst\._zod\.processJSONSchema = .*;\n/gm, '')
        .replaceAll(/create(?:Standard|To)JSONSchemaMethod\(this, [^)]*\)/g, '(() => undefined)')
        .replace('core.config(en());', ';')
        .replace('core.config({ memoizer: core.memoizer() });', ';'), // only for objects that hold themselves, which JSON has not
  },
};

export default defineConfig(({ command }) => ({
  plugins: [
    // plugin-react 6 no longer carries Babel; the Lingui macros still need it, before react().
    // Only files that import a macro are worth a Babel pass.
    babel({
      presets: [
        {
          rolldown: { filter: { code: '@lingui/' } },
          preset: () => ({ plugins: ['@lingui/babel-plugin-lingui-macro'] }),
        },
      ],
    }),
    react(),
    leanIcons,
    leanZod,
    lingui({ failOnCompileError: true, failOnMissing: command === 'build' }), // a missing text stops the build, not the day's work
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src',
      filename: 'sw.ts',
      registerType: 'prompt',
      injectRegister: false, // registered by src/offline/register.ts
      manifest: {
        id: '/',
        name: 'Escale',
        short_name: 'Escale',
        start_url: '/me/pass',
        scope: '/',
        display: 'standalone',
        dir: 'auto',
        background_color: '#FBF6EE',
        theme_color: '#0B5C6B',
        // The PNGs are drawn by scripts/icons.mjs.
        icons: [
          { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
          { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
      // Only the shell and the faces of the default language are precached; the rest is cached when first used.
      injectManifest: {
        globPatterns: [
          '**/*.{js,css,html,svg}',
          '**/med-10m*.json',
          '**/commissioner-latin-full*.woff2',
          '**/source-sans-3-latin-wght*.woff2',
        ],
        globIgnores: ['**/zxing*', '**/maplibre*'],
      },
    }),
  ],
  html: { cspNonce: '%CSP_NONCE%' }, // the server puts a fresh one in its place, see src/platform/http/web.ts
  resolve: {
    // The server's zod wire schemas: import { BookingView } from '@wire/bookings/bookings.schema.js'
    alias: [
      { find: '@wire', replacement: path('../src') },
      // React has the store hook itself; the shim is for versions before 18.
      {
        find: /^use-sync-external-store\/shim\/with-selector(\.js)?$/,
        replacement: 'use-sync-external-store/with-selector.js',
      },
      { find: /^temporal-polyfill$/, replacement: path('src/i18n/temporal.ts') },
    ],
    // One copy each, although the schemas live outside this workspace.
    dedupe: ['react', 'react-dom', 'zod', 'temporal-polyfill'],
  },
  worker: { format: 'es' }, // the door's decoder loads its second half only when needed
  build: {
    manifest: true,
    target: 'es2022',
    rollupOptions: {
      output: {
        chunkFileNames: 'assets/[hash].js', // the first load names every later file: a kilobyte of words nobody reads
        manualChunks(id: string) {
          // Never catch CSS here: the dates sheet would load before the core sheet and a selected range turns invisible.
          if (id.endsWith('.css')) return undefined;
          // By hand only what every page loads: in a dozen files of a few hundred bytes it weighs a kilobyte more.
          // Grouping Mantine by name drags the core into whichever group comes first.
          if (/node_modules\/(react|react-dom|scheduler)\//.test(id)) return 'react';
          if (/node_modules\/@tanstack\/(react-router|router-core|history|react-store|store)\//.test(id))
            return 'router';
          return /web\/src\/(components\/(figures|link-button)|shell\/(title|online)|i18n\/(days|names|own-names|activate))\.tsx?$/.test(
            id,
          )
            ? 'shell'
            : undefined;
        },
      },
    },
  },
  server: { proxy: { '/v1': 'http://127.0.0.1:3000' } },
}));
