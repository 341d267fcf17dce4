/** The names of the hard rules, as neap.yaml, gates and refusals carry them. `RULES` of src/policy has one rule for each. */
export const RULE_IDS = [
  'patch-only',
  'separation',
  'patch-separation',
  'apart-from-packages',
  'packages-settled',
  'one-engine-at-a-time',
  'one-at-a-time',
  'order',
  'drivers-cover-both',
  'release-age',
  'fresh-backup',
  'quiet-edges',
  'lead',
  'deadline',
  'freeze',
  'in-one-sprint',
  'capacity',
  'decided',
  'rerunnable',
  'way-back',
] as const;

export type RuleId = (typeof RULE_IDS)[number];
