import { Trans, useLingui } from '@lingui/react/macro';
import { AMENITIES, type SpaceProfile } from '@wire/directory/profile.schema.js';

import { amenityText } from '../../../i18n/amenities';
import { todayAt } from '../../../i18n/days';
import { languageName } from '../../../i18n/names';
import { Choice, Field, LineField, LinesField, NumberField, Tick } from '../form/fields';
import { useOffice } from '../rights';
import { FACTS, factName, type FactKey } from './facts';
import { fieldId, partOf } from './parts';

type Edited = { readonly profile: SpaceProfile; readonly change: (profile: SpaceProfile) => void };

/** Spoken around the sea, and by those who travel there; the rest can be typed. */
const LANGUAGES = [
  'ar',
  'ca',
  'de',
  'el',
  'en',
  'es',
  'fr',
  'he',
  'hr',
  'it',
  'mt',
  'nl',
  'pt',
  'sl',
  'sq',
  'tr',
];
const DOOR_WIDTH_CM_MAX = 1000;
const WIFI_MBPS_MAX = 100_000;

export function GettingIn({ profile, change }: Edited) {
  const { t } = useLingui();
  const { gettingIn } = profile;
  const told = (key: keyof SpaceProfile['gettingIn']) => ({
    id: fieldId(`gettingIn.${key}`),
    label: partOf(`gettingIn.${key}`).name,
    value: gettingIn[key],
    onChange: (value: string | null) => change({ ...profile, gettingIn: { ...gettingIn, [key]: value } }),
  });
  return (
    <section className="panel">
      <h2>
        <Trans>Getting in</Trans>
      </h2>
      <div className="two-fields">
        <LineField {...told('door')} placeholder={t`The green door beside the bakery`} />
        <LineField {...told('bell')} placeholder={t`“Kalsa”, second from above`} />
        <LineField {...told('floor')} placeholder={t`Second floor, left`} />
        <LineField {...told('lift')} placeholder={t`On the left, no key needed`} />
        <LineField
          {...told('contactName')}
          hint={<Trans>Stands in every confirmation. Ask that person first: it is public.</Trans>}
        />
        <LineField
          {...told('phone')}
          hint={<Trans>With the country code, such as +33 4 91 00 00 00.</Trans>}
        />
      </div>
    </section>
  );
}

export function Accessibility({ profile, change }: Edited) {
  return (
    <section className="panel">
      <h2>
        <Trans>Accessibility</Trans>
      </h2>
      <p className="field-hint">
        <Trans>“Not told” never reads as “no”. Each answer carries the day somebody looked.</Trans>
      </p>
      {FACTS.map((key) => (
        <Fact key={key} name={key} profile={profile} change={change} />
      ))}
    </section>
  );
}

function Fact({ name, profile, change }: Edited & { name: FactKey }) {
  const { space } = useOffice();
  const fact = profile.accessibility[name];
  const today = todayAt(space.timeZone).toString();
  const tell = (value: 'yes' | 'no' | number | null, checkedOn: string | null) =>
    change({
      ...profile,
      accessibility: {
        ...profile.accessibility,
        [name]: { value, checkedOn: value === null ? null : checkedOn },
      },
    });
  const common = {
    label: factName(name),
    id: fieldId(`accessibility.${name}`),
    hint: partOf(`accessibility.${name}`).why,
  };
  return (
    <div className="fact">
      {name === 'doorWidthCm' ? (
        <NumberField
          {...common}
          unit="cm"
          min={1}
          max={DOOR_WIDTH_CM_MAX}
          value={fact.value as number | null}
          onChange={(value) => tell(value, fact.checkedOn ?? today)}
        />
      ) : (
        <Choice
          {...common}
          value={(fact.value as 'yes' | 'no' | null) ?? 'untold'}
          options={[
            ['yes', <Trans key="yes">yes</Trans>],
            ['no', <Trans key="no">no</Trans>],
            ['untold', <Trans key="untold">not told</Trans>],
          ]}
          onChange={(value) => tell(value === 'untold' ? null : value, fact.checkedOn ?? today)}
        />
      )}
      {fact.value !== null && (
        <DayField
          value={fact.checkedOn}
          max={today}
          onChange={(day) => tell(fact.value, day)}
          label={<Trans>Looked at on</Trans>}
        />
      )}
    </div>
  );
}

function DayField({
  label,
  value,
  max,
  onChange,
}: {
  label: React.ReactNode;
  value: string | null;
  max?: string;
  onChange: (day: string | null) => void;
}) {
  return (
    <Field label={label}>
      {(props) => (
        <input
          {...props}
          type="date"
          className="control"
          max={max}
          value={value ?? ''}
          onChange={({ currentTarget }) => onChange(currentTarget.value || null)}
        />
      )}
    </Field>
  );
}

export function Amenities({ profile, change }: Edited) {
  const has = new Set(profile.amenities);
  const sorted = AMENITIES.toSorted((a, b) => amenityText(a).localeCompare(amenityText(b)));
  return (
    <section className="panel">
      <h2 id={fieldId('amenities')} tabIndex={-1}>
        <Trans>What there is</Trans>
      </h2>
      <div className="ticks">
        {sorted.map((amenity) => (
          <Tick
            key={amenity}
            isOn={has.has(amenity)}
            onChange={() =>
              change({
                ...profile,
                amenities: AMENITIES.filter((each) => has.has(each) !== (each === amenity)),
              })
            }
          >
            {amenityText(amenity)}
          </Tick>
        ))}
      </div>
      <Wifi profile={profile} change={change} />
    </section>
  );
}

function Wifi({ profile, change }: Edited) {
  const { space } = useOffice();
  const today = todayAt(space.timeZone).toString();
  const { wifi } = profile;
  return (
    <div className="fact">
      <NumberField
        id={fieldId('wifi')}
        label={<Trans>Wi-Fi, measured</Trans>}
        hint={<Trans>Download speed at a desk, on an ordinary afternoon.</Trans>}
        unit="Mb/s"
        min={1}
        max={WIFI_MBPS_MAX}
        value={wifi?.mbps ?? null}
        onChange={(mbps) =>
          change({ ...profile, wifi: mbps === null ? null : { mbps, measuredOn: wifi?.measuredOn ?? today } })
        }
      />
      {wifi && (
        <DayField
          label={<Trans>Measured on</Trans>}
          max={today}
          value={wifi.measuredOn}
          onChange={(measuredOn) =>
            change({ ...profile, wifi: { ...wifi, measuredOn: measuredOn ?? today } })
          }
        />
      )}
    </div>
  );
}

export function Languages({ profile, change }: Edited) {
  const { t } = useLingui();
  const spoken = profile.languages;
  const shown = [...LANGUAGES, ...spoken.filter((tag) => !LANGUAGES.includes(tag))];
  const toggle = (tag: string) =>
    change({
      ...profile,
      languages: spoken.includes(tag) ? spoken.filter((each) => each !== tag) : [...spoken, tag],
    });
  return (
    <section className="panel">
      <h2 id={fieldId('languages')} tabIndex={-1}>
        <Trans>Languages spoken</Trans>
      </h2>
      <div className="ticks" role="group" aria-label={t`Languages spoken`}>
        {shown
          .toSorted((a, b) => languageName(a).localeCompare(languageName(b)))
          .map((tag) => (
            <Tick key={tag} isOn={spoken.includes(tag)} onChange={() => toggle(tag)}>
              {languageName(tag)}
            </Tick>
          ))}
      </div>
    </section>
  );
}

export function HouseRules({ profile, change }: Edited) {
  return (
    <section className="panel">
      <h2>
        <Trans>The house</Trans>
      </h2>
      <LinesField
        id={fieldId('houseRules')}
        label={<Trans>Rules of the house</Trans>}
        hint={partOf('houseRules').why}
        rows={5}
        value={profile.houseRules}
        onChange={(houseRules) => change({ ...profile, houseRules })}
      />
    </section>
  );
}
