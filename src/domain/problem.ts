/** Exit codes of the program; design.md section 12. Where several apply, the one higher in this list wins (`worst`). */
export const EXIT = {
  ok: 0,
  defect: 1,
  usage: 2,
  closed: 3,
  stale: 5,
  unplaced: 4,
  partial: 6,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const RANK: readonly ExitCode[] = [
  EXIT.defect,
  EXIT.usage,
  EXIT.interrupted,
  EXIT.closed,
  EXIT.stale,
  EXIT.unplaced,
  EXIT.partial,
  EXIT.ok,
];

/** The exit code to use where several apply. */
export function worst(codes: readonly ExitCode[]): ExitCode {
  return RANK.find((code) => codes.includes(code)) ?? EXIT.ok;
}

/** Something the user can mend: what is wrong, where, and how to fix it. Shown without a stack trace, exit 2 by default. */
export class Problem extends Error {
  override readonly name = 'Problem';
  /** One sentence saying what to do next; `null` when the message says it all. */
  readonly hint: string | null;
  /** `file:line:column` or a file name; `null` when it has no place. */
  readonly where: string | null;
  readonly exitCode: ExitCode;

  constructor(message: string, options: { hint?: string; where?: string; exitCode?: ExitCode } = {}) {
    super(message);
    this.hint = options.hint ?? null;
    this.where = options.where ?? null;
    this.exitCode = options.exitCode ?? EXIT.usage;
  }
}
