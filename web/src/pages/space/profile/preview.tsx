import { Trans } from '@lingui/react/macro';
import type { SpaceProfile } from '@wire/directory/profile.schema.js';
import type { ReactNode } from 'react';
import { Tile } from '../../../brand/tile';
import { Figures } from '../../../components/figures';
import { amenityText } from '../../../i18n/amenities';
import { dayText } from '../../../i18n/days';
import { languageName } from '../../../i18n/names';
import { useOffice } from '../rights';
import { FACTS, factName } from './facts';

/** As a guest reads it, while it is typed. */
export function Preview({ profile }: { profile: SpaceProfile }) {
  const { space } = useOffice();
  const { gettingIn, accessibility } = profile;
  const lines = [gettingIn.door, gettingIn.bell, gettingIn.floor, gettingIn.lift].filter(
    (line) => line !== null,
  );
  return (
    <aside className="preview panel" aria-labelledby="preview-title">
      <p className="preview-note" id="preview-title">
        <Trans>As guests see it</Trans>
      </p>
      <Tile id={space.id} className="preview-tile" />
      <p className="preview-name es-flare">{space.name}</p>
      <Part title={<Trans>Getting in</Trans>}>
        {lines.length > 0 ? <p>{lines.join(' · ')}</p> : <NotTold />}
        {gettingIn.contactName && (
          <p>
            <Trans>Ask for {gettingIn.contactName}.</Trans>
          </p>
        )}
        {gettingIn.phone && <bdi dir="ltr">{gettingIn.phone}</bdi>}
      </Part>
      <Part title={<Trans>Accessibility</Trans>}>
        <dl>
          {FACTS.map((key) => (
            <div key={key}>
              <dt>{factName(key)}</dt>
              <dd>
                <Fact {...accessibility[key]} />
              </dd>
            </div>
          ))}
        </dl>
      </Part>
      <Part title={<Trans>What there is</Trans>}>
        {profile.wifi && (
          <p>
            <Trans>Wi-Fi</Trans> <Figures>{`${profile.wifi.mbps} Mb/s`}</Figures>
          </p>
        )}
        {profile.amenities.length > 0 ? <p>{profile.amenities.map(amenityText).join(', ')}</p> : <NotTold />}
      </Part>
      {profile.languages.length > 0 && (
        <Part title={<Trans>Languages spoken</Trans>}>
          <p>{profile.languages.map(languageName).join(', ')}</p>
        </Part>
      )}
      {profile.houseRules && (
        <Part title={<Trans>Rules of the house</Trans>}>
          <p className="preview-rules">{profile.houseRules}</p>
        </Part>
      )}
    </aside>
  );
}

function Part({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function NotTold() {
  return (
    <span className="preview-untold">
      <Trans>not told</Trans>
    </span>
  );
}

function Fact({ value, checkedOn }: { value: 'yes' | 'no' | number | null; checkedOn: string | null }) {
  if (value === null) return <NotTold />;
  return (
    <>
      {typeof value === 'number' ? (
        <Figures>{`${value} cm`}</Figures>
      ) : value === 'yes' ? (
        <Trans>yes</Trans>
      ) : (
        <Trans>no</Trans>
      )}
      {checkedOn && (
        <small> · {dayText(checkedOn, { day: 'numeric', month: 'short', year: 'numeric' })}</small>
      )}
    </>
  );
}
