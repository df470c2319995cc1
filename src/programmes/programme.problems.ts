import { problems } from '../kernel/problem.js';

export const ProgrammeProblems = problems('programme', {
  notFound: { status: 404, title: 'There is no such programme' },
  sponsorUnfit: { status: 409, title: 'Only an institution sponsors a programme' },
  wrongState: { status: 409, title: 'The programme is in another state' },
  notYourOwn: { status: 409, title: 'Somebody else approves it' },
  noPlaces: { status: 409, title: 'The programme names no place' },
  overBudget: { status: 409, title: 'The budget does not reach' },
  stillOwing: { status: 409, title: 'Something is still open' },
  floorsTooHigh: { status: 409, title: 'The floors come to more than the budget' },
  nothingToInvoice: { status: 409, title: 'Nothing is left to invoice' },
  monthNotOver: { status: 409, title: 'The month is not over' },
  invoiced: { status: 409, title: 'The month is invoiced already' },
  invoiceNotFound: { status: 404, title: 'There is no such invoice' },
  carriedAlready: { status: 409, title: 'The rest was carried over already' },
});

export const AgentProblems = problems('agent', {
  notFound: { status: 404, title: 'There is no such agent' },
  employerUnfit: { status: 409, title: 'This organisation employs no public agents here' },
  claimed: { status: 409, title: 'You told this employer already' },
  answered: { status: 409, title: 'The employer has answered already' },
  notConfirmed: { status: 409, title: 'The employer has not confirmed this agent' },
  otherDomain: { status: 409, title: 'The address is not one of the employer' },
  otherEmployer: { status: 409, title: 'The programme is for agents of other employers' },
  noAllowance: { status: 409, title: 'There was no allowance in that year' },
});

export const VoucherProblems = problems('voucher', {
  notFound: { status: 404, title: 'There is no such voucher' },
  settled: { status: 409, title: 'The voucher can no longer be changed' },
  expired: { status: 409, title: 'The voucher is no longer valid' },
  invoiced: { status: 409, title: 'The day is invoiced already' },
  requestAnswered: { status: 409, title: 'The request is answered already' },
  requestNotFound: { status: 404, title: 'There is no such request' },
  programmeNotOpen: { status: 409, title: 'The programme is not open' },
  notConfirmed: { status: 409, title: 'Your employer’s word does not reach that day' },
  noVoucherLeft: { status: 409, title: 'No voucher is left' },
  spaceCapReached: { status: 409, title: 'The programme’s share of this space is used up' },
  weekCapReached: { status: 409, title: 'Your days of that week are used up' },
  personCapReached: { status: 409, title: 'Your days of this programme are used up' },
  floorsKeptFree: { status: 409, title: 'The days that are left are promised to other spaces' },
  noMissionOrder: { status: 409, title: 'A visit abroad takes a mission order' },
  poolReserved: { status: 409, title: 'These desks are kept for public agents until then' },
});
