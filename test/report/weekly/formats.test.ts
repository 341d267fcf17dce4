import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import { describe, expect, it } from 'vitest';
import { weeklyHtml } from '../../../src/report/weekly/html.ts';
import { md, weeklyMarkdown } from '../../../src/report/weekly/markdown.ts';
import { aHostileOverview } from '../../support/hostile.ts';
import { aWeeklyReport } from '../../support/weekly.ts';

type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.Node;

/** The elements of a Markdown text as GitHub's dialect has it, raw HTML let through. */
function rendered(markdown: string): readonly Element[] {
  const html = micromark(markdown, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });
  return within(parseFragment(html));
}

/** All elements below a node, in their order. */
function within(node: Node | undefined): readonly Element[] {
  if (node === undefined || !('childNodes' in node)) return [];
  return node.childNodes.flatMap((child) => ('tagName' in child ? [child, ...within(child)] : []));
}

function textOf(node: Node | undefined): string {
  if (node === undefined) return '';
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

describe('as Markdown', () => {
  it('begins with the status line and is the same bytes each time', () => {
    const report = aWeeklyReport();
    const text = weeklyMarkdown(report);
    expect(text.startsWith(md(report.status))).toBe(true);
    expect(weeklyMarkdown(aWeeklyReport())).toBe(text);
    expect(text).toContain('week 2026-W47, 2026-11-16 to 2026-11-22');
    expect(text).not.toMatch(/undefined|NaN|null|\[object/);
  });

  it('is, to a parser of GitHub’s Markdown, what it is meant to be: tables as wide as their headings', () => {
    const html = rendered(weeklyMarkdown(aWeeklyReport()));
    expect(html.filter(({ tagName }) => tagName === 'h1')).toHaveLength(1);
    const tables = html.filter(({ tagName }) => tagName === 'table');
    expect(tables.length).toBeGreaterThan(5);
    for (const table of tables) {
      const widths = within(table)
        .filter(({ tagName }) => tagName === 'tr')
        .map((row) => row.childNodes.filter(({ nodeName }) => /^t[hd]$/.test(nodeName)).length);
      expect(new Set(widths).size).toBe(1);
    }
  });

  it('shows hostile names to that parser as text: no link, no image, no element that the report has not of its own', () => {
    const tags = (html: readonly Element[]) => new Set(html.map(({ tagName }) => tagName));
    const hostile = rendered(weeklyMarkdown(aWeeklyReport(aHostileOverview())));
    const calm = tags(rendered(weeklyMarkdown(aWeeklyReport())));
    expect([...tags(hostile)].filter((tag) => !calm.has(tag))).toEqual([]);
    expect(hostile.flatMap(({ attrs }) => attrs)).toEqual([]);
    expect([...calm].sort()).toEqual(expect.arrayContaining(['h1', 'h2', 'p', 'table', 'td']));
    expect(calm).not.toContain('a');
  });

  it.each([
    ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['[a](javascript:alert(1)) ![b](http://x.test/y.png)', '[a](javascript:alert(1)) ![b](http:\u200b//x.test/y.png)'],
    ['a | b | c', 'a | b | c'],
    ['**bold** _it_ ~~gone~~ `code` \\ \\|', '**bold** _it_ ~~gone~~ `code` \\ \\|'],
    ['www.evil.test a@b.test https://x.test', 'www\u200b.evil.test a@\u200bb.test https:\u200b//x.test'],
    ['@team #12 owner/repo#3 GH-4', '@\u200bteam #\u200b12 owner/repo#\u200b3 GH-\u200b4'],
    ['&lt;b&gt; &copy;', '&lt;b&gt; &copy;'],
    ['# title', '# title'],
    ['one\n\n| two |', null],
  ])('%j in a cell is read as it was written', (text, shown) => {
    const html = rendered(`| a | b |\n|---|---|\n| ${md(text)} | end |`);
    const cells = html.filter(({ tagName }) => tagName === 'td');
    expect(cells).toHaveLength(2);
    expect(within(cells[0]).map(({ tagName }) => tagName)).toEqual([]);
    if (shown !== null) expect(textOf(cells[0])).toBe(shown);
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
    const timeline = text.slice(0, text.indexOf('</svg>'));
    expect(timeline.match(/class="band80"/g)?.length).toBe(report.coming.filter(({ known }) => known).length);
  });

  it('draws what was forecast of each release of three years beside what came, and whether chances were honest', () => {
    const report = aWeeklyReport();
    const text = weeklyHtml(report);
    const drawings = text.split('<svg ').slice(2);
    expect(drawings).toHaveLength(report.records.length + 1);
    for (const [index, { product, releases }] of report.records.entries()) {
      const drawing = drawings[index] ?? '';
      expect(drawing).toContain(`${product} `);
      expect(drawing.match(/class="band80"/g)).toHaveLength(releases.length);
      expect(drawing.match(/<circle/g)).toHaveLength(2);
      expect(drawing.match(/class="missed"/g)).toHaveLength(1);
      expect(drawing).toContain('190 days after the one before, forecast 2026-06-25 to 2026-09-23: missed');
    }
    expect(drawings.at(-1)).toContain('50 % stated, 50 % came');
  });

  it('shows hostile names and lets them do nothing', () => {
    const text = weeklyHtml(aWeeklyReport(aHostileOverview()));
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(text).not.toMatch(/<img|[\x1b\x07\r\u202e]/);
    const tags = (html: string) => (html.match(/<[a-z/!][^>]*>/g) ?? []).map((tag) => tag.split(/[ >]/)[0]);
    expect(new Set(tags(text))).toEqual(new Set(tags(weeklyHtml(aWeeklyReport()))));
  });
});
