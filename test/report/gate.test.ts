import { expect, it } from 'vitest';
import { day } from '../../src/domain/day.ts';
import type { GateAnswer } from '../../src/domain/gate.ts';
import { type GateReport, gateJson, gateText } from '../../src/report/gate.ts';
import { gateAnnotations } from '../../src/report/github.ts';

const today = day('2026-11-23');

function report(next: GateAnswer['next']): GateReport {
  const question = { kind: 'model', store: 'redis', patch: false, item: null } as const;
  const said = { refusals: [], unknown: [], lifted: [], notes: [] };
  const answer: GateAnswer = {
    question,
    day: today,
    state: 'open',
    ...said,
    until: null,
    opens: null,
    horizon: day('2027-05-24'),
    next,
  };
  return { day: today, entries: [{ answer, work: [] }], foreign: [], compared: null };
}

it('the gate says what comes next as the status line does, in every form', () => {
  const overdue = report({ name: 'Redis 8.12', day: day('2026-11-10'), overdue: 0.604 });
  const text = '  next: Redis 8.12, may be out already (60 % by today)\n';
  expect(gateText(overdue)).toContain(text);
  expect(gateAnnotations(overdue)).toContain(text);
  expect(gateJson(overdue, 0)).toMatchObject({ answers: [{ next: { name: 'Redis 8.12', overdue: 0.604 } }] });
  const coming = report({ name: 'Redis 8.12', day: day('2026-12-20'), overdue: null });
  expect(gateText(coming)).toContain('  next: Redis 8.12, 50 % by 2026-12-20\n');
  expect(gateText(report(null))).not.toContain('next:');
});
