import { splitLinks } from "../links";

/** The language a screen reader should speak a text in. */
export function spokenIn(text: string): "zh-CN" | "en" {
  return /[\u3400-\u9fff]/.test(text) ? "zh-CN" : "en";
}

/** Text with its line breaks and with links as anchors; everything else stays letters. */
export function RichText({ text }: { text: string }) {
  return (
    <p class="rich" lang={spokenIn(text)}>
      {splitLinks(text).map((part, index) =>
        part.href ? (
          <a key={index} href={part.href} {...(part.href.startsWith("/") ? {} : { target: "_blank", rel: "noopener" })}>
            {part.text}
          </a>
        ) : (
          part.text
        ),
      )}
    </p>
  );
}
