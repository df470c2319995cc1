import { t } from '@lingui/core/macro';
import { amenityText, type Amenity } from '../../i18n/amenities';
import { countryName, languageName } from '../../i18n/names';
import { listOf, type Access, type HOURS, type Narrowing } from './find-rules';
import type { FindSearch } from './find-search';

export function hoursText(hours: (typeof HOURS)[number]): string {
  switch (hours) {
    case 'now':
      return t`Open now`;
    case 'early':
      return t`Opens before 8`;
    case 'evening':
      return t`Open until 20 or later`;
    case 'weekend':
      return t`Open at weekends`;
  }
}

export function accessText(fact: Access): string {
  switch (fact) {
    case 'stepFree':
      return t`Step-free`;
    case 'toilet':
      return t`Accessible toilet`;
    case 'hearingLoop':
      return t`Hearing loop`;
  }
}

/** A condition in words, as it stands in the search. */
export function narrowingText(search: FindSearch, key: Narrowing): string {
  switch (key) {
    case 'q':
      return `“${search.q ?? ''}”`;
    case 'country':
      return countryName(search.country ?? '');
    case 'from':
      return t`the dates`;
    case 'every':
      return t`Free on every day`;
    case 'hours':
      return hoursText(search.hours ?? 'now');
    case 'access':
      return listOf(search.access)
        .map((fact) => accessText(fact as Access))
        .join(', ');
    case 'has':
      return listOf(search.has)
        .map((name) => amenityText(name as Amenity))
        .join(', ');
    case 'speaks':
      return listOf(search.speaks).map(languageName).join(', ');
    case 'pays':
      return t`Nothing at the counter`;
  }
}
