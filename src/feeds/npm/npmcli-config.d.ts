// @npmcli/config ships no types. Only what registry.ts uses.
declare module '@npmcli/config' {
  interface Options {
    definitions: unknown;
    shorthands: unknown;
    flatten: unknown;
    nerfDarts: unknown;
    npmPath: string;
    argv: readonly string[];
    env: Record<string, string | undefined>;
    execPath: string;
    cwd: string;
    warn: boolean;
  }
  export default class Config {
    constructor(options: Options);
    load(): Promise<void>;
    readonly flat: Record<string, unknown>;
  }
}

declare module '@npmcli/config/lib/definitions/index.js' {
  const tables: { definitions: unknown; shorthands: unknown; flatten: unknown; nerfDarts: unknown };
  export default tables;
}
