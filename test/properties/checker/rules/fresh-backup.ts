import { workingDays } from '../calendar.ts';
import { type Conflict, conflict, type Judge } from '../conflict.ts';
import { runOf, share } from '../days.ts';

/** The backup is fresh when new binaries cannot be taken back, and no freeze came in between. */
export const freshBackup: Judge = ({ team: { config, hops }, placed }) =>
  hops
    .filter(({ noReturn }) => noReturn === 'binaries')
    .flatMap(({ item }): readonly Conflict[] => {
      const step = (name: string) => placed.find((one) => one.item === item && one.step === name);
      const [prepare, binaries] = [step('prepare'), step('binaries')];
      if (prepare === undefined || binaries === undefined) return [];
      const between = { from: prepare.until, until: binaries.from };
      const age = workingDays(config, between);
      const freeze = config.freezes.find((one) => share(between, runOf(one)));
      const sides = [[prepare], [binaries]];
      if (age > config.policy.engineUpgrades.freshBackup)
        return [conflict('fresh-backup', sides, `${age} working days`)];
      return freeze === undefined ? [] : [conflict('fresh-backup', sides, `${freeze.name} lies between`)];
    });
