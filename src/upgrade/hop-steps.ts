import { addDays, type Day } from '../domain/day.ts';
import { compareVersions, type Scheme } from '../versioning/scheme.ts';
import { schemeOf } from '../versioning/schemes.ts';
import { toolsFor } from './findings.ts';
import type { ChainRequest } from './request.ts';
import type { RouteHop } from './route.ts';
import { blankStep, type ChainStep, type StepKind, undo } from './step.ts';
import { type Target, targetOf } from './target.ts';
import { backFromBinaries, backFromFcv, downgradeNote } from './way-back.ts';

/** The step that raises the FCV to the running line, which the first hop needs. */
export function fcvFirst(request: ChainRequest, line: string): ChainStep {
  const hop = { from: line, to: line };
  return {
    ...blankStep(hop),
    id: `${line}/fcv`,
    kind: 'fcv',
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
  readonly from: { readonly line: string; readonly version: string };
  readonly hasFcv: boolean;
  readonly last: boolean;
}

/** The steps of one hop in order: preparation, binaries, burn-in, FCV, soak; or those of a downgrade. */
export function hopSteps({ request, hop, target, from, hasFcv }: HopInput): readonly ChainStep[] {
  const { product, history, tables, edition, policy, topology, asOf } = request;
  const scheme = schemeOf(product.versioning);
  const other = request.fromName !== undefined && from.version === request.running;
  const name = other
    ? `${request.fromName} ${from.version} → ${product.name} ${target.version}`
    : `${product.name} ${from.version} → ${target.version}`;
  const question = { product: product.id, from: hop.from, to: hop.to, edition };
  const cites = hop.row.verified ? [] : [`the hop ${hop.from} → ${hop.to}: ${hop.row.source}`];
  const patch = targetOf(history, hop.from, asOf, scheme, tables.advisories);
  const details = [`${target.version} is ${target.because}`];
  if (!other && patch !== null && from.version !== hop.from && isBelow(scheme, from.version, patch.version)) {
    details.unshift(`raise ${from.version} to ${patch.version} first: a hop starts from the newest patch`);
  }
  const backup = toolsFor(tables, product.id, hop.to);
  if (backup !== null) details.push(`back up with ${backup} or newer, which know ${hop.to}`);
  for (const { id, affected } of target.open) {
    const mends = affected.find(({ below }) => below !== null && scheme.parse(below)?.line === hop.to)?.below ?? null;
    const where =
      mends === null ? 'no mending version is known' : `${mends} mends it, which neap has not read of yet: neap sync`;
    details.push(`${target.version} still has ${id}: ${where}`);
  }
  if (hop.row.note !== null && hop.row.note !== '') details.push(hop.row.note);
  const effort = { prepare: policy.effort / 4, binaries: policy.effort / 2, fcv: policy.effort / 4 };
  const step = (kind: StepKind, given: Partial<ChainStep>): ChainStep => ({
    ...blankStep(hop),
    id: `${hop.to}/${kind}`,
    kind,
    unverified: cites,
    ...given,
  });
  const engine = tables.engines.find((one) => one.product === product.id);
  const days =
    engine?.binariesDays[topology ?? ''] ?? Math.max(1, ...Object.values(engine?.binariesDays ?? {}).slice(0, 2));
  const back = backFromBinaries(question, tables);
  const note = back.kind === 'downgrade' ? downgradeNote(product.id, hop.to, hop.from, tables) : null;
  const backNote = note === null ? [] : [`the way back: ${note}`];
  const uncertain = back.verified ? cites : [...cites, `the way back from ${hop.to}: ${back.source ?? 'no row'}`];
  const prepare = () =>
    step('prepare', {
      title: `${name}: prepare, backup and pre-checks`,
      days: 1,
      effort: effort.prepare,
      wayBack: undo('Nothing has changed yet.'),
      details,
    });
  if (hop.kind === 'downgrade') {
    const supported = 'community' in hop.row && hop.row[edition] === 'support';
    if (supported) details.push('only with the vendor’s support: ask before you plan it');
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
    return hasFcv ? [prepare(), lower, old] : [prepare(), old];
  }
  return [
    prepare(),
    step('binaries', {
      title: `${name}: new binaries`,
      version: target.version,
      days: edition === 'atlas' ? 1 : days,
      effort: effort.binaries,
      wayBack: back,
      ripe: ripeness(request, hop.to),
      details: edition === 'atlas' ? ['Atlas does the work; pin the FCV before, or there is no way back'] : backNote,
      unverified: uncertain,
    }),
    ...(hasFcv
      ? [
          step('burn-in', {
            title: `burn-in on ${target.version} at FCV ${hop.from}`,
            wait: policy.burnIn,
            wayBack: back,
          }),
          step('fcv', {
            title: `raise the FCV to ${hop.to}`,
            days: 1,
            effort: effort.fcv,
            wayBack: backFromFcv(question, tables),
            details: tables.fcvNotes
              .filter(
                (note) =>
                  note.product === product.id &&
                  (note.line === null
                    ? ['not-during', 'repeat'].includes(note.topic) ||
                      (note.topic === 'sharded' && topology === 'sharded')
                    : note.line === hop.to),
              )
              .map((note) => note.text),
            unverified: uncertain,
          }),
        ]
      : []),
    step('soak', {
      title: `soak on ${target.version}`,
      wait: hasFcv ? policy.soak : policy.burnIn + policy.soak,
      wayBack: hasFcv ? backFromFcv(question, tables) : back,
    }),
  ];
}

function ripeness({ history, policy, asOf }: ChainRequest, to: string): ChainStep['ripe'] {
  const line = history.lines.find((one) => one.line === to);
  if (line?.ga == null) return null;
  const published = history.releases.filter(
    (release) => release.line === to && release.level !== 'prerelease' && release.date !== null && release.date <= asOf,
  );
  const patches = published.length - 1;
  if (patches < policy.minPatch) {
    return { from: '9999-12-31' as Day, because: `${to} has ${patches} patches, the policy wants ${policy.minPatch}` };
  }
  const from = addDays(line.ga, policy.minAge);
  return { from, because: `${to} came out on ${line.ga}; the policy waits ${policy.minAge} days, until ${from}` };
}

function isBelow(scheme: Scheme, a: string, b: string): boolean {
  const [left, right] = [scheme.parse(a), scheme.parse(b)];
  return left !== null && right !== null && compareVersions(left, right) < 0;
}
