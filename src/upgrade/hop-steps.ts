import { isStepName } from '../domain/step-name.ts';
import { schemeOf } from '../versioning/schemes.ts';
import { toolsFor } from './findings.ts';
import { binariesDays } from './patch.ts';
import type { ChainRequest } from './request.ts';
import { ripenessOf } from './ripeness.ts';
import type { RouteHop } from './route.ts';
import { blankStep, type ChainStep, type StepKind, undo } from './step.ts';
import type { Target } from './target.ts';
import { backFromBinaries, backFromFcv, downgradeNote } from './way-back.ts';

/** The step that raises the FCV to the running line, which the first hop needs. */
export function fcvFirst(request: ChainRequest, line: string): ChainStep {
  const hop = { from: line, to: line };
  return {
    ...blankStep(hop),
    id: `${line}/fcv`,
    kind: 'fcv',
    name: 'fcv-first',
    title: `raise the FCV from ${request.fcv} to ${line}`,
    days: 1,
    effort: 0.5,
    wayBack: backFromFcv(
      { product: request.product.id, from: request.fcv ?? line, to: line, edition: request.edition },
      request.tables,
    ),
    details: [`every member must be at FCV ${line} before the next binary`],
  };
}

/** One hop of a chain, and where it starts. */
export interface HopInput {
  readonly request: ChainRequest;
  readonly hop: RouteHop;
  readonly target: Target;
  /** What runs before it; `patched`: the patch that comes before the binaries, `null` for none. */
  readonly from: { readonly line: string; readonly version: string; readonly patched: string | null };
  readonly hasFcv: boolean;
}

/** The steps of one hop in order: preparation, binaries, burn-in, FCV, soak; or those of a downgrade. */
export function hopSteps(input: HopInput): readonly ChainStep[] {
  const making = makingOf(input);
  return input.hop.kind === 'downgrade' ? stepsDown(input, making) : stepsUp(input, making);
}

/** What all steps of a hop are made with. */
interface Making {
  /** `MongoDB 7.0.31 → 8.0.29`. */
  readonly name: string;
  /** The hop's own row, where nobody has checked it. */
  readonly unverified: readonly string[];
  /** Person-days by step; a hop's preparation, binaries and FCV share the policy's effort. */
  readonly effort: Readonly<Record<'prepare' | 'binaries' | 'fcv', number>>;
  /** Working days of new binaries. */
  readonly days: number;
  readonly step: (kind: StepKind, given: Partial<ChainStep>) => ChainStep;
}

function makingOf(input: HopInput): Making {
  const { request, hop, target, from } = input;
  const { product, tables, policy, topology, edition } = request;
  const before = isOther(input) ? request.fromName : product.name;
  const name = isOther(input)
    ? `${before} ${from.version} → ${product.name} ${target.version}`
    : `${before} ${from.version} → ${target.version}`;
  const unverified = hop.row.verified ? [] : [`the hop ${hop.from} → ${hop.to}: ${hop.row.source}`];
  return {
    name,
    unverified,
    effort: { prepare: policy.effort / 4, binaries: policy.effort / 2, fcv: policy.effort / 4 },
    days: binariesDays(tables, product.id, topology, hop.kind === 'upgrade' ? edition : null),
    step: (kind, given) => ({
      ...blankStep(hop),
      id: `${hop.to}/${kind}`,
      kind,
      name: isStepName(kind) ? kind : null,
      hop: name,
      unverified,
      ...given,
    }),
  };
}

/** The hop leads from one vendor's engine to another's. */
function isOther({ request, from }: HopInput): boolean {
  return request.fromName !== undefined && from.version === request.running;
}

function preparation(input: HopInput, { name, effort, step }: Making, more: readonly string[] = []): ChainStep {
  return step('prepare', {
    title: `${name}: prepare, backup and pre-checks`,
    days: 1,
    effort: effort.prepare,
    wayBack: undo('Nothing has changed yet.'),
    details: [...detailsOf(input), ...more],
  });
}

/** What to know before a hop: the patch it starts from, why this target, the backup tools, defects it still has. */
function detailsOf(input: HopInput): readonly string[] {
  const { request, hop, target, from } = input;
  const { product, tables } = request;
  const scheme = schemeOf(product.versioning);
  const details: string[] = [];
  if (from.patched !== null) details.push(`it starts from ${from.patched}, which comes first`);
  details.push(`${target.version} is ${target.because}`);
  const backup = toolsFor(tables, product.id, hop.to);
  if (backup !== null) details.push(`back up with ${backup} or newer, which know ${hop.to}`);
  for (const { id, affected } of target.open) {
    const mends = affected.find(({ below }) => below !== null && scheme.parse(below)?.line === hop.to)?.below ?? null;
    const where =
      mends === null ? 'no mending version is known' : `${mends} mends it, which neap has not read of yet: neap sync`;
    details.push(`${target.version} still has ${id}: ${where}`);
  }
  if (hop.row.note !== null && hop.row.note !== '') details.push(hop.row.note);
  return details;
}

function stepsDown(input: HopInput, making: Making): readonly ChainStep[] {
  const { hop, target, hasFcv, request } = input;
  const { name, days, effort, step } = making;
  const supported = 'community' in hop.row && hop.row[request.edition] === 'support';
  const prepare = preparation(
    input,
    making,
    supported ? ['only with the vendor’s support: ask before you plan it'] : [],
  );
  const lower = step('fcv', {
    title: `lower the FCV to ${hop.to}`,
    days: 1,
    effort: effort.fcv,
    wayBack: undo('Raise the FCV again.'),
  });
  const old = step('binaries', {
    title: `${name}: older binaries`,
    version: target.version,
    days,
    effort: effort.binaries,
    wayBack: undo(`Put ${hop.from} back.`),
  });
  return hasFcv ? [prepare, lower, old] : [prepare, old];
}

function stepsUp(input: HopInput, making: Making): readonly ChainStep[] {
  const { request, hop, target, hasFcv } = input;
  const { product, tables, edition, policy } = request;
  const { name, days, effort, step, unverified } = making;
  const question = { product: product.id, from: hop.from, to: hop.to, edition };
  const back = backFromBinaries(question, tables);
  const raised = backFromFcv(question, tables);
  const note = back.kind === 'downgrade' ? downgradeNote(product.id, hop.to, hop.from, tables) : null;
  const backNote = note === null ? [] : [`the way back: ${note}`];
  const uncertain = back.verified
    ? unverified
    : [...unverified, `the way back from ${hop.to}: ${back.source ?? 'no row'}`];
  const binaries = step('binaries', {
    title: `${name}: new binaries`,
    version: target.version,
    days,
    effort: effort.binaries,
    wayBack: back,
    // What runs already is not waited for.
    ripe: request.begun != null && hop.to === request.to ? null : ripenessOf(request, hop.to),
    details: edition === 'atlas' ? ['Atlas does the work; pin the FCV before, or there is no way back'] : backNote,
    unverified: uncertain,
  });
  const burnIn = step('burn-in', {
    title: `burn-in on ${target.version} at FCV ${hop.from}`,
    wait: policy.burnIn,
    wayBack: back,
  });
  const fcv = step('fcv', {
    title: `raise the FCV to ${hop.to}`,
    days: 1,
    effort: effort.fcv,
    wayBack: raised,
    details: fcvNotes(request, hop),
    unverified: uncertain,
  });
  const soak = step('soak', {
    title: `soak on ${target.version}`,
    wait: hasFcv ? policy.soak : policy.burnIn + policy.soak,
    wayBack: hasFcv ? raised : back,
  });
  const prepare = preparation(input, making);
  return hasFcv ? [prepare, binaries, burnIn, fcv, soak] : [prepare, binaries, soak];
}

/** Topics of FCV notes that hold for every line. */
const ALWAYS = ['not-during', 'repeat'];

function fcvNotes({ product, topology, tables }: ChainRequest, hop: RouteHop): readonly string[] {
  const holds = (topic: string) => ALWAYS.includes(topic) || (topic === 'sharded' && topology === 'sharded');
  return tables.fcvNotes
    .filter((note) => note.product === product.id && (note.line === null ? holds(note.topic) : note.line === hop.to))
    .map(({ text }) => text);
}
