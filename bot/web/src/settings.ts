/** Language, letter size and theme: cookies that the server's pages read as well. */

export type Language = "zh" | "en";
export type Theme = "light" | "dark";

const YEAR = 365 * 24 * 3600;

function writeCookie(name: string, value: string): void {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser that citizens have
  document.cookie = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=${YEAR}; SameSite=Lax${secure}`;
}

/** The server puts the chosen letter size and theme on the root element; the page goes on from there. */
export function isLarge(): boolean {
  return document.documentElement.hasAttribute("data-large");
}

export function setLarge(on: boolean): void {
  writeCookie("wz_large", on ? "1" : "0");
  document.documentElement.toggleAttribute("data-large", on);
  tell();
}

/** The theme in force: the citizen's choice, else what the system asks for. */
export function theme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === "light" || chosen === "dark") return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export function setTheme(value: Theme): void {
  writeCookie("wz_theme", value);
  document.documentElement.dataset.theme = value;
  tell();
}

/** Where the same page stands in another language. */
export function addressIn(language: Language, address: string): string {
  const url = new URL(address);
  url.searchParams.set("lang", language);
  return url.href;
}

export function setLanguage(language: Language): void {
  writeCookie("wz_lang", language);
  location.replace(addressIn(language, location.href));
}

/** Whoever draws with the page's colours and sizes (charts) draws anew. */
function tell(): void {
  document.dispatchEvent(new Event("wz-settings"));
}
