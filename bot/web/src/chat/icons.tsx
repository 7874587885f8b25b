/** Line icons of our own, 24 × 24; decoration only, so hidden from screen readers. */

const PATHS = {
  send: "M4 12 20 4l-5 16-4-7z M11 13l9-9",
  up: "M7 11v9H4v-9z M7 11l4-7c1.6 0 2.4 1 2 2.6L12.4 10H18a2 2 0 0 1 2 2.4l-1.2 6A2 2 0 0 1 16.8 20H7",
  down: "M7 13V4H4v9z M7 13l4 7c1.6 0 2.4-1 2-2.6L12.4 14H18a2 2 0 0 0 2-2.4l-1.2-6A2 2 0 0 0 16.8 4H7",
  plus: "M12 5v14 M5 12h14",
  print: "M7 9V4h10v5 M7 17H4v-7h16v7h-3 M7 14h10v6H7z",
  download: "M12 4v11 M7 11l5 5 5-5 M5 20h14",
  more: "M5 12h.01 M12 12h.01 M19 12h.01",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z M4 20c1-4 4-6 8-6s7 2 8 6",
  lock: "M6 11h12v9H6z M8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  arrowDown: "M12 5v14 M6 13l6 6 6-6",
  check: "M5 12l5 5 9-10",
  warn: "M12 4 3 20h18z M12 10v5 M12 17.5h.01",
} as const;

export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
