/** Times as the city's clocks show them. */

import type { Language } from "./settings";
import type { Texts } from "./texts";

const ZONE = "Asia/Shanghai";
const DAY = 24 * 3600 * 1000;

const clock = new Intl.DateTimeFormat("zh-CN", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hour12: false });
const isoDay = new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE });

function instant(at: string): Date | undefined {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Hour and minute, such as 09:05; nothing where the instant cannot be read. */
export function timeOf(at: string): string {
  const date = instant(at);
  return date ? clock.format(date) : "";
}

/** The calendar day in the city, such as 2026-11-23. */
export function dayOf(at: string): string {
  const date = instant(at);
  return date ? isoDay.format(date) : "";
}

/** How a day is called on `now`: today, yesterday, or its date. */
export function dayName(day: string, language: Language, texts: Texts, now = new Date()): string {
  if (day === isoDay.format(now)) return texts.today;
  if (day === isoDay.format(new Date(now.getTime() - DAY))) return texts.yesterday;
  const locale = language === "zh" ? "zh-CN" : "en-GB";
  const format = { year: "numeric", month: "long", day: "numeric", weekday: "long", timeZone: ZONE } as const;
  return new Intl.DateTimeFormat(locale, format).format(new Date(`${day}T12:00:00+08:00`));
}
