/** Options every command understands; a command's own come beside them. */
export interface Options {
  /** Ask as it would have been answered that day, `YYYY-MM-DD`. */
  readonly asOf?: string;
  readonly config?: string;
  readonly db?: string;
  readonly json?: boolean;
}
