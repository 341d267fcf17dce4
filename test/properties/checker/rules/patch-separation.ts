import { workingDaysBetween } from '../calendar.ts';
import { conflict, type Judge } from '../conflict.ts';
import { say } from '../days.ts';

/** A patch of an engine and a model change of its store lie `patchSeparation` working days apart. */
export const patchSeparation: Judge = ({ team, placed }) => {
  const { config, patches } = team;
  const isPatch = (item: string, step: string | null) =>
    step === 'patch' || patches.some((one) => one.item === item && one.kind === 'engine');
  const models = placed.filter(({ kind }) => kind === 'model');
  return placed
    .filter(({ item, step }) => isPatch(item, step))
    .flatMap((patch) =>
      models
        .filter((model) => model.store === patch.store)
        .filter((model) => workingDaysBetween(config, patch, model) < config.policy.patchSeparation)
        .map((model) =>
          conflict('patch-separation', [[patch], [model]], `${patch.id} ${say(patch)} and ${model.id} ${say(model)}`),
        ),
    );
};
