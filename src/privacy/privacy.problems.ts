import { problems } from '../kernel/problem.js';

export const DataExportProblems = problems('data_export', {
  notFound: { status: 404, title: 'There is no such copy of your data' },
  notReady: { status: 409, title: 'The copy is not there' },
});

export const ErasureProblems = problems('erasure', {
  notConfirmed: { status: 422, title: 'The address is not yours' },
  bookingsOpen: { status: 409, title: 'There are bookings or a visit still' },
});
