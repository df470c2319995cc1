import { problems } from '../kernel/problem.js';

export const AccessProblems = problems('access', {
  unauthenticated: { status: 401, title: 'Sign in first' },
  denied: { status: 403, title: 'Not allowed' },
  foreignOrigin: { status: 403, title: 'The request comes from another site' },
  stepUpRequired: { status: 403, title: 'Prove again who you are' },
  readOnly: { status: 403, title: 'You only look' },
  factorRequired: { status: 403, title: 'A passkey or an authenticator app is needed for this' },
});

export const SessionProblems = problems('session', {
  refused: { status: 401, title: 'The sign-in was refused' },
  codeRequired: { status: 401, title: 'One more step: the code' },
  codeRefused: { status: 401, title: 'The code was refused' },
  proofRefused: { status: 403, title: 'That did not prove it' },
  notFound: { status: 404, title: 'There is no such session' },
});

export const PasskeyProblems = problems('passkey', {
  notFound: { status: 404, title: 'There is no such passkey' },
  refused: { status: 403, title: 'The passkey was refused' },
});

export const AuthenticatorProblems = problems('authenticator', {
  notFound: { status: 404, title: 'There is no such authenticator app' },
  codeRefused: { status: 422, title: 'The code does not fit' },
  held: { status: 409, title: 'There is an authenticator app already' },
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

export const IdentityProviderProblems = problems('identity_provider', {
  notFound: { status: 404, title: 'There is no such identity provider' },
  unfit: { status: 422, title: 'This cannot be an identity provider' },
  domainTaken: { status: 409, title: 'The domain belongs to another institution' },
  unknown: { status: 404, title: 'No institution signs in with this address' },
  unreachable: { status: 502, title: 'The institution does not answer' },
  refused: { status: 403, title: 'The sign-in at the institution did not work' },
  notVouched: { status: 403, title: 'The institution does not vouch for the address' },
});

export const ImpersonationProblems = problems('impersonation', {
  notFound: { status: 404, title: 'There is nobody to look at' },
  refused: { status: 409, title: 'Nobody looks at this person' },
});
