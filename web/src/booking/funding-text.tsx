import { Plural, Trans } from '@lingui/react/macro';
import type { FundingOption } from '../api/booking';

/** Who would pay, and why so or why not: one sentence for each way. */
export function FundingText({ option }: { option: FundingOption }) {
  if (option.outcome === 'SKIPPED') return <WhyNot because={option.because} />;
  const after = option.outcome === 'TAKEN' ? option.leftAfterHalfDays : null;
  return (
    <>
      <Payer option={option} />
      {after !== null && (
        <>
          {' '}
          <Left halfDays={after} />
        </>
      )}
    </>
  );
}

function Payer({ option: { funding, outcome } }: { option: FundingOption }) {
  const pays = outcome === 'TAKEN';
  switch (funding) {
    case 'SPONSOR_VOUCHER':
      return pays ? <Trans>Your sponsor pays, with a voucher of a day.</Trans> : null;
    case 'VISA_QUOTA':
      return pays ? (
        <Trans>Your home space pays: you have free days here.</Trans>
      ) : (
        <Trans>Your free days here could pay.</Trans>
      );
    case 'PASS_UNITS':
      return pays ? <Trans>Your pass pays.</Trans> : <Trans>Your pass could pay.</Trans>;
    case 'PAY_AS_YOU_GO':
      return pays ? <Trans>You pay for this visit yourself.</Trans> : <Trans>You could pay yourself.</Trans>;
  }
}

/** Half-days are counted, days are said. */
function Left({ halfDays }: { halfDays: number }) {
  if (halfDays % 2 === 1) {
    return (
      <Plural
        value={halfDays}
        one="Afterwards # half-day is left."
        other="Afterwards # half-days are left."
      />
    );
  }
  return (
    <Plural
      value={halfDays / 2}
      _0="Afterwards nothing is left."
      one="Afterwards # day is left."
      other="Afterwards # days are left."
    />
  );
}

function WhyNot({ because }: Pick<FundingOption, 'because'>) {
  switch (because) {
    case 'NO_HOME_SPACE':
      return <Trans>No free days: you belong to no space yet.</Trans>;
    case 'AT_HOME':
      return <Trans>No free days: this is your home space, and they are for visits elsewhere.</Trans>;
    case 'QUOTA_USED_UP':
      return <Trans>Your free days here are used up for this year.</Trans>;
    case 'NO_PASS':
      return <Trans>No pass of yours is good here on that day.</Trans>;
    case 'PASS_USED_UP':
      return <Trans>Your pass has too little left.</Trans>;
    case 'HOST_CAP_REACHED':
      return <Trans>Your pass allows no more days here in this period.</Trans>;
    case 'NO_PRICE_IN_MONEY':
      return <Trans>Money pays nothing here: the spaces exchange days.</Trans>;
    case 'PAID_BY_TIME':
      return <Trans>Free days and passes are for desks: a room is paid by its time.</Trans>;
    case null:
      return null;
    case 'SPACE_CAP_REACHED':
    case 'FLOORS_KEPT_FREE':
      return <Trans>Your sponsor’s programme has given this space its share.</Trans>;
    case 'WEEK_CAP_REACHED':
    case 'PERSON_CAP_REACHED':
    case 'NO_VOUCHER_LEFT':
      return <Trans>Your sponsor’s days are used up for now.</Trans>;
    case 'ABOVE_PRICE_CEILING':
    case 'NOT_A_DESK':
    case 'NOT_CONFIRMED':
    case 'NO_MISSION_ORDER':
    case 'OTHER_COUNTRY':
    case 'OTHER_PLACE':
    case 'OTHER_TIME':
    case 'PROGRAMME_NOT_OPEN':
      return <Trans>Your sponsor’s voucher does not pay here.</Trans>;
  }
}
