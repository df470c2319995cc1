import { t } from '@lingui/core/macro';
import type { HostingStop } from '@wire/kernel/words.js';
import type { Command, Grounds, MemberState, TOPICS, VAT_REGIMES } from '@wire/charter/member.schema.js';

export function stateText(state: MemberState): string {
  switch (state) {
    case 'INTERESTED':
      return t`Interested`;
    case 'APPLIED':
      return t`Applied`;
    case 'ASSESSED':
      return t`Awaits its peers`;
    case 'RETURNED':
      return t`Sent back by a peer`;
    case 'REVIEWED':
      return t`Ready to sign`;
    case 'PROVISIONAL':
      return t`Signed, on trial`;
    case 'ACTIVE':
      return t`Signed`;
    case 'RENEWAL_DUE':
      return t`To sign anew`;
    case 'CHARTER_LAPSED':
      return t`Lapsed`;
    case 'SUSPENDED':
      return t`Suspended`;
    case 'TERMINATING':
      return t`Leaving`;
    case 'CLOSING':
      return t`Closing`;
    case 'EXITED':
      return t`Ended`;
  }
}

/** Why a space takes no new bookings. */
export function stopText(code: HostingStop): string {
  switch (code) {
    case 'CHARTER_LAPSED':
      return t`It has not signed the charter in force.`;
    case 'SUSPENDED':
      return t`Its network has suspended it.`;
    case 'LEAVING':
      return t`It is leaving its network.`;
    case 'CLOSING':
      return t`It is closing for good.`;
    case 'LEFT':
      return t`It has left its network.`;
  }
}

export function topicText(topic: (typeof TOPICS)[number]): string {
  switch (topic) {
    case 'SOCIAL_LINKS':
      return t`Social links`;
    case 'TERRITORY':
      return t`Effect on the territory`;
    case 'EMPOWERMENT':
      return t`Power to act`;
    case 'ENVIRONMENT':
      return t`Environment`;
    case 'INCLUSION':
      return t`Inclusion`;
    case 'GOVERNANCE':
      return t`Shared governance`;
    case 'COOPERATION':
      return t`Cooperation`;
    case 'HYBRID_ACTIVITIES':
      return t`Mixed activities`;
    case 'SHARED_PLACE':
      return t`A shared place`;
    case 'COMMONS':
      return t`Commons`;
  }
}

export function groundText(ground: Grounds): string {
  switch (ground) {
    case 'CHARTER_BREACH':
      return t`A commitment was broken`;
    case 'SAFETY':
      return t`Safety`;
    case 'DISCRIMINATION':
      return t`Discrimination`;
    case 'UNPAID_DEBT':
      return t`An unpaid debt`;
    case 'FALSE_ASSESSMENT':
      return t`An untrue assessment`;
    case 'LEGAL_ORDER':
      return t`An order of an authority`;
  }
}

export function commandText(command: Command): string {
  switch (command) {
    case 'APPLY':
      return t`Applied`;
    case 'ASSESS':
      return t`Assessed itself`;
    case 'RECOMMEND':
      return t`Recommended by its peers`;
    case 'RETURN':
      return t`Sent back by a peer`;
    case 'FOUND':
      return t`Vouched for by the network`;
    case 'SIGN':
      return t`Signed the charter`;
    case 'CONFIRM':
      return t`Confirmed`;
    case 'RENEW':
      return t`Asked to sign a new version`;
    case 'LAPSE':
      return t`The charter lapsed`;
    case 'SUSPEND':
      return t`Suspended`;
    case 'RESTORE':
      return t`Let back in`;
    case 'TERMINATE':
      return t`Told to leave`;
    case 'WITHDRAW':
      return t`Announced that it leaves`;
    case 'CLOSE':
      return t`Announced that it closes`;
    case 'SETTLE':
      return t`Settled for the last time`;
  }
}

/** What a check has not found. */
export function missingText(code: string): string {
  switch (code) {
    case 'CONTACT_NAME':
      return t`a named person who welcomes visitors`;
    case 'OPENING_HOURS':
      return t`opening hours`;
    case 'PRICE':
      return t`a price`;
    case 'GETTING_IN':
      return t`how one gets in`;
    case 'RECIPROCAL_DAYS':
      return t`three reciprocal days`;
    case 'STEP_FREE':
      return t`whether it is step-free`;
    case 'TOILET':
      return t`which toilet there is`;
    case 'ASSESSMENT':
      return t`this year's self-assessment`;
    case 'PUBLIC':
      return t`a public page`;
    case 'PROFILE':
      return t`at least half of the profile`;
    default:
      return code;
  }
}

export function vatText(regime: (typeof VAT_REGIMES)[number]): string {
  switch (regime) {
    case 'STANDARD':
      return t`Charges VAT`;
    case 'OPTED':
      return t`Has opted for VAT`;
    case 'EXEMPT_LETTING':
      return t`Exempt letting`;
    case 'SME_DOMESTIC':
      return t`Small business, exempt at home`;
    case 'SME_CROSS_BORDER':
      return t`Small business, exempt across borders`;
    case 'NON_PROFIT_EXEMPT':
      return t`Exempt association`;
    case 'NON_EU':
      return t`Outside the European Union`;
  }
}
