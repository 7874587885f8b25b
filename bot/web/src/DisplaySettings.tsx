import { useState } from "preact/hooks";
import { isLarge, type Language, setLanguage, setLarge, setTheme, theme } from "./settings";
import { TEXTS } from "./texts";

/** The three buttons for letter size, theme and language. */
export function DisplaySettings({ language }: { language: Language }) {
  const texts = TEXTS[language];
  const [large, showLarge] = useState(isLarge);
  const [dark, showDark] = useState(() => theme() === "dark");
  const other = language === "zh" ? "en" : "zh";
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend that nobody needs to see
    <div class="display-settings" role="group" aria-label={texts.settings}>
      <button
        type="button"
        aria-pressed={large}
        onClick={() => {
          setLarge(!large);
          showLarge(!large);
        }}
      >
        {texts.large}
      </button>
      <button
        type="button"
        aria-pressed={dark}
        onClick={() => {
          setTheme(dark ? "light" : "dark");
          showDark(!dark);
        }}
      >
        {texts.dark}
      </button>
      <button type="button" lang={other === "zh" ? "zh-CN" : "en"} onClick={() => setLanguage(other)}>
        {texts.language}
      </button>
    </div>
  );
}
