import { loadCatalogue } from '../catalogue/catalogue.ts';
import { dataDir } from '../catalogue/data-dir.ts';
import { touchedFiles } from '../detect/git.ts';
import { isTelling, workIn } from '../detect/touched.ts';
import type { Day } from '../domain/day.ts';
import type { GateQuestion } from '../domain/gate.ts';
import type { Overview } from '../domain/overview.ts';
import { Problem } from '../domain/problem.ts';
import { judge } from '../gate/judge.ts';
import { questionsOf } from '../gate/questions.ts';
import type { GateReport } from '../report/gate.ts';
import { namedWork } from './named-work.ts';
import type { Terminal } from './terminal.ts';

export interface GateDiff {
  /** `BASE`, or `BASE...TIP` for another place than HEAD. */
  readonly diff: string;
  /** The work that the change is, where somebody says so. */
  readonly item: string | null;
  readonly day: Day;
  readonly overview: Overview;
  readonly terminal: Pick<Terminal, 'cwd' | 'env'>;
}

/** Judges the change that git shows. @throws Problem without a configuration of the team's own, and as `touchedFiles` and `workIn` do. */
export async function gateDiff({ diff, item, day, overview, terminal }: GateDiff): Promise<GateReport> {
  if (overview.origin.kind === 'example') {
    throw new Problem('there is no neap.yaml here, and the example team judges nobody’s change', {
      hint: 'Write one with: neap init',
    });
  }
  const named = item === null ? null : namedWork(item, overview);
  const [base = '', tip = 'HEAD'] = diff.split('...').map((name) => name || undefined);
  // What the configuration calls its own stands in the lanes.
  const all = [...loadCatalogue(dataDir()).products, ...overview.lanes.map(({ product }) => product)];
  const products = [...new Map(all.map((product) => [product.id, product])).values()];
  const sought = { ...overview.config.gate, products };
  const files = await touchedFiles({ ...terminal, base, tip }, (path) => isTelling(path, sought));
  const { raised, foreign } = questionsOf(workIn(files, sought), overview, products);
  const isNamed = ({ kind, store }: GateQuestion) =>
    item !== null && (named === null || (named.kind === kind && named.store === store));
  const asked = raised.map(({ question, work }) => ({
    question: isNamed(question) ? { ...question, item } : question,
    work,
  }));
  const entries = asked.map(({ question, work }) => {
    const beside = asked.map((other) => other.question).filter((other) => other !== question);
    return { answer: judge(overview, question, day, beside), work };
  });
  return { day, entries, foreign, compared: { base, tip, files: files.length } };
}
