import { Problem } from '../../domain/problem.ts';

/** Why a try failed, in neap's own words: upstream's texts may hold tokens and are never quoted. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  /** Whether the same request may go well later. */
  readonly passing: boolean;

  constructor(because: string, passing: boolean) {
    super(because);
    this.passing = passing;
  }
}

const OFFLINE = 'Check network and proxy (HTTPS_PROXY, NO_PROXY), then run `neap sync` again.';
const WRONG = 'Check the address: what is there is not what neap reads.';
const LATER = 'Run `neap sync` again later.';

/** What an answer with an error status means to its reader. */
export function statusProblem(place: string, status: number): Problem {
  if (status === 404 || status === 410) {
    return new Problem(`${place} does not exist (${status})`, {
      hint: 'Check the name; a private place needs a token in the environment.',
    });
  }
  if (status === 401 || status === 403) {
    return new Problem(`${place} may not be read (${status})`, { hint: 'Check the token in the environment.' });
  }
  if (status === 429) return new Problem(`${place} asks for fewer requests (429)`, { hint: LATER });
  if (status >= 300 && status < 400) {
    return new Problem(`${place} sends on and on to other addresses (${status})`, { hint: WRONG });
  }
  return new Problem(`${place} answers ${status}`, { hint: LATER });
}

/** An error of `fetch` or of reading the body, as a problem; `null` when it is none of the network's (a defect, then). */
export function networkProblem(place: string, error: unknown): Problem | null {
  if (error instanceof HttpError) {
    return new Problem(`${place} ${error.message}`, { hint: error.passing ? LATER : WRONG });
  }
  const code = codeOf(error);
  if (code === null) return null;
  return new Problem(`${place} ${CODES[code] ?? `cannot be reached (${code})`}`, { hint: OFFLINE });
}

/** Whether a failure is worth another try. */
export function passes(error: unknown): boolean {
  if (error instanceof HttpError) return error.passing;
  const code = codeOf(error);
  return code !== null && !LASTING.has(code);
}

/** Trying again does not mend these. */
const LASTING: ReadonlySet<string> = new Set(['ENOTFOUND', 'Z_DATA_ERROR', 'ERR_INVALID_URL', 'CERT_HAS_EXPIRED']);

const CODES: Readonly<Record<string, string>> = {
  Z_DATA_ERROR: 'sends a damaged compressed body',
  Z_BUF_ERROR: 'sends a compressed body that is cut off',
  UND_ERR_SOCKET: 'broke off in the middle',
  ECONNRESET: 'broke off in the middle',
  UND_ERR_HEADERS_TIMEOUT: 'did not answer in time',
  UND_ERR_BODY_TIMEOUT: 'stopped sending',
  UND_ERR_CONNECT_TIMEOUT: 'cannot be reached (no connection in time)',
};

/** The code of the innermost cause, as Node and undici give them; `null` when there is none. */
function codeOf(error: unknown): string | null {
  let found: string | null = null;
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string' && /^[A-Z][A-Z0-9_]{2,40}$/.test(at.code)) found = at.code;
    if (at instanceof AggregateError && at.errors[0] instanceof Error) at.cause ??= at.errors[0];
  }
  // undici says only "terminated" or "fetch failed" for some: still the network's doing.
  if (found === null && error instanceof TypeError && /^(?:terminated|fetch failed)$/.test(error.message))
    return 'NETWORK';
  return found;
}
