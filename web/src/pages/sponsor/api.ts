import { queryOptions, useMutation } from '@tanstack/react-query';
import {
  AgentPage,
  AgentView,
  AllowanceView,
  AttendanceView,
  CountryDayPage,
} from '@wire/programmes/agent.schema.js';
import {
  ProgrammeAgentPage,
  ProgrammePage,
  ProgrammeReportView,
  ProgrammeView,
  SponsorInvoicePage,
} from '@wire/programmes/programme.schema.js';
import { RequestPage, RequestView, VoucherPage } from '@wire/programmes/voucher.schema.js';
import type { z } from 'zod';
import { call } from '../../api/call';
import { queries } from '../../app/queries';

export const programmesQuery = (sponsorId: string) =>
  queryOptions({
    queryKey: ['programmes', 'of', sponsorId],
    queryFn: async () =>
      (await call(`/v1/programmes?sponsorId=${sponsorId}`, { returns: ProgrammePage })).items,
  });
/** All that run: for an agent who looks for their employer's. */
export const openProgrammesQuery = queryOptions({
  queryKey: ['programmes', 'open'],
  queryFn: async () => (await call('/v1/programmes', { returns: ProgrammePage })).items,
});
export const programmeQuery = (id: string) =>
  queryOptions({
    queryKey: ['programmes', id],
    queryFn: () => call(`/v1/programmes/${id}`, { returns: ProgrammeView }),
  });
export const reportQuery = (id: string) =>
  queryOptions({
    queryKey: ['programmes', id, 'report'],
    queryFn: () => call(`/v1/programmes/${id}/report`, { returns: ProgrammeReportView }),
  });
export const programmeAgentsQuery = (id: string) =>
  queryOptions({
    queryKey: ['programmes', id, 'agents'],
    queryFn: async () => (await call(`/v1/programmes/${id}/agents`, { returns: ProgrammeAgentPage })).items,
  });
export const requestsQuery = (id: string) =>
  queryOptions({
    queryKey: ['programmes', id, 'requests'],
    queryFn: async () =>
      (await call(`/v1/programmes/${id}/voucher-requests`, { returns: RequestPage })).items,
  });
export const invoicesQuery = (id: string) =>
  queryOptions({
    queryKey: ['programmes', id, 'invoices'],
    queryFn: async () => (await call(`/v1/programmes/${id}/invoices`, { returns: SponsorInvoicePage })).items,
  });
export const agentsQuery = (employerId: string) =>
  queryOptions({
    queryKey: ['programmes', 'agents', employerId],
    queryFn: async () => (await call(`/v1/agents?employerId=${employerId}`, { returns: AgentPage })).items,
  });
export const allowanceQuery = (employerId: string, year: number, quarter: number) =>
  queryOptions({
    queryKey: ['programmes', 'allowance', employerId, year, quarter],
    queryFn: () =>
      call(`/v1/allowance-statement?employerId=${employerId}&year=${year}&quarter=${quarter}`, {
        returns: AllowanceView,
      }),
  });
export const attendanceQuery = (employerId: string, fromDay: string, untilDay: string) =>
  queryOptions({
    queryKey: ['programmes', 'attendance', employerId, fromDay, untilDay],
    queryFn: () =>
      call(`/v1/attendance-statement?employerId=${employerId}&fromDay=${fromDay}&untilDay=${untilDay}`, {
        returns: AttendanceView,
      }),
  });
export const vouchersQuery = queryOptions({
  queryKey: ['programmes', 'vouchers'],
  queryFn: async () => (await call('/v1/vouchers', { returns: VoucherPage })).items,
});
export const ownAgentsQuery = queryOptions({
  queryKey: ['programmes', 'own-agents'],
  queryFn: async () => (await call('/v1/agents', { returns: AgentPage })).items,
});
export const countryDaysQuery = queryOptions({
  queryKey: ['programmes', 'country-days'],
  queryFn: async () => (await call('/v1/country-days', { returns: CountryDayPage })).items,
});

type Put = { readonly path: `/v1/${string}`; readonly body: unknown };

/** A write under `programmes`, after which all of it is looked at again. */
export function usePut<Out extends z.ZodType>(returns: Out) {
  return useMutation({
    mutationFn: ({ path, body }: Put) => call(path, { method: 'PUT', body, returns }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['programmes'] }),
  });
}

export { AgentView, ProgrammeView, RequestView, VoucherPage };
