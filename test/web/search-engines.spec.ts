/** What those read who run no script: search engines, and whoever previews a link. */
import { emptyDatabase } from '../support/app.js';
import { makeNetwork, makeSpace } from '../support/make-directory.js';
import { tellProfile } from './support/told-profile.js';
import { startWebApp, type WebApp } from './support/web-app.js';

let web: WebApp;
let space: Awaited<ReturnType<typeof makeSpace>>;
let hidden: Awaited<ReturnType<typeof makeSpace>>;

beforeAll(async () => {
  web = await startWebApp();
  await emptyDatabase();
  const { id: networkId } = await makeNetwork(web.app);
  space = await makeSpace(web.app, { networkId, name: 'L\'Étoile "du" <Port> & Co' });
  hidden = await makeSpace(web.app, { networkId, visibility: 'hidden' });
  await tellProfile(space);
});
afterAll(() => web.app.close());

const page = async (path: string) => (await fetch(`${web.origin}${path}`)).text();

describe('the page of a space, without script', () => {
  it('has its own title, description and Open Graph, and markup in a name stays text', async () => {
    const html = await page(`/spaces/${space.id}`);
    const name = 'L&#39;Étoile &quot;du&quot; &lt;Port&gt; &amp; Co, Marseille · Escale';
    expect(html).toContain(`<title>${name}</title>`);
    expect(html).toContain(`<meta property="og:title" content="${name}" />`);
    expect(html).toMatch(/<meta\s+name="description"\s+content="A desk by the day at L&#39;Étoile/);
    expect(html).not.toContain('<Port>');
  });

  it('describes the space as schema.org data, with what it told and nothing it did not', async () => {
    const html = await page(`/spaces/${space.id}`);
    const [, block = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html) ?? [];
    const data = JSON.parse(block) as { amenityFeature: { name: string }[] };
    expect(data).toMatchObject({
      '@type': ['LocalBusiness', 'CoworkingSpace'],
      name: 'L\'Étoile "du" <Port> & Co',
      geo: { latitude: 43.2951, longitude: 5.3739 },
      openingHours: ['Mo-Fr 09:00-18:00'],
      telephone: '+33 4 91 00 00 00',
    });
    expect(data.amenityFeature.map(({ name }) => name)).toContain('step-free');
    expect(data.amenityFeature.map(({ name }) => name)).not.toContain('parking');
  });

  it('says nothing of a hidden space, of one that is not there, and of pages that are a person’s own', async () => {
    const nowhere = space.id.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
    for (const path of [`/spaces/${hidden.id}`, `/spaces/${nowhere}`, '/me/bookings']) {
      const html = await page(path);
      expect(html).toContain('<title>Escale</title>');
      expect(html).not.toContain('ld+json');
    }
  });
});
