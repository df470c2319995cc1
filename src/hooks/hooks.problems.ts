import { problems } from '../kernel/problem.js';

export const WebhookProblems = problems('webhook', {
  notFound: { status: 404, title: 'There is no such endpoint or delivery' },
  addressRefused: { status: 422, title: 'Nothing is sent to this address' },
  eventUnknown: { status: 422, title: 'There is no such event' },
  disabled: { status: 409, title: 'The endpoint is switched off' },
});
