import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { ChartWidget } from "../widgets";
import { useChat } from "./context";
import { DataTable } from "./DataTable";
import { Origin } from "./Widgets";

/** A chart with what it shows in words, and its numbers as a table on request. */
export function Chart({ widget }: { widget: ChartWidget }) {
  const { texts } = useChat();
  const canvas = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const [failed, setFailed] = useState(false);
  const numbers = useId();
  useEffect(() => {
    const box = canvas.current;
    if (!box) return;
    let close: (() => void) | undefined;
    let gone = false;
    // The drawing library is large: fetched with the first chart, not with the page.
    import("./drawing").then(
      ({ draw }) => {
        if (!gone) close = draw(box, widget);
      },
      () => setFailed(true),
    );
    return () => {
      gone = true;
      close?.();
    };
  }, [widget]);
  return (
    <figure class="widget chart">
      <figcaption>
        <span class="widget-title">{widget.title}</span>
        {widget.unit && <span class="quiet-text">（{widget.unit}）</span>}
      </figcaption>
      {failed ? (
        <p class="notice">{texts.chartFailed}</p>
      ) : (
        <div class="canvas" ref={canvas} role="img" aria-label={widget.summary || widget.title} />
      )}
      {widget.summary && widget.summary !== widget.lead && <p class="summary">{widget.summary}</p>}
      <Origin source={widget.source} asOf={widget.asOf} />
      <button
        type="button"
        class="button secondary"
        aria-expanded={open}
        aria-controls={numbers}
        onClick={() => setOpen(!open)}
      >
        {open ? texts.hideNumbers : texts.showNumbers}
      </button>
      <div id={numbers} hidden={!open}>
        {open && (
          <DataTable
            title={widget.title}
            columns={[texts.period, ...widget.series.map((series) => series.name || widget.unit)]}
            rows={widget.x.map((x, at) => [x, ...widget.series.map(({ values }) => shownNumber(values[at]))])}
          />
        )}
      </div>
    </figure>
  );
}

function shownNumber(value: number | null | undefined): string {
  return value === null || value === undefined ? "—" : value.toLocaleString("zh-CN", { maximumFractionDigits: 2 });
}
