import { useChat } from "./context";

/** What an empty conversation shows: what this is, and questions to begin with. */
export function Welcome({ onSay }: { onSay: (text: string) => void }) {
  const { texts, demo } = useChat();
  return (
    <div class="welcome">
      <p class="welcome-title">{texts.welcomeTitle}</p>
      <p>{texts.welcomeText}</p>
      <p class="quiet-text">{texts.welcomeExamples}</p>
      <ul class="suggestions">
        {texts.examples.map((example) => (
          <li key={example}>
            <button type="button" class="button secondary" onClick={() => onSay(example)}>
              {example}
            </button>
          </li>
        ))}
      </ul>
      {demo && <p class="demo-note">{texts.demo}</p>}
    </div>
  );
}
