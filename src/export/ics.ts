import ICAL from 'ical.js';
import { cleanText } from '../domain/clean-text.ts';
import { addDays, type Day, parseDay } from '../domain/day.ts';
import { compareText } from '../domain/order.ts';
import type { CalendarEvent } from './calendar-events.ts';

/** Octets of a line, of 75 allowed: the library does not count the space that a continued line begins with. */
ICAL.foldLength = 74;
const PRODUCT = '-//neap//neap export//EN';
/** Days for which an entry that is over, or was called off, stays in the file. */
const KEPT_DAYS = 90;
/** A reader is told of these as a change of the event; of other words only by a newer stamp. */
const TELLING = ['dtstart', 'dtend', 'status', 'summary'] as const;

export interface CalendarOptions {
  readonly team: string;
  /** The day of the plan: the stamp of what is new or changed, so that the same plan gives the same bytes. */
  readonly asOf: Day;
  /** What was exported before, which SEQUENCE counts on from; `null`: nothing, and it begins at 0. */
  readonly previous: ExportedCalendar | null;
}

/** A calendar that `calendarText` wrote, read back. */
export interface ExportedCalendar {
  readonly events: readonly ICAL.Component[];
}

/** Reads a calendar of ours back; `null` when the text is none, or somebody else's. */
export function readCalendar(text: string): ExportedCalendar | null {
  try {
    const calendar = new ICAL.Component(ICAL.parse(text));
    if (calendar.name !== 'vcalendar' || calendar.getFirstPropertyValue('prodid') !== PRODUCT) return null;
    return { events: calendar.getAllSubcomponents('vevent') };
  } catch {
    return null;
  }
}

/**
 * The events as iCalendar (RFC 5545). Over `previous`: an event that is as it was keeps stamp and SEQUENCE; one with other days, title or
 * status has a higher SEQUENCE; one that is no longer told is CANCELLED, with a higher SEQUENCE, unless it is over, which leaves it be.
 */
export function calendarText(events: readonly CalendarEvent[], options: CalendarOptions): string {
  const team = cleanText(options.team);
  const old = new Map((options.previous?.events ?? []).map((event) => [uidOf(event), event]));
  const now = events.map((event) => componentOf(event, team));
  const told = new Set(now.map(uidOf));
  const gone = [...old.values()].filter((event) => !told.has(uidOf(event)));
  const all = [
    ...now.map((event) => revised(event, old.get(uidOf(event)) ?? null, options.asOf)),
    ...gone.flatMap((event) => leftOver(event, options.asOf)),
  ];
  const calendar = new ICAL.Component('vcalendar');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('prodid', PRODUCT);
  calendar.addPropertyWithValue('calscale', 'GREGORIAN');
  calendar.addPropertyWithValue('x-wr-calname', `neap: ${team}`);
  for (const event of all.toSorted((a, b) => compareText(orderOf(a), orderOf(b)))) calendar.addSubcomponent(event);
  return `${calendar.toString()}\r\n`;
}

function componentOf(event: CalendarEvent, team: string): ICAL.Component {
  const component = new ICAL.Component('vevent');
  component.addPropertyWithValue('uid', `${encodeURIComponent(event.id)}@${encodeURIComponent(team)}.neap`);
  component.addPropertyWithValue('dtstart', ICAL.Time.fromDateString(event.from));
  component.addPropertyWithValue('dtend', ICAL.Time.fromDateString(event.until));
  component.addPropertyWithValue('summary', event.title);
  component.addPropertyWithValue('description', event.lines.join('\n'));
  component.addPropertyWithValue('status', event.settled ? 'CONFIRMED' : 'TENTATIVE');
  // It says what the team does, not that somebody is busy.
  component.addPropertyWithValue('transp', 'TRANSPARENT');
  const categories = new ICAL.Property('categories', component);
  categories.setValues([...event.categories]);
  component.addProperty(categories);
  if (event.remindBefore !== null) {
    const alarm = new ICAL.Component('valarm');
    alarm.addPropertyWithValue('action', 'DISPLAY');
    alarm.addPropertyWithValue('description', event.title);
    alarm.addPropertyWithValue('trigger', ICAL.Duration.fromSeconds(-event.remindBefore * 3600));
    component.addSubcomponent(alarm);
  }
  return component;
}

function revised(event: ICAL.Component, old: ICAL.Component | null, asOf: Day): ICAL.Component {
  if (old !== null && contentOf(old) === contentOf(event)) return old;
  const sequence = old === null ? 0 : sequenceOf(old) + (tellsOther(event, old) ? 1 : 0);
  return stamped(event, sequence, asOf);
}

/** What the file has and the plan has not. */
function leftOver(event: ICAL.Component, asOf: Day): readonly ICAL.Component[] {
  const until = parseDay(String(event.getFirstPropertyValue('dtend') ?? ''));
  if (until === null || until <= addDays(asOf, -KEPT_DAYS)) return [];
  if (until <= asOf || event.getFirstPropertyValue('status') === 'CANCELLED') return [event];
  const cancelled = copyOf(event);
  cancelled.removeAllSubcomponents('valarm');
  cancelled.updatePropertyWithValue('status', 'CANCELLED');
  return [stamped(cancelled, sequenceOf(event) + 1, asOf)];
}

function stamped(event: ICAL.Component, sequence: number, asOf: Day): ICAL.Component {
  event.updatePropertyWithValue('sequence', sequence);
  event.updatePropertyWithValue('dtstamp', ICAL.Time.fromDateTimeString(`${asOf}T00:00:00Z`));
  return event;
}

function tellsOther(event: ICAL.Component, old: ICAL.Component): boolean {
  return TELLING.some((name) => textOf(event, name) !== textOf(old, name));
}

/** Everything but how often and when it changed. */
function contentOf(event: ICAL.Component): string {
  const copy = copyOf(event);
  copy.removeAllProperties('sequence');
  copy.removeAllProperties('dtstamp');
  return copy.toString();
}

function copyOf(event: ICAL.Component): ICAL.Component {
  return new ICAL.Component(ICAL.parse(event.toString()));
}

/** 0 where there is none that makes sense. */
function sequenceOf(event: ICAL.Component): number {
  const value = event.getFirstPropertyValue('sequence');
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : 0;
}

function uidOf(event: ICAL.Component): string {
  return textOf(event, 'uid');
}

function orderOf(event: ICAL.Component): string {
  return `${textOf(event, 'dtstart')} ${uidOf(event)}`;
}

function textOf(event: ICAL.Component, name: string): string {
  return String(event.getFirstPropertyValue(name) ?? '');
}
