/** What people want first, above everything else in `--help`. */
export const EXAMPLES = `Examples:
  neap                                 the calendar (on a terminal), or the agenda as text
  neap init                            a neap.yaml for your own stack, from package.json
  neap sync                            bring the releases up to date
  neap status                          may models change today?
  neap gate --diff origin/main         may this branch ship? For pipelines and hooks: 0 open, 3 closed, 5 unknown
  neap plan                            the proposed windows, with reasons
  neap releases mongodb --json         what was published when, and who says so
  neap report --output week.md         the weekly report for the sprint meeting
`;

export const EXIT_CODES = `
Exit codes: 0 fine, 1 a defect of neap, 2 usage or configuration, 3 gate closed or a decided window breaks a rule,
4 something could not be placed, 5 data stale or unknown, 6 some feeds failed and the rest was saved, 130 interrupted.
From the repository, put \`npm start -s --\` in place of \`neap\`.
`;
