import { describe, expect, it } from "vitest";
import { splitLinks } from "../src/links";
import { maskNumbers } from "../src/mask";
import { readWidget, safeUrl } from "../src/widgets";

describe("links", () => {
  it.each([
    ["详情见 https://example.org/a?b=1，再见", "https://example.org/a?b=1"],
    ["看(http://example.org/x).", "http://example.org/x"],
    ["请打开 /me 查看", "/me"],
    ["地址：/conversation/print。", "/conversation/print"],
  ])("%s", (text, href) => {
    const parts = splitLinks(text);
    expect(parts.filter((part) => part.href).map((part) => part.href)).toEqual([href]);
    expect(parts.map((part) => part.text).join("")).toBe(text);
  });

  it.each(["javascript:alert(1)", "和/或", "2026/11/23", "data:text/html,x", "ftp://example.org", "//evil.example"])(
    "leaves %s as text",
    (text) => expect(splitLinks(text).some((part) => part.href)).toBe(false),
  );

  it.each(["javascript:alert(1)", " https://x", "//evil.example", "/\\evil.example", "data:,x", ""])(
    "%s is no address for a button",
    (address) => expect(safeUrl(address)).toBeUndefined(),
  );
});

it("masks personal numbers as the server does", () => {
  expect(maskNumbers("我是990101195803120027，手机19900000001")).toBe("我是990101********0027，手机199****0001");
  expect(maskNumbers("99010119580312002x")).toBe("990101********002x");
  expect(maskNumbers("花了35000元，单号20261123001")).toBe("花了35000元，单号20261123001");
});

describe("widgets", () => {
  it("shows five cards at most", () => {
    const items = Array.from({ length: 9 }, (_, at) => ({ title: String(at), rows: [] }));
    expect(readWidget({ type: "cards", items, total: 9 })).toMatchObject({ total: 9, items: { length: 5 } });
  });

  it("reads figures that come as decimal text, and keeps gaps", () => {
    const chart = readWidget({
      type: "chart",
      x: ["一", "二", "三"],
      series: [{ name: "a", values: ["1.50", null, 2] }],
    });
    expect(chart).toMatchObject({ series: [{ values: [1.5, null, 2] }], kind: "line" });
  });

  it.each([
    null,
    "cards",
    [],
    {},
    { type: "news" },
    { type: "cards", items: [] },
    { type: "cards", items: "x" },
    { type: "chart", x: [], series: [] },
    { type: "table" },
    { type: "calculation", steps: [] },
    { type: "sign_in", url: "javascript:alert(1)" },
  ])("what does not fit is left to the text: %j", (custom) => expect(readWidget(custom)).toBeUndefined());
});
