import { strings } from './strings.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const YEAR_MS = 365 * DAY_MS;

const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
const clockTime = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });
const exactClockTime = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });

/** `3 min ago`; what is not a time gives `at an unknown time`. */
export function formatAgo(atMs: number, nowMs: number): string {
  if (!Number.isFinite(atMs)) return strings.time.unknown;
  const age = nowMs - atMs;
  if (age < 5_000) return strings.time.now;
  return strings.time.ago(formatDuration(age));
}

/** `12 s`, `3 min`, `5 h`, `2 days`: the largest unit, rounded down. */
export function formatDuration(durationMs: number): string {
  if (durationMs < MINUTE_MS) return strings.time.seconds(Math.floor(durationMs / 1_000));
  if (durationMs < HOUR_MS) return strings.time.minutes(Math.floor(durationMs / MINUTE_MS));
  if (durationMs < DAY_MS) return strings.time.hours(Math.floor(durationMs / HOUR_MS));
  return strings.time.days(Math.floor(durationMs / DAY_MS));
}

/** `40 s`, `12 min`, `5 h`, `3 d`, `2 y`: short enough for a narrow column, rounded down. */
export function formatAge(ageMs: number): string {
  if (ageMs < DAY_MS) return formatDuration(Math.max(0, ageMs));
  if (ageMs < 2 * YEAR_MS) return strings.time.shortDays(Math.floor(ageMs / DAY_MS));
  return strings.time.shortYears(Math.floor(ageMs / YEAR_MS));
}

/** `24 Nov 2026, 23:41:07` */
export function formatExact(atMs: number): string {
  return Number.isFinite(atMs) ? exact.format(atMs) : strings.time.unknown;
}

/** `23:41` */
export function formatClock(atMs: number): string {
  return clockTime.format(atMs);
}

/** `23:41:07` */
export function formatExactClock(atMs: number): string {
  return Number.isFinite(atMs) ? exactClockTime.format(atMs) : strings.time.unknown;
}

/** `Today`, `Yesterday`, `Tuesday 24 November` */
export function formatDay(atMs: number, nowMs: number): string {
  if (!Number.isFinite(atMs)) return strings.time.unknown;
  const startOfToday = new Date(nowMs).setHours(0, 0, 0, 0);
  if (atMs >= startOfToday) return strings.time.today;
  if (atMs >= startOfToday - DAY_MS) return strings.time.yesterday;
  return day.format(atMs);
}

/** `9 ms`, `1.4 s` */
export function formatTook(durationMs: number): string {
  if (durationMs < 1_000) return strings.time.milliseconds(Math.max(1, Math.round(durationMs)));
  return strings.time.seconds(Math.round(durationMs / 100) / 10);
}

/** The sentences one after the other, each with its end. */
export function joinSentences(...sentences: readonly string[]): string {
  return sentences
    .filter((sentence) => sentence !== '')
    .map((sentence) => (/[.?!]$/.test(sentence) ? sentence : `${sentence}.`))
    .join(' ');
}

/** Control characters, marks of direction and what else has no shape: they can make a text look like another. */
const DECEPTIVE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The text with deceptive characters spelled out, as in `⟨U+202E⟩`; tabs and line feeds stay. */
export function spellOut(text: string): string {
  return text.replace(DECEPTIVE, (mark) => {
    if (mark === '\t' || mark === '\n') return mark;
    const code = mark.codePointAt(0) ?? 0;
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}

/** Whether a text holds what cannot be seen, or would make a terminal do something. */
export function isDeceptive(text: string): boolean {
  return text.search(DECEPTIVE) >= 0;
}
