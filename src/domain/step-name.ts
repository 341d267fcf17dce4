/** The steps of an engine upgrade that are work, in order; drivers and ODMs have one window a major behind `packages`. */
export const HOP_STEPS = [
  'fcv-first',
  'platform',
  'patch',
  'runtime',
  'packages',
  'prepare',
  'binaries',
  'fcv',
] as const;

/** The phases of a model change that drops something old, in order. */
export const PHASES = ['expand', 'migrate', 'contract'] as const;

export type Phase = (typeof PHASES)[number];

/** A window of one major of a package: `mongoose-7`. */
export type MajorStep = `${string}-${number}`;

/** The step of its item that a window, a decision or a piece of work is; work of one step has none. */
export type StepName = (typeof HOP_STEPS)[number] | Phase | MajorStep;

const NAMES: ReadonlySet<string> = new Set([...HOP_STEPS, ...PHASES]);

/** Whether the text names a step. */
export function isStepName(text: string): text is StepName {
  return NAMES.has(text) || isMajorStep(text);
}

/** Whether the text names the window of one major of a package. */
export function isMajorStep(text: string): text is MajorStep {
  return /^[\w.-]+-\d+$/.test(text);
}
