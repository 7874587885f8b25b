/** Puts a button with the chat into any page: `<script src="https://…/widget.js" async></script>`, nothing else. */

const OPEN_KEY = "wenzheng-open";
const STYLE = `
  :host { all: initial; position: fixed; right: 0; bottom: 0; z-index: 2147483000; }
  * { box-sizing: border-box; font-family: "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
  button { cursor: pointer; font-size: 17px; line-height: 1.4; }
  button:focus-visible { outline: 3px solid #17596b; outline-offset: 3px; }
  .launch { position: fixed; right: 20px; bottom: 20px; display: flex; align-items: center; gap: 8px;
    min-height: 56px; padding: 8px 22px; border: 2px solid #fff; border-radius: 28px; background: #17596b;
    color: #fff; font-weight: 600; box-shadow: 0 4px 18px rgb(0 0 0 / 28%); }
  .launch:hover { background: #0f4554; }
  .seal { display: grid; place-items: center; width: 30px; height: 30px; border-radius: 6px; background: #a93a26; }
  .panel { position: fixed; right: 20px; bottom: 90px; display: flex; flex-direction: column; overflow: hidden;
    width: min(420px, calc(100vw - 40px)); height: min(680px, calc(100vh - 110px)); border: 1px solid #868d90;
    border-radius: 14px; background: #fff; box-shadow: 0 12px 44px rgb(0 0 0 / 28%); }
  .bar { display: flex; align-items: center; justify-content: space-between; padding: 4px 6px 4px 16px;
    background: #17596b; color: #fff; font-size: 17px; font-weight: 600; }
  .close { min-width: 44px; min-height: 44px; border: 0; border-radius: 8px; background: none; color: #fff; }
  .close:hover { background: #0f4554; }
  .close:focus-visible { outline-color: #fff; outline-offset: -3px; }
  iframe { flex: 1; width: 100%; border: 0; }
  [hidden] { display: none !important; }
  @media (max-width: 480px), (max-height: 480px) {
    .panel { inset: 0; width: auto; height: auto; border: 0; border-radius: 0; }
    .open .launch { display: none; }
  }
  @media print { :host { display: none; } }
`;

interface Words {
  launch: string;
  hide: string;
  title: string;
}

const WORDS: Record<"zh" | "en", Words> = {
  zh: { launch: "在线咨询", hide: "收起", title: "问政助手对话" },
  en: { launch: "Ask us", hide: "Close", title: "Wenzheng assistant chat" },
};

function remembered(): boolean {
  try {
    return sessionStorage.getItem(OPEN_KEY) === "1";
  } catch {
    return false;
  }
}

function remember(open: boolean): void {
  try {
    sessionStorage.setItem(OPEN_KEY, open ? "1" : "0");
  } catch {
    // The site forbids storage: the panel is closed on the next page, the conversation goes on all the same.
  }
}

function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  text = "",
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}

/** The panel with its frame; the frame is loaded when it is first opened. */
class Panel {
  private readonly root = element("div", "");
  private readonly launch = element("button", "launch");
  private readonly panel = element("div", "panel");
  private readonly close: HTMLButtonElement;
  private frame: HTMLIFrameElement | undefined;

  constructor(
    private readonly origin: string,
    private readonly language: "zh" | "en",
    private readonly words: Words,
  ) {
    const seal = element("span", "seal", "问");
    seal.setAttribute("aria-hidden", "true");
    seal.lang = "zh-CN";
    this.launch.type = "button";
    this.launch.append(seal, words.launch);
    this.close = element("button", "close", words.hide);
    this.close.type = "button";
    const bar = element("div", "bar");
    bar.append(element("span", "", words.title), this.close);
    this.panel.setAttribute("role", "dialog");
    this.panel.setAttribute("aria-label", words.title);
    this.panel.id = "panel";
    this.launch.setAttribute("aria-controls", "panel");
    this.panel.append(bar);
    this.root.append(this.panel, this.launch);
    this.root.lang = language === "zh" ? "zh-CN" : "en";
    this.show(remembered(), false);
    this.listen();
  }

  attach(host: HTMLElement): void {
    const shadow = host.attachShadow({ mode: "open" });
    // A style sheet made by script stands under any content security policy of the site.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(this.root);
  }

  private get isOpen(): boolean {
    return !this.panel.hidden;
  }

  private listen(): void {
    this.launch.addEventListener("click", () => this.show(!this.isOpen));
    this.close.addEventListener("click", () => this.show(false));
    this.root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.isOpen) this.show(false);
    });
    // Escape inside the frame is told by the chat itself.
    addEventListener("message", (event) => {
      if (event.origin !== this.origin || event.source !== this.frame?.contentWindow) return;
      if (event.data === "wenzheng:close" && this.isOpen) this.show(false);
    });
  }

  private show(open: boolean, move = true): void {
    if (open) this.load();
    this.panel.hidden = !open;
    this.root.className = open ? "open" : "";
    this.launch.setAttribute("aria-expanded", String(open));
    remember(open);
    if (!move) return;
    if (open) this.close.focus();
    else this.launch.focus();
  }

  private load(): void {
    if (this.frame) return;
    this.frame = element("iframe", "");
    this.frame.title = this.words.title;
    this.frame.src = `${this.origin}/chat?embed=1&lang=${this.language}`;
    this.panel.append(this.frame);
  }
}

function start(script: HTMLScriptElement): void {
  const asked = script.dataset.lang || document.documentElement.lang || navigator.language;
  const language = asked.toLowerCase().startsWith("en") ? "en" : "zh";
  const panel = new Panel(new URL(script.src).origin, language, WORDS[language]);
  const host = element("wenzheng-chat" as "div", "");
  panel.attach(host);
  const add = () => document.body.append(host);
  if (document.body) add();
  else addEventListener("DOMContentLoaded", add);
}

if (document.currentScript instanceof HTMLScriptElement && document.querySelector("wenzheng-chat") === null) {
  start(document.currentScript);
}

// So that this file is a module to the type checker; the build makes a plain script of it.
export {};
