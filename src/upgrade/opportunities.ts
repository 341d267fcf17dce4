import type { Chain } from './chain.ts';
import type { Tables, TimingRow } from './tables.ts';

/** One time at which the upgrade can stand to a release of the application, judged for this stack. */
export interface Opportunity {
  readonly row: TimingRow;
  readonly possible: 'yes' | 'with-care' | 'no';
  /** Why, for this stack. */
  readonly because: string;
  readonly recommended: boolean;
}

/** What presses, as the calendar and the advisories have it. */
export interface Pressure {
  /** Days until the running line ends; `null` when its end is not known. Negative: it has ended. */
  readonly daysToEnd: number | null;
  /** Days before its end that the policy wants it left. */
  readonly leaveBefore: number;
  /** Ids of the advisories what runs is open to and its line does not mend. */
  readonly advisories: readonly string[];
}

/**
 * Engine before, with or after the application's release: what this stack allows, and the one neap recommends. Before, where the packages
 * that run admit the new engine or something presses; after, where newer ones must come first and admit both; with, where none does.
 */
export function opportunitiesFor(chain: Chain, pressure: Pressure, tables: Tables): readonly Opportunity[] {
  // Of each package where it ends up: the majors on the way are windows, not what the release is named by.
  const changes = [
    ...new Map(chain.steps.flatMap((step) => step.changes).map((change) => [change.id, change])).values(),
  ];
  const named = changes.map(({ name, to }) => `${name} ${to}`).join(', ');
  const presses =
    pressure.advisories.length > 0 || (pressure.daysToEnd !== null && pressure.daysToEnd <= pressure.leaveBefore);
  const why = pressure.advisories.length > 0 ? `${pressure.advisories.join(', ')} presses` : endText(pressure);
  const chosen = presses || changes.length === 0 ? 'engine-before' : 'engine-after';
  const judged = (id: string): Pick<Opportunity, 'possible' | 'because'> => {
    if (id === 'engine-before') {
      if (changes.length === 0) {
        return { possible: 'yes', because: `what runs admits every engine on the way${presses ? `, and ${why}` : ''}` };
      }
      return {
        possible: 'with-care',
        because: `a small release with ${named} has to come first${presses ? `; ${why}, so do not wait for more` : ''}`,
      };
    }
    if (id === 'engine-after') {
      const brings =
        changes.length === 0
          ? 'no package has to change for it'
          : `the release brings ${named}, which admit both engines`;
      return { possible: 'yes', because: presses ? `${brings}, but ${why}` : brings };
    }
    return {
      possible: 'with-care',
      because: 'nothing forces it on this stack: a fault would have two possible causes',
    };
  };
  return tables.timing
    .toSorted((a, b) => a.order - b.order)
    .map((row) => ({ row, ...judged(row.id), recommended: row.id === chosen }));
}

function endText({ daysToEnd, leaveBefore }: Pressure): string {
  if (daysToEnd === null) return 'no end is near';
  if (daysToEnd < 0) return 'the running line has ended';
  return daysToEnd <= leaveBefore ? `the running line ends in ${daysToEnd} days` : 'the end is far off';
}
