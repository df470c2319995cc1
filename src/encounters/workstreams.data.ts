import type { WorkstreamView } from './people.schema.js';

/**
 * What the workshop of February 2018 in Marseille proposed, in words of our own: the working groups that the network
 * starts with, and the page that answers each.
 */
export const PROPOSITIONS: Readonly<
  Record<WorkstreamView['workstream'], { readonly proposition: string; readonly answeredAt: string }>
> = {
  data_bank: {
    proposition: 'Build one open data bank about coworking around the sea.',
    answeredAt: '/data',
  },
  connected_places: {
    proposition: 'Connect third places, so that who belongs to one is at home in the others.',
    answeredAt: '/encounters',
  },
  charter: {
    proposition: 'Agree on the values that coworking stands for, and write them down.',
    answeredAt: '/charter',
  },
  immersion_stays: {
    proposition:
      'Let civil servants of Europe spend some days in coworking spaces, and hosts in administrations.',
    answeredAt: '/stays',
  },
  public_agents: {
    proposition: 'Open places to work in for agents of the public service who are on their way.',
    answeredAt: '/programmes',
  },
};
