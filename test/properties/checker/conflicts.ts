import type { Conflict, Judge } from './conflict.ts';
import type { Scene } from './placed.ts';
import { after, notBefore } from './rules/after.ts';
import { deadline } from './rules/deadline.ts';
import { decided } from './rules/decided.ts';
import { freeze, freezeOfDisruption } from './rules/freeze.ts';
import { freshBackup } from './rules/fresh-backup.ts';
import { hopSteps } from './rules/hop-steps.ts';
import { lead } from './rules/lead.ts';
import { oneAtATime } from './rules/one-at-a-time.ts';
import { oneEngineAtATime } from './rules/one-engine.ts';
import { apartFromPackages, driversCoverBoth, packagesSettled } from './rules/packages.ts';
import { patchFirst } from './rules/patch-first.ts';
import { patchOnly } from './rules/patch-only.ts';
import { patchSeparation } from './rules/patch-separation.ts';
import { phases } from './rules/phases.ts';
import { quietEdges } from './rules/quiet-edges.ts';
import { releaseAge } from './rules/release-age.ts';
import { rerunnable, wayBack } from './rules/scripts.ts';
import { separation } from './rules/separation.ts';
import { capacity, inOneSprint } from './rules/sprints.ts';

const RULES: readonly Judge[] = [
  patchOnly,
  separation,
  patchSeparation,
  apartFromPackages,
  packagesSettled,
  oneEngineAtATime,
  oneAtATime,
  after,
  notBefore,
  phases,
  hopSteps,
  patchFirst,
  driversCoverBoth,
  releaseAge,
  freshBackup,
  quietEdges,
  lead,
  deadline,
  freeze,
  freezeOfDisruption,
  inOneSprint,
  capacity,
  decided,
  rerunnable,
  wayBack,
];

/** Every rule that windows of the scene break, exceptions not yet looked at. */
export function conflictsIn(scene: Scene): readonly Conflict[] {
  return RULES.flatMap((rule) => rule(scene));
}
