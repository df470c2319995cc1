import { Trans, useLingui } from '@lingui/react/macro';
import type { SpaceView } from '@wire/directory/directory.schema.js';
import { WayIn } from '../../booking/way-in';
import { Figures } from '../../components/figures';
import { amenityText } from '../../i18n/amenities';
import { dayText } from '../../i18n/days';
import { languageName } from '../../i18n/names';

const DATE = { day: 'numeric', month: 'short', year: 'numeric' } as const;

/** How one gets in, and who one asks for: told before the visit, not at the door. */
export function GettingIn({ space }: { space: SpaceView }) {
  const { contactName, phone } = space.profile.gettingIn;
  return (
    <section className="space-part">
      <h2>
        <Trans>Getting in</Trans>
      </h2>
      <WayIn space={space} />
      {contactName && (
        <p>
          <Trans>Ask for {contactName}.</Trans>
        </p>
      )}
      {phone && (
        <p>
          <a href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`}>
            <Figures>{phone}</Figures>
          </a>
        </p>
      )}
      {Object.values(space.profile.gettingIn).every((part) => part === null) && <NotTold />}
    </section>
  );
}

type Answer = { readonly value: 'yes' | 'no' | null; readonly checkedOn: string | null };

/** Yes, no or not told: what nobody told is never a no. */
export function Accessibility({ space: { profile, name } }: { space: SpaceView }) {
  const { t } = useLingui();
  const { stepFree, lift, toilet, hearingLoop, parking, doorWidthCm } = profile.accessibility;
  const answers: { name: string; answer: Answer }[] = [
    { name: t`Step-free`, answer: stepFree },
    { name: t`Lift`, answer: lift },
    { name: t`Accessible toilet`, answer: toilet },
    { name: t`Hearing loop`, answer: hearingLoop },
    { name: t`Parking`, answer: parking },
  ];
  return (
    <section className="space-part">
      <h2>
        <Trans>Accessibility</Trans>
      </h2>
      <dl className="access-facts">
        {answers.map(({ name: fact, answer }) => (
          <div key={fact} data-answer={answer.value ?? 'untold'}>
            <dt>{fact}</dt>
            <dd>
              <AnswerText value={answer.value} />
              <Checked on={answer.checkedOn} />
            </dd>
          </div>
        ))}
        <div data-answer={doorWidthCm.value === null ? 'untold' : 'yes'}>
          <dt>
            <Trans>Narrowest door</Trans>
          </dt>
          <dd>
            {doorWidthCm.value === null ? (
              <AnswerText value={null} />
            ) : (
              <Figures>{`${doorWidthCm.value} cm`}</Figures>
            )}
            <Checked on={doorWidthCm.checkedOn} />
          </dd>
        </div>
      </dl>
      <p className="space-note">
        <Trans>Told by {name}. “Not told” is not a no: ask.</Trans>
      </p>
    </section>
  );
}

function AnswerText({ value }: Pick<Answer, 'value'>) {
  switch (value) {
    case 'yes':
      return <Trans>yes</Trans>;
    case 'no':
      return <Trans>no</Trans>;
    case null:
      return <Trans>not told</Trans>;
  }
}

function Checked({ on }: { on: string | null }) {
  if (on === null) return null;
  const date = dayText(on, DATE);
  return (
    <small>
      {' '}
      <Trans>checked {date}</Trans>
    </small>
  );
}

function NotTold() {
  return (
    <p className="space-note">
      <Trans>The space has not told this yet.</Trans>
    </p>
  );
}

/** What is there, how fast, in which languages, and by which rules. */
export function Inside({ space: { profile } }: { space: SpaceView }) {
  const { amenities, languages, wifi, houseRules } = profile;
  const measured = wifi && dayText(wifi.measuredOn, DATE);
  return (
    <section className="space-part">
      <h2>
        <Trans>What is there</Trans>
      </h2>
      {amenities.length > 0 ? (
        <ul className="space-amenities">
          {amenities.map((amenity) => (
            <li key={amenity}>{amenityText(amenity)}</li>
          ))}
        </ul>
      ) : (
        <NotTold />
      )}
      {wifi && (
        <p>
          <Trans>
            Wi-Fi: <Figures>{`${wifi.mbps} Mb/s`}</Figures>, measured {measured}
          </Trans>
        </p>
      )}
      {languages.length > 0 && (
        <p>
          <Trans>Languages spoken</Trans>: {languages.map(languageName).join(', ')}
        </p>
      )}
      {houseRules && (
        <>
          <h3>
            <Trans>Rules of the house</Trans>
          </h3>
          <p className="space-rules">
            <bdi>{houseRules}</bdi>
          </p>
        </>
      )}
    </section>
  );
}
