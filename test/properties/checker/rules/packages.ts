import { sprintAt } from '../calendar.ts';
import { conflict, type Judge } from '../conflict.ts';
import { say } from '../days.ts';

/** Packages and model changes of a store begin in different sprints. */
export const apartFromPackages: Judge = ({ team, placed }) =>
  placed
    .filter(({ kind }) => kind === 'package')
    .flatMap((one) =>
      placed
        .filter(({ kind, store }) => kind === 'model' && store === one.store)
        .filter((model) => sprintAt(team.config, model.from).from === sprintAt(team.config, one.from).from)
        .map((model) => conflict('apart-from-packages', [[one], [model]], `${one.id} and ${model.id} in one sprint`)),
    );

const MAJOR = /-\d+$/;

/** Between the last major that a hop needs and its binaries lie `settle` days. */
export const packagesSettled: Judge = ({ team, placed }) =>
  placed
    .filter(({ step }) => step === 'binaries')
    .flatMap((binaries) => {
      const majors = placed.filter(
        ({ item, step }) => item === binaries.item && step !== null && (step === 'runtime' || MAJOR.test(step)),
      );
      return majors
        .filter((major) => binaries.from - major.until < team.config.policy.packages.settle)
        .map((major) => conflict('packages-settled', [[major], [binaries]], `${say(major)}, then ${say(binaries)}`));
    });

/** What the new engine needs of its drivers runs before it does. */
export const driversCoverBoth: Judge = ({ team, placed }) =>
  placed
    .filter(({ step }) => step === 'binaries')
    .flatMap((binaries) => {
      const needed = team.hops.find(({ item }) => item === binaries.item)?.needed ?? [];
      return needed.flatMap((step) => {
        const one = placed.find((other) => other.item === binaries.item && other.step === step);
        if (one !== undefined && one.until <= binaries.from) return [];
        const sides = one === undefined ? [[binaries]] : [[binaries], [one]];
        return [conflict('drivers-cover-both', sides, `${step} ${one === undefined ? 'is nowhere' : say(one)}`)];
      });
    });
