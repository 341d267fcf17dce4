import { type Document, isMap, isSeq, YAMLMap, YAMLSeq } from 'yaml';
import type { Baseline } from '../domain/baseline.ts';
import { compareText } from '../domain/order.ts';
import { planDocument, planText, tieFirstComment } from './plan-document.ts';

/**
 * `text` (`null`: no file yet) with this baseline in place of the one there is, a proposal a line, by id; comments stay with their
 * proposal, decisions stay as they are. `null` takes the baseline out. @throws Problem when the text is malformed.
 */
export function applyBaseline(text: string | null, baseline: Baseline | null): string {
  const document = planDocument(text);
  if (baseline === null) {
    document.delete('baseline');
    const rest: unknown = document.contents;
    // An empty map would be written as `{}`, without the comments above it.
    return isMap(rest) && rest.items.length === 0 ? commentsOf(text ?? '') : planText(document, text);
  }
  const present: unknown = document.get('baseline', true);
  const whole = isMap(present) ? present : new YAMLMap();
  if (whole !== present) document.set('baseline', whole);
  whole.flow = false;
  whole.set('on', baseline.on);
  const there: unknown = whole.get('proposals', true);
  const list = isSeq(there) ? there : new YAMLSeq();
  if (list !== there) whole.set('proposals', list);
  tieFirstComment(list);
  list.items = proposalsIn(document, list, baseline);
  list.flow = list.items.length === 0;
  return planText(document, text);
}

/** The comments at the head of a file. */
function commentsOf(text: string): string {
  return /^(?:[ \t]*(?:#.*)?(?:\r?\n|$))*/.exec(text)?.[0] ?? '';
}

function proposalsIn(document: Document, list: YAMLSeq, { proposals }: Baseline): unknown[] {
  const old = new Map(list.items.filter(isMap).map((node) => [node.get('id'), node]));
  return proposals
    .toSorted((a, b) => compareText(a.id, b.id))
    .map(({ id, from }) => {
      const node = old.get(id) ?? document.createNode({ id, from });
      if (!isMap(node)) return node;
      node.set('from', from);
      // One line a proposal, so that git merges what different people publish.
      node.flow = true;
      return node;
    });
}
