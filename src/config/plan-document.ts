import { type Document, isMap, LineCounter, parseDocument, type YAMLSeq } from 'yaml';
import { Problem } from '../domain/problem.ts';

const HEADER = `# What the team decided about neap's windows, and the proposals it published last; written by \`neap accept\`,
# \`neap plan --publish\` and the calendar. It belongs in git, beside neap.yaml. Comments are kept.
`;

/** neap.plan.yaml as a document that keeps its comments; `null`: there is no file yet. @throws Problem when it is malformed. */
export function planDocument(text: string | null): Document {
  const lines = new LineCounter();
  const blank = text === null || ['', HEADER.trim()].includes(text.trim());
  const document = parseDocument(blank ? `${HEADER}{}\n` : text, { lineCounter: lines, prettyErrors: false });
  // Braces are for what has no entries.
  if (blank && isMap(document.contents)) document.contents.flow = false;
  const error = document.errors[0];
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new Problem(`Not valid YAML: ${error.message}`, { where: `neap.plan.yaml:${line}:${col}` });
  }
  if (document.contents !== null && !isMap(document.contents)) {
    throw new Problem('neap.plan.yaml must hold `decisions:` or `baseline:`', { where: 'neap.plan.yaml:1:1' });
  }
  return document as Document;
}

/** The document as the team writes it, so that a diff shows only what changed; `before` is its text until now. */
export function planText(document: Document, before: string | null): string {
  return document.toString({ lineWidth: 0, flowCollectionPadding: before !== null && /\{ /.test(before) });
}

/** A comment over the first entry is kept by the library on the list; it would stay behind when the order changes. */
export function tieFirstComment(list: YAMLSeq): void {
  const first = list.items[0];
  if (!isMap(first) || typeof list.commentBefore !== 'string') return;
  first.commentBefore = joined(list.commentBefore, first.commentBefore);
  list.commentBefore = null;
}

/** Two comments as one; `null`: there is neither. */
export function joined(a: string | null | undefined, b: string | null | undefined): string | null {
  return [a, b].filter((text) => typeof text === 'string').join('\n') || null;
}
