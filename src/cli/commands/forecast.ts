import { forecastOf } from '../../app/overview.ts';
import { patchForecasts } from '../../app/patches.ts';
import { isStale } from '../../app/situation.ts';
import type { ForecastSummary } from '../../domain/forecast.ts';
import type { Overview } from '../../domain/overview.ts';
import { EXIT, type ExitCode } from '../../domain/problem.ts';
import { forecastJson, forecastsText } from '../../report/forecasts.ts';
import { withOverviewAndSession } from '../ask.ts';
import type { Execute } from '../command.ts';
import { printJson, printNotices } from '../output.ts';
import { type Session, withSession } from '../session.ts';
import { historiesOf } from './histories.ts';

export const execute: Execute = ({ args: [product], options, terminal }) => {
  const show = (session: Session, forecasts: readonly Shown[]): ExitCode => {
    if (options.json === true) {
      const all = forecasts.map(({ name, forecast }) => ({ name, ...forecastJson(forecast) }));
      printJson(terminal, { asOf: session.asOf, forecasts: all });
    } else {
      printNotices(terminal, session.notices);
      terminal.stdout.write(forecastsText(forecasts));
    }
    // A line with few patches is nothing unusual; a product nothing can be said of is.
    const unknown = forecasts.some(({ forecast }) => forecast.kind === 'unknown') && options.patches !== true;
    return unknown || forecasts.some(({ stale }) => stale) ? EXIT.stale : EXIT.ok;
  };
  if (options.patches === true) {
    return withSession(options, terminal, (session) => show(session, patches(session, product)));
  }
  return withOverviewAndSession(options, terminal, (overview, session) =>
    show(session, wanted(overview, session, product)),
  );
};

interface Shown {
  readonly name: string;
  readonly forecast: ForecastSummary;
  readonly stale: boolean;
}

function patches(session: Session, product: string | undefined): readonly Shown[] {
  const { staleAfter } = session.config.policy;
  return historiesOf(session, product).flatMap(({ product: { name }, history }) => {
    const stale = isStale(history.observedThrough, session.asOf, staleAfter);
    return patchForecasts(history, session.asOf).map(({ line, forecast }) => {
      return { name: `${name} ${line}`, forecast, stale };
    });
  });
}

/** What the stack is exposed to; for one named product outside the stack, what its vendor does. */
function wanted(overview: Overview, session: Session, product: string | undefined): readonly Shown[] {
  const lanes = overview.lanes.map((lane) => ({
    id: lane.product.id,
    name: lane.product.name,
    forecast: lane.forecast,
    stale: lane.stale,
  }));
  if (product === undefined) return lanes;
  const own = lanes.filter(({ id }) => id === product);
  if (own.length > 0) return own;
  const { staleAfter } = session.config.policy;
  return historiesOf(session, product).map(({ product: { name, versioning }, history }) => ({
    name,
    forecast: forecastOf(history, session.asOf, versioning),
    stale: isStale(history.observedThrough, session.asOf, staleAfter),
  }));
}
