import { Trans } from '@lingui/react/macro';
import type { SpaceView } from '@wire/directory/directory.schema.js';
import { WayIn } from '../../booking/way-in';
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
