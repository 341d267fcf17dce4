/**
 * Milliseconds to wait for a `Retry-After` header: seconds or an HTTP date (RFC 9110, 10.2.3). `null` when there is none, or none that
 * can be read.
 * @param now milliseconds since 1970.
 */
export function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
