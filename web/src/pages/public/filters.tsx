import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useSession } from '../../api/session';
import { amenityText } from '../../i18n/amenities';
import { countryName, languageName } from '../../i18n/names';
import { accessText, hoursText } from './find-texts';
import { ACCESS, HOURS, listOf, toggled, type Found } from './find-rules';
import type { FindSearch } from './find-search';
import { usePutSearch } from './use-put-search';

type Option = { readonly value: string; readonly name: string };

/** Only what at least one space has is offered. */
export function Filters({
  all,
  search,
  onClose,
}: {
  all: readonly Found[];
  search: FindSearch;
  onClose: () => void;
}) {
  const { t } = useLingui();
  const { data: session } = useSession();
  const put = usePutSearch();
  const navigate = useNavigate({ from: '/spaces' });
  const spaces = all.map(({ space }) => space);
  const has = new Set(spaces.flatMap(({ amenities }) => amenities));
  return (
    <div className="filters">
      <Choices
        title={t`Countries`}
        options={named(
          spaces.map(({ country }) => country),
          countryName,
        )}
        isOn={(value) => search.country === value}
        onChoose={(value) => put({ country: search.country === value ? undefined : value })}
      />
      <Choices
        title={t`Hours`}
        options={HOURS.map((value) => ({ value, name: hoursText(value) }))}
        isOn={(value) => search.hours === value}
        onChoose={(value) =>
          put({ hours: search.hours === value ? undefined : (value as FindSearch['hours']) })
        }
      />
      <Choices
        title={t`Accessibility`}
        options={ACCESS.map((value) => ({ value, name: accessText(value) }))}
        isOn={(value) => listOf(search.access).includes(value)}
        onChoose={(value) => put({ access: toggled(search.access, value) })}
      />
      <Choices
        title={t`It has`}
        options={[...has].map((value) => ({ value, name: amenityText(value) })).toSorted(byName)}
        isOn={(value) => listOf(search.has).includes(value)}
        onChoose={(value) => put({ has: toggled(search.has, value) })}
      />
      <Choices
        title={t`Languages spoken`}
        options={named(
          spaces.flatMap(({ languages }) => languages).map((tag) => tag.split('-')[0] ?? tag),
          languageName,
        )}
        isOn={(value) => listOf(search.speaks).includes(value)}
        onChoose={(value) => put({ speaks: toggled(search.speaks, value) })}
      />
      {session && (
        <Choices
          title={t`What it costs you`}
          options={[{ value: 'nothing', name: t`Nothing at the counter` }]}
          isOn={(value) => search.pays === value}
          onChoose={() => put({ pays: search.pays ? undefined : 'nothing' })}
        />
      )}
      <Choices
        title={t`Order`}
        options={[
          { value: 'name', name: t`By name` },
          { value: 'desks', name: t`Most desks free` },
        ]}
        isOn={(value) => search.sort === value}
        onChoose={(value) => put({ sort: search.sort === value ? undefined : (value as FindSearch['sort']) })}
      />
      <p className="filters-foot">
        <Button color="aegean" onClick={onClose}>
          <Trans>Show the spaces</Trans>
        </Button>
        <button
          type="button"
          className="text-button"
          onClick={() => void navigate({ search: {}, replace: true, resetScroll: false })}
        >
          <Trans>Clear everything</Trans>
        </button>
      </p>
    </div>
  );
}

function named(values: readonly string[], nameOf: (value: string) => string): Option[] {
  return [...new Set(values)].map((value) => ({ value, name: nameOf(value) })).toSorted(byName);
}

function byName(a: Option, b: Option): number {
  return a.name.localeCompare(b.name);
}

function Choices({
  title,
  options,
  isOn,
  onChoose,
}: {
  title: ReactNode;
  options: readonly Option[];
  isOn: (value: string) => boolean;
  onChoose: (value: string) => void;
}) {
  if (options.length === 0) return null;
  return (
    <fieldset>
      <legend>{title}</legend>
      {options.map(({ value, name }) => (
        <button
          key={value}
          type="button"
          className="pill"
          aria-pressed={isOn(value)}
          onClick={() => onChoose(value)}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}
