import { forecastOf, isStale } from '../../app/overview.ts';
import { patchForecasts } from '../../app/patches.ts';
import { EXIT, type ExitCode } from '../../domain/problem.ts';
import { forecastJson, forecastsText } from '../../report/forecasts.ts';
import type { Execute } from '../command.ts';
import { printJson, printNotices } from '../output.ts';
import { overviewOf, type Session, withSession } from '../session.ts';
import { historiesOf } from './histories.ts';

export const execute: Execute = ({ args, options, terminal }) =>
  withSession(options, terminal, (session): ExitCode => {
    const forecasts = options.patches === true ? patches(session, args[0]) : wanted(session, args[0]);
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
  });

function patches(session: Session, product: string | undefined) {
  const { staleAfter } = session.config.policy;
  return historiesOf(session, product).flatMap(({ product: { id, name }, history }) => {
    const stale = isStale(history.observedThrough, session.asOf, staleAfter);
    return patchForecasts(history, session.asOf).map(({ line, forecast }) => {
      return { id: `${id} ${line}`, name: `${name} ${line}`, forecast, stale };
    });
  });
}

/** What the stack is exposed to; for one named product outside the stack, what its vendor does. */
function wanted(session: Session, product: string | undefined) {
  const lanes = overviewOf(session).lanes.map((lane) => ({
    id: lane.product.id,
    name: lane.product.name,
    forecast: lane.forecast,
    stale: lane.stale,
  }));
  if (product === undefined) return lanes;
  const own = lanes.filter(({ id }) => id === product);
  if (own.length > 0) return own;
  const { staleAfter } = session.config.policy;
  return historiesOf(session, product).map(({ product: { id, name, versioning }, history }) => ({
    id,
    name,
    forecast: forecastOf(history, session.asOf, versioning),
    stale: isStale(history.observedThrough, session.asOf, staleAfter),
  }));
}
