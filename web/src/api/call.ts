import { Temporal } from '@wire/kernel/time.js';
import type { z } from 'zod';
import { askForProof } from './proof';

type FieldFault = { readonly pointer: string; readonly detail: string };

/** The refusal of RFC 9457. `code` is the contract; the text shown comes from our own catalogue, by code. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly errors: readonly FieldFault[] = [],
  ) {
    super(`${status} ${code}`);
  }
}

/** No answer came: no network, or none to our server. */
class Unanswered extends Error {
  override readonly name = 'Unanswered';
}

interface Call<Out extends z.ZodType> {
  method?: 'GET' | 'PUT' | 'DELETE' | 'POST';
  body?: unknown;
  returns: Out;
  signal?: AbortSignal;
  /** A door device's own token; people are known by their cookie. */
  token?: string;
  headers?: Record<string, string>;
}

/**
 * fetch + the schema of @wire/*. Writes are PUTs on an id made here, so a repeat is harmless. What asks for a proof of
 * identity is sent again once that is given.
 */
export async function call<Out extends z.ZodType>(
  path: `/v1/${string}`,
  options: Call<Out>,
): Promise<z.output<Out>> {
  const { method = 'GET', body, returns, signal, token, headers = {} } = options;
  const isFile = body instanceof Blob;
  const response = await ask(path, {
    method,
    credentials: token ? 'omit' : 'same-origin',
    headers: {
      accept: 'application/json, application/problem+json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': isFile ? body.type : 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
  noteServerTime(response);
  const json: unknown = response.status === 204 ? undefined : await response.json().catch(() => undefined);
  if (response.ok) return returns.parse(json);
  const problem = problemOf(response, json);
  if (problem.code !== 'access.step_up_required' || !(await askForProof())) throw problem;
  return call(path, options);
}

/** `fetch` says by a TypeError that there was no answer; a fault of our own may be one as well. */
async function ask(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (error) {
    throw error instanceof TypeError ? new Unanswered(error.message) : error;
  }
}

function problemOf(response: Response, json: unknown): ApiProblem {
  const problem = (json ?? {}) as { code?: string; detail?: string; errors?: FieldFault[] };
  // Without a code it was not our server that answered: a proxy, a captive portal, a restart.
  const code = problem.code ?? 'http.unavailable';
  return new ApiProblem(response.status, code, problem.detail ?? response.statusText, problem.errors);
}

/** Did the request never get an answer of ours? Then it may be tried again. */
export function isUnanswered(error: unknown): boolean {
  if (error instanceof ApiProblem) return error.status >= 500 || error.status === 429;
  return error instanceof Unanswered || (error instanceof DOMException && error.name === 'AbortError');
}

const OFFSET_KEY = 'escale.server-offset-ms';
const deviceNowMs = () => Temporal.Now.instant().epochMilliseconds;

/** Phones are often set by hand on journeys: codes are made and judged in the server's time. */
function noteServerTime(response: Response): void {
  const stamp = Number(response.headers.get('x-server-time'));
  if (!(stamp > 0)) return;
  stamped = { serverMs: stamp, atMs: performance.now() };
  localStorage.setItem(OFFSET_KEY, String(stamp - deviceNowMs()));
}

let stamped: { readonly serverMs: number; readonly atMs: number } | undefined;

/** When the server last told its time to this page, by the page's own stopwatch. */
export function lastStamp(): typeof stamped {
  return stamped;
}

/** Now, in epoch milliseconds, as the server would say; offline, as it said last. */
export function serverNowMs(): number {
  return deviceNowMs() + Number(localStorage.getItem(OFFSET_KEY) ?? 0);
}
