import { conflict, type Judge } from '../conflict.ts';
import { say } from '../days.ts';

/** A grave patch of an engine is over before a hop of it is prepared, where that is still open, and before newer binaries always. */
export const patchFirst: Judge = ({ team, placed }) =>
  team.patches
    .filter(({ grave, kind }) => grave && kind === 'engine')
    .flatMap(({ item, store }) => placed.filter((one) => one.item === item).map((patch) => ({ patch, store })))
    .flatMap(({ patch, store }) =>
      placed
        .filter((one) => team.hops.some((hop) => hop.item === one.item && hop.store === store))
        .filter(({ step, proposed }) => step === 'binaries' || (step === 'prepare' && proposed))
        .filter((step) => step.from < patch.until)
        .map((step) =>
          conflict('order', [[patch], [step]], `${say(patch)} is not over before ${step.id} ${say(step)}`),
        ),
    );
