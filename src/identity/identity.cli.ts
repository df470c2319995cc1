import type { Command } from 'commander';
import { newId } from '../kernel/ids.js';
import { wireLanguage, type Language } from '../kernel/wire.js';
import { printJson, type OpenCli } from '../platform/cli.js';
import { Db } from '../platform/db.js';
import { derivedId } from '../platform/derived-id.js';
import { namedScope } from '../platform/scope.js';
import { Identity } from './identity.service.js';
import { Letters } from './letters.js';
import { newLink } from './links.js';
import { wireCountry } from './organisation.schema.js';
import { wireEmail, wireName } from './person.schema.js';

/** The institution that runs this installation. One per installation, so its id is the same everywhere. */
const PLATFORM_ORGANISATION_ID = derivedId('escale', 'platform');

type Options = { name: string; country: string; language: string; json?: true };

export function registerIdentityCli(program: Command, open: OpenCli): void {
  program
    .command('administrators:create <email>')
    .description('make somebody an administrator of the platform, and print the link to choose a password')
    .requiredOption('--name <name>', 'what the person is called')
    .requiredOption('--country <code>', 'where the platform is run from, such as FR')
    .option('--language <code>', 'en, fr, es, it or ar', 'en')
    .option('--json', 'print the ids and the link as JSON')
    .action(async (email: string, { json, ...options }: Options) => {
      const person = {
        email: wireEmail.parse(email),
        name: wireName.parse(options.name),
        language: wireLanguage.parse(options.language),
      };
      const country = wireCountry.parse(options.country);
      const app = await open();
      const made = await createAdministrator(app, person, country);
      if (json) printJson(made);
      else process.stdout.write(`Choose a password within the hour: ${made.link}\n`);
    });
}

type App = Awaited<ReturnType<OpenCli>>;

/** Somebody who is known already keeps their account; the link lets them choose a new password. */
async function createAdministrator(
  app: App,
  person: { email: string; name: string; language: Language },
  country: string,
): Promise<{ personId: string; organisationId: string; link: string }> {
  const identity = app.get(Identity);
  return app.get(Db).tx(namedScope('operator'), async (tx) => {
    const organisationId = PLATFORM_ORGANISATION_ID;
    await identity.registerOrganisation(tx, {
      id: organisationId,
      kind: 'institution',
      name: 'Escale',
      country,
      parentId: null,
    });
    const personId = (await identity.personIdByEmail(tx, person.email)) ?? newId();
    await identity.registerPerson(tx, { id: personId, ...person });
    await identity.grant(tx, { personId, organisationId, role: 'platform_admin' });
    const link = app.get(Letters).passwordLink(await newLink(tx, 'PASSWORD_RESET', personId));
    return { personId, organisationId, link };
  });
}
