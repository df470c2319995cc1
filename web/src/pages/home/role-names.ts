import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';

export const ROLE_NAMES: Readonly<Record<string, MessageDescriptor>> = {
  nomad: msg`Nomad`,
  space_staff: msg`At the door`,
  space_manager: msg`Space manager`,
  facilitator: msg`Facilitator`,
  network_admin: msg`Network administrator`,
  network_treasurer: msg`Treasurer`,
  public_sponsor: msg`Public sponsor`,
  researcher: msg`Researcher`,
  platform_admin: msg`Platform administrator`,
};
