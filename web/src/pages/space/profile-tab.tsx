import { Trans } from '@lingui/react/macro';
import { SpaceView } from '@wire/directory/directory.schema.js';
import { untoldParts, type SpaceProfile } from '@wire/directory/profile.schema.js';
import { call } from '../../api/call';
import { spaceQuery } from '../../api/spaces';
import { queries } from '../../app/queries';
import { useDraft } from './form/draft';
import { ManagersFields } from './form/fields';
import { SaveBar } from './form/save-bar';
import { Completeness } from './profile/completeness';
import { Preview } from './profile/preview';
import { Accessibility, Amenities, GettingIn, HouseRules, Languages } from './profile/sections';
import { useOffice } from './rights';
import './profile/profile.css';

/** What the space tells guests, with what a guest sees beside it. */
export function ProfileTab() {
  const { space } = useOffice();
  const draft = useDraft(space.profile, (profile: SpaceProfile) => putProfile(space.id, profile));
  const edited = { profile: draft.draft, change: draft.change };
  return (
    <section className="profile">
      <header>
        <h1>
          <Trans>Profile</Trans>
        </h1>
        <p className="office-lead">
          <Trans>What guests read before they choose you, and on the way to your door.</Trans>
        </p>
      </header>
      <div className="profile-aside">
        <Completeness missing={untoldParts(draft.draft)} />
        <Preview profile={draft.draft} />
      </div>
      <form className="profile-form" onSubmit={(event) => event.preventDefault()}>
        <ManagersFields>
          <GettingIn {...edited} />
          <Accessibility {...edited} />
          <Amenities {...edited} />
          <Languages {...edited} />
          <HouseRules {...edited} />
        </ManagersFields>
        <SaveBar draft={draft} />
      </form>
    </section>
  );
}

async function putProfile(spaceId: string, profile: SpaceProfile): Promise<SpaceProfile> {
  const stored = await call(`/v1/spaces/${spaceId}/profile`, {
    method: 'PUT',
    body: profile,
    returns: SpaceView,
  });
  queries.setQueryData(spaceQuery(spaceId).queryKey, stored);
  return stored.profile;
}
