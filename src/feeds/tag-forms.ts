import type { SchemeId } from '../domain/product.ts';
import type { ParsedVersion } from '../versioning/scheme.ts';
import { type Decoded, decodeVersion } from './decode.ts';

/**
 * The version a tag or title names, by the forms a feed is given: `r{version}`, `redis@{version}`, `REL_{version_}` (underscores stand for
 * dots there, and a word follows without one: `REL_17_BETA1` is 17beta1). The first form that fits decides; `{version}` when there are none.
 */
export function versionOfTag(
  tag: unknown,
  forms: readonly string[] | undefined,
  scheme: SchemeId,
): Decoded<ParsedVersion & { readonly version: string }> {
  if (typeof tag !== 'string') return { because: 'the tag is not text' };
  let because = 'not a tag of this product';
  for (const form of forms ?? ['{version}']) {
    // A `v` the form does not name is no part of the version: `1.2.3` and `v1.2.3` are the same.
    const inner = within(tag, form)?.replace(/^v\.?(?=\d)/i, '') ?? null;
    if (inner === null) continue;
    const decoded = decodeVersion(inner, scheme);
    if ('value' in decoded) return { value: { ...decoded.value, version: inner } };
    because = decoded.because;
  }
  return { because };
}

function within(tag: string, form: string): string | null {
  const match = /\{version(_?)\}/.exec(form);
  if (match === null) return tag === form ? tag : null;
  const before = form.slice(0, match.index);
  const after = form.slice(match.index + match[0].length);
  if (!tag.startsWith(before) || !tag.endsWith(after) || tag.length <= before.length + after.length) return null;
  const inner = tag.slice(before.length, tag.length - after.length);
  return match[1] === ''
    ? inner
    : inner
        .replace(/_(?=\d)/g, '.')
        .replace(/_/g, '')
        .toLowerCase();
}
