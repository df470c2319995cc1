import { t } from '@lingui/core/macro';
import type { EntryView } from '@wire/data-bank/catalogue.schema.js';
import type { CorrectionView } from '@wire/data-bank/correction.schema.js';
import { ApiProblem } from '../../api/call';
import { problemText } from '../../api/problem-text';

export function labelName(label: EntryView['labels'][number]): string {
  switch (label) {
    case 'coworking':
      return t`Coworking`;
    case 'fablab':
      return t`Fablab`;
    case 'hackerspace':
      return t`Hackerspace`;
    case 'meeting_rooms':
      return t`Meeting rooms`;
    case 'digital_help':
      return t`Digital help`;
    case 'public_services':
      return t`Public services`;
    case 'library':
      return t`Library`;
    case 'town_hall':
      return t`Town hall`;
    case 'association':
      return t`Association`;
    case 'job_centre':
      return t`Job centre`;
    case 'social_centre':
      return t`Social centre`;
  }
}

export function fieldName(field: CorrectionView['field']): string {
  switch (field) {
    case 'name':
      return t`Name`;
    case 'kind':
      return t`Kind`;
    case 'address':
      return t`Address`;
    case 'postcode':
      return t`Postcode`;
    case 'city':
      return t`City`;
    case 'website':
      return t`Website`;
    case 'hoursInWords':
      return t`Hours`;
    case 'existence':
      return t`It is not there any more`;
  }
}

export function correctionState(state: CorrectionView['state']): string {
  switch (state) {
    case 'REQUESTED':
      return t`Waits for an answer`;
    case 'CORRECTED':
      return t`Corrected`;
    case 'WITHDRAWN':
      return t`Withdrawn`;
    case 'REFUSED':
      return t`Refused`;
  }
}

/** The refusals of the data bank in the reader's language; all others as everywhere. */
export function dataProblemText(error: unknown): string {
  if (error instanceof ApiProblem) {
    if (error.code === 'correction.asked_before')
      return t`Somebody told us this already. See its answer below.`;
    if (error.code === 'correction.decided') return t`This has been answered meanwhile. Reload to see it.`;
  }
  return problemText(error);
}
