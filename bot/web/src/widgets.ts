/** The shapes of a reply's `custom`, read from what the server sent; what does not fit is shown as plain text instead. */

import { isFields, type ReplyButton, readButton, text } from "./frames";

export interface Row {
  label: string;
  value: string;
}

export interface Card {
  title: string;
  subtitle: string;
  rows: Row[];
  note: string;
}

export interface CardsWidget {
  type: "cards";
  lead: string;
  title: string;
  items: Card[];
  total: number;
  more?: ReplyButton | undefined;
}

export interface TableWidget {
  type: "table";
  lead: string;
  title: string;
  columns: string[];
  rows: string[][];
  source: string;
  asOf: string;
  more?: ReplyButton | undefined;
}

export interface Series {
  name: string;
  values: (number | null)[];
}

export interface ChartWidget {
  type: "chart";
  lead: string;
  title: string;
  kind: "line" | "bar";
  unit: string;
  x: string[];
  series: Series[];
  summary: string;
  source: string;
  asOf: string;
}

export interface Step {
  label: string;
  formula: string;
  amount: string;
}

export interface CalculationWidget {
  type: "calculation";
  lead: string;
  title: string;
  steps: Step[];
  result: { label: string; amount: string };
  source: { title: string; number: string; article: string };
  note: string;
}

export interface SignInWidget {
  type: "sign_in";
  lead: string;
  url: string;
  title: string;
  why: string;
}

export type Widget = CardsWidget | TableWidget | ChartWidget | CalculationWidget | SignInWidget;

type Fields = Record<string, unknown>;

/** Text or number as text: amounts may come as either. */
function shown(value: unknown): string {
  return typeof value === "number" ? String(value) : text(value);
}

function list<T>(value: unknown, read: (one: unknown) => T | undefined): T[] {
  if (!Array.isArray(value)) return [];
  return value.map(read).filter((one): one is T => one !== undefined);
}

function readRow(value: unknown): Row | undefined {
  return isFields(value) ? { label: shown(value.label), value: shown(value.value) } : undefined;
}

function readCard(value: unknown): Card | undefined {
  if (!isFields(value) || !text(value.title)) return undefined;
  return {
    title: text(value.title),
    subtitle: text(value.subtitle),
    rows: list(value.rows, readRow),
    note: text(value.note),
  };
}

function readCards(custom: Fields): CardsWidget | undefined {
  const items = list(custom.items, readCard).slice(0, 5);
  if (items.length === 0) return undefined;
  return {
    type: "cards",
    lead: text(custom.lead),
    title: text(custom.title),
    items,
    total: typeof custom.total === "number" ? custom.total : items.length,
    more: readButton(custom.more),
  };
}

function readTable(custom: Fields): TableWidget | undefined {
  const columns = list(custom.columns, shown);
  if (columns.length === 0) return undefined;
  return {
    type: "table",
    lead: text(custom.lead),
    title: text(custom.title),
    columns,
    rows: list(custom.rows, (row) => (Array.isArray(row) ? row.map(shown) : undefined)),
    source: text(custom.source),
    asOf: text(custom.as_of),
    more: readButton(custom.more),
  };
}

function readSeries(value: unknown): Series | undefined {
  if (!isFields(value) || !Array.isArray(value.values)) return undefined;
  // Money may come as decimal text so that nothing is rounded on the way.
  const values = value.values.map((one) => {
    const number = one === null || one === "" ? Number.NaN : Number(one);
    return Number.isFinite(number) ? number : null;
  });
  return { name: text(value.name), values };
}

function readChart(custom: Fields): ChartWidget | undefined {
  const series = list(custom.series, readSeries);
  const x = list(custom.x, shown);
  if (series.length === 0 || x.length === 0) return undefined;
  return {
    type: "chart",
    lead: text(custom.lead),
    title: text(custom.title),
    kind: custom.kind === "bar" ? "bar" : "line",
    unit: text(custom.unit),
    x,
    series,
    summary: text(custom.summary),
    source: text(custom.source),
    asOf: text(custom.as_of),
  };
}

function readCalculation(custom: Fields): CalculationWidget | undefined {
  const steps = list(custom.steps, (step) =>
    isFields(step) ? { label: shown(step.label), formula: shown(step.formula), amount: shown(step.amount) } : undefined,
  );
  if (!isFields(custom.result)) return undefined;
  const source = isFields(custom.source) ? custom.source : {};
  return {
    type: "calculation",
    lead: text(custom.lead),
    title: text(custom.title),
    steps,
    result: { label: shown(custom.result.label), amount: shown(custom.result.amount) },
    source: { title: text(source.title), number: text(source.number), article: shown(source.article) },
    note: text(custom.note),
  };
}

function readSignIn(custom: Fields): SignInWidget | undefined {
  const url = safeUrl(text(custom.url));
  if (!url) return undefined;
  return { type: "sign_in", lead: text(custom.lead), url, title: text(custom.title), why: text(custom.why) };
}

/** The widget of a reply, or nothing where its text must do. */
export function readWidget(custom: unknown): Widget | undefined {
  if (!isFields(custom)) return undefined;
  switch (custom.type) {
    case "cards":
      return readCards(custom);
    case "table":
      return readTable(custom);
    case "chart":
      return readChart(custom);
    case "calculation":
      return readCalculation(custom);
    case "sign_in":
      return readSignIn(custom);
    default:
      return undefined;
  }
}

/** An address that may stand behind a link: http, https or a path of this site; never a script. */
export function safeUrl(address: string): string | undefined {
  if (/^\/(?![/\\])/.test(address)) return address;
  return /^https?:\/\/[^\s]+$/i.test(address) ? address : undefined;
}
