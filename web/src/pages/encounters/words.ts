import { t } from '@lingui/core/macro';
import type { EncounterView } from '@wire/encounters/encounter.schema.js';
import type { WorkstreamView } from '@wire/encounters/people.schema.js';
import type { CrossServiceView } from '@wire/encounters/together.schema.js';
import { ApiProblem } from '../../api/call';
import { problemText } from '../../api/problem-text';

export function encounterKind(kind: EncounterView['kind']): string {
  switch (kind) {
    case 'ENCOUNTER':
      return t`Encounter`;
    case 'STUDY_VISIT':
      return t`Study visit`;
    case 'OPEN_DAY':
      return t`Open day`;
    case 'PEER_EXCHANGE':
      return t`Exchange among spaces`;
  }
}

export function serviceKind(kind: CrossServiceView['kind']): string {
  switch (kind) {
    case 'machine_time':
      return t`Machine time`;
    case 'meeting_room':
      return t`Meeting room`;
    case 'mentoring':
      return t`Mentoring`;
    case 'studio':
      return t`Studio`;
    case 'event_seat':
      return t`Seat at an event`;
    case 'business_address':
      return t`Business address`;
  }
}

export function perText(per: CrossServiceView['per']): string {
  switch (per) {
    case 'HOUR':
      return t`an hour`;
    case 'DAY':
      return t`a day`;
    case 'SEAT':
      return t`a seat`;
    case 'MONTH':
      return t`a month`;
  }
}

/** The five propositions of 2018, in the reader's language. */
export function proposition(workstream: WorkstreamView['workstream']): string {
  switch (workstream) {
    case 'data_bank':
      return t`Build one open data bank about coworking around the sea.`;
    case 'connected_places':
      return t`Connect third places, so that who belongs to one is at home in the others.`;
    case 'charter':
      return t`Agree on the values that coworking stands for, and write them down.`;
    case 'immersion_stays':
      return t`Let civil servants spend some days in coworking spaces, and hosts in administrations.`;
    case 'public_agents':
      return t`Open places to work in for public agents who are on their way.`;
  }
}

export function workstreamState(state: WorkstreamView['state']): string {
  switch (state) {
    case 'PROPOSED':
      return t`Proposed`;
    case 'AT_WORK':
      return t`At work`;
    case 'DECIDED':
      return t`Decided`;
  }
}

/** The refusals of encounters in the reader's language; all others as everywhere. */
export function encounterProblemText(error: unknown): string {
  return (error instanceof ApiProblem && sentence(error.code)) || problemText(error);
}

function sentence(code: string): string | undefined {
  switch (code) {
    case 'encounter.code_wrong':
      return t`This is not the code of the encounter. Read the picture that is shown there.`;
    case 'encounter.not_now':
      return t`The encounter is not taking place now.`;
    case 'encounter.full':
      return t`The encounter is full.`;
    case 'encounter.one_sided':
      return t`Somebody of each side has to be there: an institution, and users. Let them read the code.`;
    case 'sharing.overlaps':
      return t`You share some of these days there already.`;
    case 'introduction.made_already':
      return t`These two were introduced already.`;
    default:
      return undefined;
  }
}
