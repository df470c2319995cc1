import { problems } from '../kernel/problem.js';

export const AccessProblems = problems('access', {
  unauthenticated: { status: 401, title: 'Sign in first' },
  denied: { status: 403, title: 'Not allowed' },
  foreignOrigin: { status: 403, title: 'The request comes from another site' },
});

export const SessionProblems = problems('session', {
  refused: { status: 401, title: 'The sign-in was refused' },
});

export const PersonProblems = problems('person', {
  notFound: { status: 404, title: 'There is no such person' },
  emailTaken: { status: 409, title: 'This address already has an account' },
});

export const LinkProblems = problems('link', {
  spent: { status: 410, title: 'The link no longer works' },
});

export const OrganisationProblems = problems('organisation', {
  notFound: { status: 404, title: 'There is no such organisation' },
  parentUnfit: { status: 422, title: 'The parent must be an existing network' },
});

export const MembershipProblems = problems('membership', {
  notFound: { status: 404, title: 'There is no such membership' },
  held: { status: 409, title: 'The person has this role already' },
  roleUnfit: { status: 422, title: 'An organisation of this kind does not have this role' },
  lastAdmin: { status: 409, title: 'A network needs an administrator' },
});

export const DelegationProblems = problems('delegation', {
  notFound: { status: 404, title: 'There is no such delegation' },
  unfit: { status: 422, title: 'These two cannot act for each other' },
  periodUnfit: { status: 422, title: 'A delegation has a last day' },
});

export const InvitationProblems = problems('invitation', {
  notFound: { status: 404, title: 'There is no such invitation' },
  spent: { status: 410, title: 'The invitation no longer works' },
});

export const ApiKeyProblems = problems('api_key', {
  notFound: { status: 404, title: 'There is no such API key' },
  permissionUnfit: { status: 422, title: 'A key of this organisation cannot have this permission' },
});

export const DeviceProblems = problems('device', {
  notFound: { status: 404, title: 'There is no such device' },
  spaceUnfit: { status: 422, title: 'The space does not belong to this operator' },
  revoked: { status: 401, title: 'The device was unpaired' },
  codeRefused: { status: 403, title: 'The enrolment code was refused' },
});
