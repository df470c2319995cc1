import { Trans, useLingui } from '@lingui/react/macro';
import type { SpaceView } from '@wire/directory/directory.schema.js';
import { Figures } from '../../components/figures';

/** Where to ring, and whom to ask for. */
export function Arrival({ space }: { space: SpaceView }) {
  const { contactName, phone } = space.profile.gettingIn;
  return (
    <section className="visit-part">
      <h2>
        <Trans>Getting in</Trans>
      </h2>
      {contactName ? (
        <p className="visit-paid">
          <Trans>Ask for {contactName}.</Trans>
        </p>
      ) : (
        <p className="visit-small">
          <Trans>The space names nobody to ask for. Say at the door that you come with Escale.</Trans>
        </p>
      )}
      <WayIn space={space} />
      {phone && (
        <p>
          <a href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`}>
            <Figures>{phone}</Figures>
          </a>
        </p>
      )}
    </section>
  );
}

/** Door, bell, floor and lift, as far as the space has told them. */
export function WayIn({ space }: { space: Pick<SpaceView, 'profile'> }) {
  const { t } = useLingui();
  const { door, bell, floor, lift } = space.profile.gettingIn;
  const told = [
    { name: t`Door`, text: door },
    { name: t`Bell`, text: bell },
    { name: t`Floor`, text: floor },
    { name: t`Lift`, text: lift },
  ].filter(({ text }) => text !== null);
  if (told.length === 0) return null;
  return (
    <dl className="way-in">
      {told.map(({ name, text }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <bdi>{text}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
