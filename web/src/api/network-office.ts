import { queryOptions } from '@tanstack/react-query';
import { DocumentPage } from '@wire/billing/document.schema.js';
import { RetentionPage, SellerPage, SellerReportView, VolumePage } from '@wire/duties/duties.schema.js';
import { WebhookDeliveryPage, WebhookEndpointPage, WebhookEventPage } from '@wire/hooks/hooks.schema.js';
import { VatEventPage } from '@wire/vat/vat.schema.js';
import type { z } from 'zod';
import { call } from './call';

/** Under the same key as all of a network: any act asks for it again. */
const read = <Out extends z.ZodType>(path: `/v1/${string}`, returns: Out) =>
  queryOptions({ queryKey: ['network', path], queryFn: ({ signal }) => call(path, { returns, signal }) });

export const documentsQuery = (id: string) => read(`/v1/documents?networkId=${id}`, DocumentPage);
export const vatEventsQuery = (id: string) => read(`/v1/vat-events?networkId=${id}`, VatEventPage);
export const endpointsQuery = (id: string) =>
  read(`/v1/webhook-endpoints?organisationId=${id}`, WebhookEndpointPage);
export const deliveriesQuery = (id: string) =>
  read(`/v1/webhook-endpoints/${id}/deliveries`, WebhookDeliveryPage);
export const hookEventsQuery = read('/v1/webhook-events', WebhookEventPage);
export const sellersQuery = (id: string) => read(`/v1/sellers?networkId=${id}`, SellerPage);
export const sellerQuery = (operatorId: string) => read(`/v1/sellers?operatorId=${operatorId}`, SellerPage);
export const reportQuery = (id: string, year: number) =>
  read(`/v1/seller-reports/${year}?networkId=${id}`, SellerReportView);
export const volumesQuery = (id: string) => read(`/v1/limited-network-volumes?networkId=${id}`, VolumePage);
export const retentionQuery = (country: string) =>
  read(`/v1/retention-rules?country=${country}`, RetentionPage);
