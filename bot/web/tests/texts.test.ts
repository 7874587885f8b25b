import { expect, it } from "vitest";
import { TEXTS } from "../src/texts";
import { dayName, dayOf, timeOf } from "../src/time";

it("both languages have the same sentences, and none is empty", () => {
  expect(Object.keys(TEXTS.en)).toEqual(Object.keys(TEXTS.zh));
  for (const texts of [TEXTS.zh, TEXTS.en]) {
    for (const [key, value] of Object.entries(texts)) {
      expect(typeof value === "string" ? value : String(value), key).not.toBe("");
    }
  }
  expect(TEXTS.en.examples).toHaveLength(TEXTS.zh.examples.length);
});

it("English holds no Chinese but the name of the other language", () => {
  const { language, ...rest } = TEXTS.en;
  expect(language).toBe("中文");
  expect(JSON.stringify(rest)).not.toMatch(/[\u3400-\u9fff]/);
});

it("times are the city's, wherever the browser stands", () => {
  expect(timeOf("2026-11-22T16:30:00Z")).toBe("00:30");
  expect(dayOf("2026-11-22T16:30:00Z")).toBe("2026-11-23");
  expect(timeOf("not a time")).toBe("");
  const now = new Date("2026-11-23T20:00:00+08:00");
  expect(dayName("2026-11-23", "zh", TEXTS.zh, now)).toBe("今天");
  expect(dayName("2026-11-22", "en", TEXTS.en, now)).toBe("Yesterday");
  expect(dayName("2026-11-20", "zh", TEXTS.zh, now)).toBe("2026年11月20日星期五");
});
