import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import type { Booking } from '../../api/mine';
import { spacesQuery } from '../../api/spaces';

/** A code is made for one door. "Any door" is taken by doors that have a network. */
export function DoorChoice({
  chosen,
  today,
  onChoose,
}: {
  chosen: string | null;
  today: readonly Booking[];
  onChoose: (spaceId: string | null) => void;
}) {
  const { t } = useLingui();
  const { data: spaces = [] } = useQuery(spacesQuery);
  const booked = new Set(today.map(({ spaceId }) => spaceId));
  const sorted = spaces.toSorted((a, b) => Number(booked.has(b.id)) - Number(booked.has(a.id)));
  return (
    <label className="pass-choice">
      <Trans>For the door of</Trans>
      <select
        aria-label={t`The door this code is for`}
        value={chosen ?? ''}
        onChange={({ currentTarget }) => onChoose(currentTarget.value || null)}
      >
        <option value="">{t`any space with a network`}</option>
        {sorted.map(({ id, name, city }) => (
          <option key={id} value={id}>{`${name}, ${city}`}</option>
        ))}
      </select>
    </label>
  );
}
