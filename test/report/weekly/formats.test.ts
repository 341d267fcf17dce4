import { describe, expect, it } from 'vitest';
import { weeklyHtml } from '../../../src/report/weekly/html.ts';
import { md, weeklyMarkdown } from '../../../src/report/weekly/markdown.ts';
import { aHostileOverview } from '../../support/hostile.ts';
import { aWeeklyReport } from '../../support/weekly.ts';

describe('as Markdown', () => {
  it('begins with the status line and is the same bytes each time', () => {
    const report = aWeeklyReport();
    const text = weeklyMarkdown(report);
    expect(text.startsWith(md(report.status))).toBe(true);
    expect(weeklyMarkdown(aWeeklyReport())).toBe(text);
    expect(text).toContain('week 2026-W47, 2026-11-16 to 2026-11-22');
    expect(text).not.toMatch(/undefined|NaN|null|\[object/);
  });

  it('shows hostile names and lets them do nothing', () => {
    const text = weeklyMarkdown(aWeeklyReport(aHostileOverview()));
    expect(text).not.toMatch(/[\x1b\x07\r\u202e]/);
    expect(text).not.toMatch(/(^|[^\\])<img/);
    expect(text).not.toMatch(/\]\(javascript:/);
    expect(text).not.toMatch(/(^|[^\\])\*\*c/);
    expect(text).not.toContain('@team');
    expect(text.match(/^# /gm)?.length).toBe(1);
    for (const table of text.split('\n\n').filter((block) => block.startsWith('| '))) {
      const cells = table
        .trimEnd()
        .split('\n')
        .map((row) => row.replaceAll('\\|', '').split('|').length);
      expect(new Set(cells).size, table).toBe(1);
    }
  });
});

describe('as HTML', () => {
  it('loads nothing, runs nothing, and is the same bytes each time', () => {
    const text = weeklyHtml(aWeeklyReport());
    expect(weeklyHtml(aWeeklyReport())).toBe(text);
    expect(text).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(text).not.toMatch(/<script|<link|<img|\shref="(?!#)|\ssrc=|@import|url\((?!#)|\son\w+=/);
    expect(text).not.toMatch(/undefined|NaN|\[object/);
  });

  it('can be heard: one h1, every table with a caption and scopes, the drawing with title and description', () => {
    const text = weeklyHtml(aWeeklyReport());
    const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
    expect(count(/<h1>/g)).toBe(1);
    expect(count(/<table>/g)).toBeGreaterThan(5);
    expect(count(/<table><caption>[^<]/g)).toBe(count(/<table>/g));
    expect(count(/<th(?! scope=)[ >]/g)).toBe(0);
    expect(text).toMatch(/<svg role="img" aria-labelledby="timeline-title timeline-desc"/);
    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('draws each window and each forecast that is known', () => {
    const report = aWeeklyReport();
    const text = weeklyHtml(report);
    for (const { title, from } of report.later)
      expect(text).toContain(`<title>${title.replace('->', '-&gt;')}: ${from}`);
    expect(text.match(/class="band80"/g)?.length).toBe(report.coming.filter(({ known }) => known).length);
  });

  it('shows hostile names and lets them do nothing', () => {
    const text = weeklyHtml(aWeeklyReport(aHostileOverview()));
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(text).not.toMatch(/<img|[\x1b\x07\r\u202e]/);
    const tags = (html: string) => (html.match(/<[a-z/!][^>]*>/g) ?? []).map((tag) => tag.split(/[ >]/)[0]);
    expect(new Set(tags(text))).toEqual(new Set(tags(weeklyHtml(aWeeklyReport()))));
  });
});
