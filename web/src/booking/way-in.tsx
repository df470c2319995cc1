import { useLingui } from '@lingui/react/macro';
import type { SpaceView } from '@wire/directory/directory.schema.js';
import './way-in.css';

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
