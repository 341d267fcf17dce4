import { plain } from '../text.ts';

/** Text of others as content or quoted attribute of HTML and SVG, where it is shown and does nothing. */
export function escaped(text: string): string {
  return plain(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
