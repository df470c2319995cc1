import type { OpenPackage } from './package.rules';

/** What the door has to remember of an admission. */
export type Seen = {
  readonly credentialId: string;
  readonly shownAt: number | null;
  readonly bearer: string;
};

export type OfflineDoor = {
  readonly nowMs: number;
  /** The tablet's clock runs behind what it has seen. */
  readonly isSetBack: boolean;
  /** Null when this tablet never was online. */
  readonly lists: OpenPackage | null;
  readonly wasShown: (credentialId: string, shownAt: number) => boolean;
  readonly isInside: (bearer: string) => boolean;
};
