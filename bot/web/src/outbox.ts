/** What the citizen said and the server has not yet acknowledged; it outlives a reload of the page. */

export interface Unsent {
  client_id: string;
  text: string;
  at: string;
  /** Why the server refused it; such an entry waits for the citizen, not for the line. */
  error?: string;
}

const KEY = "wz_outbox";

export class Outbox {
  private entries: Unsent[];

  constructor(private readonly storage: Storage) {
    this.entries = this.read();
  }

  get all(): readonly Unsent[] {
    return this.entries;
  }

  /** Entries to send as soon as the line is up, in the order they were said. */
  get waiting(): readonly Unsent[] {
    return this.entries.filter((entry) => entry.error === undefined);
  }

  add(text: string, client_id: string = crypto.randomUUID(), at = new Date()): Unsent {
    const entry = { client_id, text, at: at.toISOString() };
    this.write([...this.entries, entry]);
    return entry;
  }

  remove(client_id: string): void {
    this.write(this.entries.filter((entry) => entry.client_id !== client_id));
  }

  refuse(client_id: string, error: string): void {
    this.write(this.entries.map((entry) => (entry.client_id === client_id ? { ...entry, error } : entry)));
  }

  /** Let a refused entry go out again; it goes last, as something said now. */
  retry(client_id: string): void {
    const again = this.entries.find((entry) => entry.client_id === client_id);
    if (!again) return;
    const { error: _, ...entry } = again;
    this.write([...this.entries.filter((other) => other !== again), entry]);
  }

  clear(): void {
    this.write([]);
  }

  private write(entries: Unsent[]): void {
    this.entries = entries;
    try {
      this.storage.setItem(KEY, JSON.stringify(entries));
    } catch {
      // Storage full or forbidden: the entries live on in this page.
    }
  }

  private read(): Unsent[] {
    try {
      const stored: unknown = JSON.parse(this.storage.getItem(KEY) ?? "[]");
      if (!Array.isArray(stored)) return [];
      return stored.filter((one) => typeof one?.client_id === "string" && typeof one?.text === "string");
    } catch {
      return [];
    }
  }
}
